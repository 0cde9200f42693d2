import { Alert, Code, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { Facts } from '../../ui/facts.tsx';
import { useFormats } from '../../ui/formats.ts';
import type { TestAnswer } from './channel-test.ts';
import { useChannelPageTexts } from './page-strings.ts';
import styles from './test-result.module.css';

function TestedKeys({ keys }: { readonly keys: NonNullable<TestAnswer['keys']> }) {
  const t = useChannelPageTexts();
  return (
    <Table aria-label={t('testKeys')} verticalSpacing={4}>
      <Table.Tbody>
        {keys.map(({ key, ok, status, message }, at) => (
          // Two keys may have one mask; they come in the order of the channel.
          // biome-ignore lint/suspicious/noArrayIndexKey: as said
          <Table.Tr key={at}>
            <Table.Td>
              <Code>{key}</Code>
            </Table.Td>
            <Table.Td>
              <Text size="sm" fw={600}>
                {t(ok ? 'works' : 'worksNot')}
              </Text>
            </Table.Td>
            <Table.Td>
              {status} {message}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What the platform answered to a test: its own words. */
export function TestResult({ result }: { readonly result: TestAnswer }) {
  const t = useChannelPageTexts();
  const { milliseconds } = useFormats();
  const { ok, request, status, latency_ms, message, keys } = result;
  const facts =
    request === null
      ? []
      : [
          { name: t('testAsked'), value: <Code>{request}</Code> },
          { name: t('testStatus'), value: status ?? t('noAnswer') },
          { name: t('testLatency'), value: milliseconds(latency_ms) },
        ];
  return (
    <Alert
      role="status"
      color={ok ? 'teal' : 'red'}
      variant="light"
      icon={ok ? <IconCircleCheck /> : <IconCircleX />}
      title={t(ok ? 'testOk' : 'testFailed')}
    >
      <Stack gap="xs">
        <Text size="sm" fw={500} className={styles.words ?? ''}>
          {message}
        </Text>
        <Facts facts={facts} />
        {keys !== undefined && <TestedKeys keys={keys} />}
      </Stack>
    </Alert>
  );
}
