import { Input, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useFailoverTexts } from './failover-strings.ts';
import { HAS_EFFECT } from './has-effect.ts';

interface FailoverFieldProps {
  /** `undefined` where somebody else decides it. */
  readonly value: boolean | undefined;
  readonly onChange: (next: boolean | undefined) => void;
  /** Who decides where it is not set here. */
  readonly inheritedFrom: 'userOrGroup' | 'group' | 'nobody';
}

const CHOICES = { inherit: undefined, on: true, off: false } as const;
type Choice = keyof typeof CHOICES;

const choiceOf = (value: boolean | undefined): Choice =>
  value === undefined ? 'inherit' : value ? 'on' : 'off';

/** Chooses whether a second channel may take over where the first one does not answer. */
export function FailoverField({ value, onChange, inheritedFrom }: FailoverFieldProps) {
  const t = useFailoverTexts();
  const id = useId();
  if (!HAS_EFFECT.failover) return null;
  const choices: readonly Choice[] = inheritedFrom === 'nobody' ? ['on', 'off'] : ['inherit', 'on', 'off'];
  const chosen = inheritedFrom === 'nobody' && value === undefined ? 'off' : choiceOf(value);
  return (
    <Input.Wrapper label={t('label')} description={t('hint')} labelElement="div" labelProps={{ id }}>
      <div>
        <SegmentedControl
          mt={4}
          aria-labelledby={id}
          data={choices.map((choice) => ({
            value: choice,
            label: choice === 'inherit' ? t(inheritedFrom) : t(choice),
          }))}
          value={chosen}
          onChange={(next) => onChange(CHOICES[next])}
        />
      </div>
    </Input.Wrapper>
  );
}
