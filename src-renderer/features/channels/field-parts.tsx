import { NumberInput, Select, TextInput } from '@mantine/core';
import { useCommonTexts } from '../../ui/strings.ts';
import type { ChannelValues, Choice, FieldName } from './channel-values.ts';
import { useChannelFormTexts } from './form-strings.ts';
import type { ChannelFormState } from './use-channel-form.ts';

/** Names of the members of a form that are of a type. */
type NameOf<T> = { [K in FieldName]: [T] extends [ChannelValues[K]] ? K : never }[FieldName];

interface FieldProps {
  readonly form: ChannelFormState;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
}

interface TextFieldProps extends FieldProps {
  readonly name: NameOf<string>;
  /** Whether a form begins here. */
  readonly isFirst?: boolean;
}

/** A field for a text. */
export function TextField({ form, name, isFirst = false, ...shown }: TextFieldProps) {
  return (
    <TextInput
      {...shown}
      {...form.getInputProps(name)}
      autoComplete="off"
      spellCheck={false}
      data-autofocus={isFirst || undefined}
    />
  );
}

interface FigureFieldProps extends FieldProps {
  readonly name: NameOf<number>;
  readonly isWhole?: boolean;
}

/** A field for a number; empty, the default counts, which stands in it greyed. */
export function FigureField({ form, name, isWhole = false, ...shown }: FigureFieldProps) {
  return (
    <NumberInput
      {...shown}
      {...form.getInputProps(name)}
      allowNegative={false}
      allowDecimal={!isWhole}
      hideControls
    />
  );
}

interface ChoiceFieldProps extends FieldProps {
  readonly name: 'supports_websocket' | 'allow_private' | 'retry_timeouts';
  /** What counts where nothing is chosen; `undefined` where it is not known. */
  readonly byDefault: boolean | undefined;
}

/** The texts of yes, no, and what counts by itself. */
export function useChoices(byDefault: boolean | undefined) {
  const t = useChannelFormTexts();
  const common = useCommonTexts();
  const own =
    byDefault === undefined ? t('byDefault') : t('byDefaultIs', { answer: common(byDefault ? 'yes' : 'no') });
  return [
    { value: '', label: own },
    { value: 'yes', label: common('yes') },
    { value: 'no', label: common('no') },
  ] satisfies { value: Choice; label: string }[];
}

/** Yes, no, or as the platform does. */
export function ChoiceField({ form, name, byDefault, ...shown }: ChoiceFieldProps) {
  const data = useChoices(byDefault);
  return <Select {...shown} {...form.getInputProps(name)} data={data} allowDeselect={false} />;
}
