import { Accordion, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { errorsBelow } from '../../ui/field-errors.ts';
import { HAS_EFFECT } from '../../ui/has-effect.ts';
import { LimitsFields } from '../../ui/limits-fields.tsx';
import { Tiles } from '../../ui/tiles.tsx';
import { SECTIONS, type SectionName } from './advanced-sections.ts';
import { ChoiceField, FigureField, TextField } from './field-parts.tsx';
import { useChannelFormTexts } from './form-strings.ts';
import { PairFields } from './pair-fields.tsx';
import type { PlatformFacts } from './platform-facts.ts';
import type { ChannelFormState } from './use-channel-form.ts';

interface AdvancedFieldsProps {
  readonly form: ChannelFormState;
  readonly platform: PlatformFacts | undefined;
}

function Routing({ form }: AdvancedFieldsProps) {
  const t = useChannelFormTexts();
  const parts = [t('from'), t('to')] as const;
  return (
    <>
      <Tiles>
        <FigureField
          form={form}
          name="priority"
          label={t('priority')}
          description={t('priorityHint')}
          placeholder="100"
          isWhole
        />
        <FigureField form={form} name="weight" label={t('weight')} description={t('weightHint')} />
      </Tiles>
      <PairFields
        form={form}
        name="model_map"
        label={t('modelMap')}
        description={t('modelMapHint')}
        parts={parts}
      />
      <PairFields
        form={form}
        name="path_rewrite"
        label={t('pathRewrite')}
        description={t('pathRewriteHint')}
        parts={parts}
      />
    </>
  );
}

function Connection({ form, platform }: AdvancedFieldsProps) {
  const t = useChannelFormTexts();
  return (
    <>
      <ChoiceField
        form={form}
        name="allow_private"
        label={t('allowPrivate')}
        description={t('allowPrivateHint')}
        byDefault={platform?.allow_private}
      />
      <TextField form={form} name="host" label={t('host')} description={t('hostHint')} />
      <PairFields
        form={form}
        name="headers"
        label={t('headers')}
        description={t('headersHint')}
        parts={[t('header'), t('headerValue')]}
      />
      <ChoiceField
        form={form}
        name="supports_websocket"
        label={t('supportsWebsocket')}
        byDefault={platform?.supports_websocket}
      />
      <TextField
        form={form}
        name="websocket_url"
        label={t('websocketUrl')}
        description={t('websocketUrlHint')}
        placeholder="wss://…"
      />
      <PairFields
        form={form}
        name="websocket_endpoints"
        label={t('websocketEndpoints')}
        description={t('websocketEndpointsHint')}
        parts={[t('from'), t('to')]}
      />
    </>
  );
}

function Times({ form }: AdvancedFieldsProps) {
  const t = useChannelFormTexts();
  return (
    <Tiles>
      <FigureField form={form} name="connect_timeout" label={t('connectTimeout')} placeholder="4" />
      <FigureField form={form} name="timeout" label={t('timeout')} placeholder="600" />
      <FigureField form={form} name="idle_timeout" label={t('idleTimeout')} placeholder="300" />
      <FigureField form={form} name="max_body" label={t('maxBody')} />
      <FigureField form={form} name="max_retries" label={t('maxRetries')} placeholder="0" isWhole />
      <ChoiceField form={form} name="retry_timeouts" label={t('retryTimeouts')} byDefault={false} />
    </Tiles>
  );
}

function LimitsPart({ form }: AdvancedFieldsProps) {
  return (
    <LimitsFields
      value={form.values.limits}
      onChange={(limits) => form.setFieldValue('limits', limits)}
      errors={errorsBelow(form.errors, 'limits')}
    />
  );
}

const PARTS: Readonly<Record<SectionName, (props: AdvancedFieldsProps) => ReactNode>> = {
  routing: Routing,
  connection: Connection,
  times: Times,
  limits: LimitsPart,
};

const SHOWN = SECTIONS.filter(({ name }) => name !== 'limits' || HAS_EFFECT.limits);

interface FoldedProps extends AdvancedFieldsProps {
  readonly open: readonly string[];
  readonly onOpen: (open: string[]) => void;
}

/** What few channels need, folded away. */
export function AdvancedFields({ form, platform, open, onOpen }: FoldedProps) {
  const t = useChannelFormTexts();
  return (
    <Stack gap="xs" role="group" aria-label={t('advanced')}>
      <Text fw={600} size="sm">
        {t('advanced')}
      </Text>
      <Accordion multiple keepMounted={false} variant="contained" value={[...open]} onChange={onOpen}>
        {SHOWN.map(({ name }) => {
          const Part = PARTS[name];
          return (
            <Accordion.Item key={name} value={name}>
              <Accordion.Control>
                {t(name)}
                <Text size="xs" c="dimmed">
                  {t(`${name}Hint`)}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  <Part form={form} platform={platform} />
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
    </Stack>
  );
}
