import { Alert, Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { FailureNote } from './failure-note.tsx';
import { useFormats } from './formats.ts';
import styles from './trial-answer.module.css';
import { useTrialTexts } from './trial-strings.ts';
import { useErrorReason } from './use-error-reason.ts';
import type { Trial } from './use-trial.ts';

function Failed({ trial }: { readonly trial: Trial }) {
  const reasonOf = useErrorReason();
  const { failure, record, status } = trial;
  if (failure === null) return null;
  const signs = {
    error_code: record?.error_code ?? failure.code,
    outcome: record?.outcome ?? 'platform_error',
    ...(status === null ? {} : { status }),
  };
  const { reason, hint } = reasonOf(signs);
  return (
    <Alert color="red" variant="light" title={reason} role="alert">
      <Text size="sm">{hint}</Text>
      <Text size="sm" c="dimmed" mt={4}>
        {failure.message}
      </Text>
    </Alert>
  );
}

function Facts({ trial: { status, record } }: { readonly trial: Trial }) {
  const t = useTrialTexts();
  const { milliseconds, number } = useFormats();
  const tokens =
    record === null || (record.tokens_in === null && record.tokens_out === null)
      ? null
      : t('tokensInOut', { in: number(record.tokens_in ?? 0), out: number(record.tokens_out ?? 0) });
  const facts: readonly (readonly [string, string | null])[] = [
    [t('status'), status === null ? null : String(status)],
    [t('firstWord'), record === null ? null : milliseconds(record.ttfb_ms)],
    [t('latency'), record === null ? null : milliseconds(record.latency_ms)],
    [t('tokens'), tokens],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Whether it went well, and the way to its line in the log. */
function Verdict({ trial }: { readonly trial: Trial }) {
  const t = useTrialTexts();
  const { isBusy, requestId, failure } = trial;
  if (isBusy || requestId === null) return null;
  return (
    <Group justify="space-between">
      <Badge color={failure === null ? 'teal' : 'red'} variant="light" size="lg">
        {t(failure === null ? 'works' : 'failed')}
      </Badge>
      <Anchor component={Link} href={`/requests/${requestId}`} size="sm">
        {t('request')}
      </Anchor>
    </Group>
  );
}

/** What came of a test request, word by word. */
export function TrialAnswer({ trial }: { readonly trial: Trial }) {
  const t = useTrialTexts();
  if (trial.error !== null) return <FailureNote error={trial.error} />;
  const { text, isBusy, failure } = trial;
  const nothing = isBusy ? t('waiting') : t('noWords');
  return (
    <Stack gap="sm">
      {(text !== '' || failure === null) && (
        <section className={styles.words} aria-label={t('answer')} aria-busy={isBusy} aria-live="polite">
          {text === '' ? <Text c="dimmed">{nothing}</Text> : text}
        </section>
      )}
      <Failed trial={trial} />
      <Facts trial={trial} />
      <Verdict trial={trial} />
    </Stack>
  );
}
