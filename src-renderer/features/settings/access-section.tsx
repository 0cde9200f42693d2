import { Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { SystemRecord } from '../../api/system.ts';
import { Panel } from '../../ui/panel.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import { ListChoice } from './list-choice.tsx';
import { ListField } from './list-field.tsx';
import styles from './settings.module.css';
import { SettingsForm } from './settings-form.tsx';
import { useSettingsTexts } from './strings.ts';

interface AccessValues extends Record<string, unknown> {
  internal_allow: Record<PageName, readonly string[] | undefined>;
  /** Where it is set for the listener, it is shown and changed there. */
  proxy?: { cors_origins: '*' | readonly string[] | undefined };
  cors_origins?: '*' | readonly string[] | undefined;
  console_origins: readonly string[] | undefined;
  anonymous_user: string;
}
type AccessForm = UseFormReturnType<AccessValues>;

const PAGES = ['stats', 'dashboard', 'metrics'] as const;
type PageName = (typeof PAGES)[number];
const ANYWHERE = ['0.0.0.0/0', '::/0'];

const valuesOf = ({ internal_allow, proxy, ...system }: SystemRecord): AccessValues => ({
  internal_allow: {
    stats: internal_allow?.stats,
    dashboard: internal_allow?.dashboard,
    metrics: internal_allow?.metrics,
  },
  ...(proxy?.cors_origins === undefined
    ? { cors_origins: system.cors_origins }
    : { proxy: { cors_origins: proxy.cors_origins } }),
  console_origins: system.console_origins,
  anonymous_user: system.anonymous_user ?? '',
});

function PageChoices({ form }: { readonly form: AccessForm }) {
  const t = useSettingsTexts();
  const answersOf = (page: PageName) => [
    // Where nothing is set, everyone sees the statistics, and nobody else the metrics.
    { key: 'everyone', label: t('everyone'), value: page === 'metrics' ? ANYWHERE : undefined },
    { key: 'nobody', label: t('nobody'), value: page === 'metrics' ? undefined : [] },
  ];
  return (
    <Panel title={t('pages')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('pagesHint')}
        </Text>
        <div className={styles.fields}>
          {PAGES.map((page) => (
            <ListChoice
              key={page}
              label={t(page)}
              answers={answersOf(page)}
              listedLabel={t('listed')}
              listLabel={t('addresses', { label: t(page) })}
              listHint={t('addressesHint')}
              {...form.getInputProps(`internal_allow.${page}`)}
            />
          ))}
        </div>
      </Stack>
    </Panel>
  );
}

function BrowserFields({ form }: { readonly form: AccessForm }) {
  const t = useSettingsTexts();
  const path = form.getValues().proxy === undefined ? 'cors_origins' : 'proxy.cors_origins';
  return (
    <Panel title={t('browsers')}>
      <div className={styles.fields}>
        <ListChoice
          label={t('cors')}
          description={t('corsHint')}
          answers={[
            { key: 'default', label: t('corsDefault'), value: undefined },
            { key: 'any', label: t('corsAny'), value: '*' },
            { key: 'none', label: t('corsNone'), value: [] },
          ]}
          listedLabel={t('corsListed')}
          listLabel={t('corsListed')}
          listHint={t('originsHint')}
          {...form.getInputProps(path)}
        />
        <ListField
          label={t('consoleOrigins')}
          description={t('consoleOriginsHint')}
          {...form.getInputProps('console_origins')}
        />
      </div>
    </Panel>
  );
}

/** Who may see what, and who needs no key. */
export function AccessSection() {
  const t = useSettingsTexts();
  return (
    <SettingsForm valuesOf={valuesOf}>
      {(form) => (
        <>
          <PageChoices form={form} />
          <BrowserFields form={form} />
          <Panel title={t('anonymous')}>
            <Stack gap="xs" maw={480}>
              <Text size="sm" c="dimmed">
                {t('anonymousHint')}
              </Text>
              <RecordSelect
                resource="users"
                label={t('anonymousUser')}
                clearable
                {...form.getInputProps('anonymous_user')}
              />
            </Stack>
          </Panel>
        </>
      )}
    </SettingsForm>
  );
}
