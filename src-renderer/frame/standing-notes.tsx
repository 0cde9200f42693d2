import { Alert, Code, List } from '@mantine/core';
import { STATUS_EVERY_MS, useStatus } from '../api/program-queries.ts';
import { useFailureText } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/formats.ts';
import { useFrameTexts } from './strings.ts';

/** Says that the program does not answer, why, and when it is asked again. */
function DownNote() {
  const t = useFrameTexts();
  const { time } = useFormats();
  const failureText = useFailureText();
  const { isError, error, dataUpdatedAt } = useStatus();
  if (!isError) return null;
  return (
    <Alert color="red" variant="light" mb="md" role="alert" title={t('down')}>
      {failureText(error)} {t('askedAgain', { seconds: STATUS_EVERY_MS / 1000 })}{' '}
      {dataUpdatedAt > 0 && t('shownIsOld', { time: time(dataUpdatedAt) })}
    </Alert>
  );
}

/** Says that files were edited so that they cannot be used, and where. */
function RefusedNote({ problems }: { readonly problems: readonly string[] }) {
  const t = useFrameTexts();
  if (problems.length === 0) return null;
  return (
    <Alert color="red" variant="light" mb="md" title={t('refused')}>
      {t('refusedHint')}
      <List size="sm" mt="xs">
        {problems.map((problem) => (
          <List.Item key={problem}>
            <Code>{problem}</Code>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** What stands above every screen where something is wrong with all of them. */
export function StandingNotes() {
  const t = useFrameTexts();
  const { data } = useStatus();
  return (
    <>
      <DownNote />
      <RefusedNote problems={data?.configuration_problems ?? []} />
      {data !== undefined && data.read_only !== null && (
        <Alert color="orange" variant="light" mb="md">
          {t('readOnly')} {data.read_only}
        </Alert>
      )}
    </>
  );
}
