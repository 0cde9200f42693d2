import { Alert, Button, FileButton, Group, Loader, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiFailure } from '../../../api/failure.ts';
import { Ask } from '../../../ui/ask.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useCommonTexts } from '../../../ui/strings.ts';
import { PeopleChoicesFields } from './people-choices.tsx';
import { PeopleDone } from './people-done.tsx';
import { PeoplePreview } from './people-preview.tsx';
import { usePeopleTexts } from './strings.ts';
import { type PeopleAnswer, usePeople } from './use-people.ts';

type People = ReturnType<typeof usePeople>;

function Source({ people }: { readonly people: People }) {
  const t = usePeopleTexts();
  const { source } = people;
  const isFile = source !== null && source.fileName !== null;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('intro')}</Text>
      <Group>
        <FileButton
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          onChange={(file) => void people.chooseFile(file)}
        >
          {(props) => (
            <Button
              {...props}
              variant={source === null ? 'filled' : 'default'}
              leftSection={<IconFileImport size={16} />}
            >
              {t(isFile ? 'anotherFile' : 'chooseFile')}
            </Button>
          )}
        </FileButton>
        {isFile && <Text size="sm">{source.fileName}</Text>}
      </Group>
      {!isFile && (
        <Textarea
          label={t('paste')}
          placeholder={t('pastePlaceholder')}
          autosize
          minRows={2}
          maxRows={6}
          onChange={({ currentTarget }) => people.paste(currentTarget.value)}
        />
      )}
    </Stack>
  );
}

function Refused({ error }: { readonly error: unknown }) {
  const t = usePeopleTexts();
  if (!(error instanceof ApiFailure) || error.code !== 'validation_failed')
    return <FailureNote error={error} />;
  return (
    <Alert color="red" variant="light" title={t('refused')} role="alert">
      {(error.issues.length === 0 ? [error] : error.issues).map(({ message }) => (
        <div key={message}>{message}</div>
      ))}
    </Alert>
  );
}

/** How many people something is done for. */
const peopleIn = ({ rows }: PeopleAnswer): number =>
  rows.filter(({ fate, key }) => fate === 'new' || fate === 'changed' || key).length;

function Looked({ people, answer }: { readonly people: People; readonly answer: PeopleAnswer }) {
  const t = usePeopleTexts();
  const count = peopleIn(answer);
  const leftOut = answer.counts.mistake + answer.counts.duplicate;
  return (
    <Stack>
      {!answer.has_header && (
        <Alert color="orange" variant="light">
          {t('noHeader')}
        </Alert>
      )}
      <PeopleChoicesFields choices={people.choices} choose={people.choose} answer={answer} />
      <PeoplePreview rows={answer.rows} counts={answer.counts} />
      {answer.unused_columns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('unused', { names: answer.unused_columns.join(', ') })}
        </Text>
      )}
      {people.taken.error !== null && <Refused error={people.taken.error} />}
      <Group justify="flex-end">
        {leftOut > 0 && (
          <Text size="sm" c="dimmed">
            {t('leaveOut', { count: leftOut })}
          </Text>
        )}
        {count === 0 ? (
          <Text size="sm">{t('nothingToDo')}</Text>
        ) : (
          <Button
            loading={people.taken.isPending}
            disabled={people.looked.isPlaceholderData}
            onClick={people.take}
          >
            {t('doImport', { count })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Steps({ people }: { readonly people: People }) {
  const { data, error, isFetching } = people.looked;
  return (
    <Stack>
      <Source people={people} />
      {error !== null && <Refused error={error} />}
      {people.source !== null && isFetching && data == null && <Loader size="sm" />}
      {people.source !== null && error === null && data != null && <Looked people={people} answer={data} />}
    </Stack>
  );
}

/** Takes people in from a spreadsheet: choose, look, import, hand out. */
export function ImportPeople({ onClose }: { readonly onClose: () => void }) {
  const t = usePeopleTexts();
  const common = useCommonTexts();
  const people = usePeople();
  const [isSaved, setIsSaved] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const done = people.taken.data;
  const close = (): void => {
    if (done === undefined || done.hand_out === null || isSaved) onClose();
    // Later, because the Escape that asks would go on to the question and answer it.
    else setTimeout(setIsAsking, 0, true);
  };
  return (
    <>
      <Modal
        opened
        onClose={close}
        title={t('title')}
        size="xl"
        closeOnClickOutside={false}
        closeOnEscape={!isAsking}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        {done === undefined ? (
          <Steps people={people} />
        ) : (
          <PeopleDone answer={done} isSaved={isSaved} onSaved={() => setIsSaved(true)} onClose={close} />
        )}
      </Modal>
      <Ask
        isOpen={isAsking}
        title={t('leaveTitle')}
        action={t('leave')}
        onAction={onClose}
        onClose={() => setIsAsking(false)}
      >
        {t('leaveText')}
      </Ask>
    </>
  );
}
