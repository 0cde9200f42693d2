import { SegmentedControl, Stack } from '@mantine/core';
import type { UrlState } from '../../ui/url-state.ts';
import styles from './connect.module.css';
import { FORMS, TOOLS } from './snippets/snippet.ts';
import { useConnectTexts } from './strings.ts';
import type { Connection } from './use-connection.ts';

interface ToolChoiceProps {
  readonly connection: Connection;
  readonly change: UrlState<'sdk' | 'form'>['change'];
}

/** Names of products are the same in every language. */
const PRODUCTS = { openai: 'OpenAI', anthropic: 'Anthropic', gemini: 'Gemini', dashscope: 'DashScope' };

/** For which tool the snippet is, and how it is written. */
export function ToolChoice({ connection: { tool, form }, change }: ToolChoiceProps) {
  const t = useConnectTexts();
  const labels = { ...PRODUCTS, curl: 'curl', environment: t('environment') };
  const forms = FORMS[tool];
  return (
    <Stack gap="xs" align="flex-start">
      <div className={styles.tabs}>
        <SegmentedControl
          aria-label={t('tool')}
          data={TOOLS.map((one) => ({ value: one, label: labels[one] }))}
          value={tool}
          onChange={(sdk) => change({ sdk, form: '' })}
        />
      </div>
      {forms.length > 1 && (
        <SegmentedControl
          aria-label={t('form')}
          size="xs"
          data={forms.map((one) => ({ value: one, label: t(one) }))}
          value={form}
          onChange={(next) => change({ form: next })}
        />
      )}
    </Stack>
  );
}
