import { Alert, Button, Group, Modal, NumberInput, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import { useForget } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/formats.ts';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { useFormTexts } from './form-strings.ts';
import { FIRST_GRACE, GRACE_CHOICES, type GraceChoice, graceOf } from './grace.ts';

interface RotateDialogProps {
  readonly record: RecordOf<'proxy-keys'>;
  readonly onClose: () => void;
  /** @param secret the new key in full */
  readonly onRotated: (secret: string) => void;
}

function useRotate(id: string, onRotated: (secret: string) => void) {
  const forget = useForget();
  return useMutation({
    mutationFn: (grace_seconds: number) =>
      answer(admin['proxy-keys'][':id'].rotate.$post({ param: { id }, header: {}, json: { grace_seconds } })),
    onSuccess: async ({ key }) => {
      await forget('proxy-keys');
      // A key made here is a text.
      onRotated(String(key));
    },
    // The answer has the key in full: it is not kept.
    gcTime: 0,
  });
}

function Consequence({ graceS }: { readonly graceS: number | null }) {
  const t = useFormTexts();
  const { time } = useFormats();
  if (graceS === null) return null;
  if (graceS === 0) return <Alert color="orange">{t('voidNow')}</Alert>;
  return <Text c="dimmed">{t('voidAt', { time: time(Date.now() + graceS * 1000) })}</Text>;
}

interface GraceFieldsProps {
  readonly choice: GraceChoice;
  readonly onChoice: (choice: GraceChoice) => void;
  readonly days: number | '';
  readonly onDays: (days: number | '') => void;
  readonly isWrong: boolean;
}

function GraceFields({ choice, onChoice, days, onDays, isWrong }: GraceFieldsProps) {
  const t = useFormTexts();
  const choose = (value: string): void => {
    const chosen = GRACE_CHOICES.find((one) => one === value);
    if (chosen !== undefined) onChoice(chosen);
  };
  return (
    <>
      <Radio.Group label={t('grace')} value={choice} onChange={choose}>
        <Stack gap="xs" mt="xs">
          {GRACE_CHOICES.map((one) => (
            <Radio key={one} value={one} label={t(one === 'custom' ? 'graceCustom' : `grace${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {choice === 'custom' && (
        <NumberInput
          label={t('graceDays')}
          description={t('graceDaysHint')}
          value={days}
          onChange={(value) => onDays(typeof value === 'number' ? value : '')}
          allowNegative={false}
          error={isWrong ? t('graceBad') : null}
        />
      )}
    </>
  );
}

/** Puts a new key in the place of the old one, which stays valid for as long as is chosen. */
export function RotateDialog({ record, onClose, onRotated }: RotateDialogProps) {
  const t = useFormTexts();
  const common = useCommonTexts();
  const [choice, setChoice] = useState<GraceChoice>(FIRST_GRACE);
  const [days, setDays] = useState<number | ''>(14);
  const rotate = useRotate(record.id, onRotated);
  const graceS = graceOf(choice, days);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (graceS !== null) rotate.mutate(graceS);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('rotateTitle', { name: titleOf(record) })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{t('rotateText')}</Text>
          <GraceFields
            choice={choice}
            onChoice={setChoice}
            days={days}
            onDays={setDays}
            isWrong={graceS === null}
          />
          <Consequence graceS={graceS} />
          {rotate.isError && <FailureNote error={rotate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={rotate.isPending}>
              {t('rotate')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
