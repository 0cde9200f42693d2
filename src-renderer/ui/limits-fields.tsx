import { Button, Fieldset, NumberInput, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Limits } from '../../src-main/contract/document.ts';
import { HAS_EFFECT } from './has-effect.ts';
import { LIMIT_NAMES, withLimit, withNewQuota, withoutQuota, withQuotaMember } from './limits.ts';
import styles from './limits-fields.module.css';
import { useLimitsTexts } from './limits-strings.ts';
import { QuotaFields } from './quota-fields.tsx';

interface LimitsFieldsProps {
  readonly value: Limits | undefined;
  /** `undefined` where nothing is limited any more, so that the record leaves it out. */
  readonly onChange: (next: Limits | undefined) => void;
  /** By the path below `limits`, such as `quota.0.tokens`. */
  readonly errors?: Readonly<Record<string, string>>;
}

/** Fields for how much may be used: by a user, a group, a Proxy-Key or through a channel. */
export function LimitsFields({ value, onChange, errors = {} }: LimitsFieldsProps) {
  const t = useLimitsTexts();
  if (!HAS_EFFECT.limits) return null;
  return (
    <Fieldset legend={t('title')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('hint')}
        </Text>
        <div className={styles.figures}>
          {LIMIT_NAMES.map((name) => (
            <NumberInput
              key={name}
              label={t(name)}
              value={value?.[name] ?? ''}
              onChange={(figure) =>
                onChange(withLimit(value, name, typeof figure === 'number' ? figure : null))
              }
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator=" "
              hideControls
              error={errors[name]}
            />
          ))}
        </div>
        {(value?.quota ?? []).map((quota, index) => (
          <QuotaFields
            // Quotas have no id; their fields hold no state of their own.
            // biome-ignore lint/suspicious/noArrayIndexKey: as said
            key={index}
            quota={quota}
            number={index + 1}
            errorOf={(name) => errors[`quota.${index}.${name}`]}
            onChange={(name, next) => onChange(withQuotaMember(value, index, name, next))}
            onRemove={() => onChange(withoutQuota(value, index))}
          />
        ))}
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange(withNewQuota(value))}
          >
            {t('addQuota')}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
