import { Alert, Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { usePlatforms } from '../../api/program-queries.ts';
import { useForget } from '../../api/record-queries.ts';
import type { Versioned } from '../../api/records.ts';
import { Conflict } from '../../ui/conflict.tsx';
import { EditDrawer } from '../../ui/edit-drawer.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { type SectionName, sectionsOf } from './advanced-sections.ts';
import { valuesOf } from './channel-values.ts';
import { useChannelFormTexts } from './form-strings.ts';
import { MainFields } from './main-fields.tsx';
import { MEMBER_TEXTS } from './member-texts.ts';
import { OverlapNote } from './overlap-note.tsx';
import { type PlatformFacts, platformNamed } from './platform-facts.ts';
import { withoutSecrets } from './shown-patch.ts';
import { TestResult } from './test-result.tsx';
import { useChannelForm } from './use-channel-form.ts';
import { useChannelSave } from './use-channel-save.ts';
import { useTestInForm } from './use-test-in-form.ts';

interface ChannelEditorProps {
  readonly isOpen: boolean;
  /** What was read; `null` makes a new channel. */
  readonly stored: Versioned<'channels'> | null;
  /** Where a new channel leads. */
  readonly platform?: PlatformFacts;
  /** Back to the choice of a platform. */
  readonly onOther?: () => void;
  readonly onSaved: (saved: Versioned<'channels'>) => void;
  readonly onClose: () => void;
}

/** The form of one channel, new or stored. Mounted anew for each time it is opened. */
export function ChannelEditor({ isOpen, stored: read, platform, ...on }: ChannelEditorProps) {
  const t = useChannelFormTexts();
  const forget = useForget();
  // What is saved is a change of what was seen when the form was opened, whatever is read meanwhile.
  const [stored] = useState(read);
  const record = stored?.record ?? null;
  const known = usePlatforms().data;
  const [initial] = useState(() =>
    valuesOf(record ?? { platform: platform?.id ?? '', name: platform?.label ?? '' }),
  );
  const [platformId, setPlatformId] = useState(initial.platform);
  const facts = platform ?? platformNamed(known, platformId);
  const form = useChannelForm(initial, facts);
  form.watch('platform', ({ value }) => setPlatformId(value));
  const [open, setOpen] = useState<readonly string[]>([]);
  // A refusal in a folded part, or out of sight, has to be seen.
  const unfold = (paths: readonly string[]): void => {
    const hidden: readonly SectionName[] = sectionsOf(paths);
    setOpen((before) => [...new Set([...before, ...hidden])]);
    const [first] = paths;
    if (first !== undefined) requestAnimationFrame(() => form.getInputNode(first)?.focus());
  };
  const saving = useChannelSave({ form, stored, unfold, onSaved: on.onSaved });
  const testing = useTestInForm({ form, record, unfold });
  const { conflict } = saving;
  const texts = Object.entries(MEMBER_TEXTS);
  const fieldNames = Object.fromEntries(texts.map(([name, text]) => [name, t(text)]));
  return (
    <>
      <EditDrawer
        isOpen={isOpen}
        title={
          record === null
            ? t('addTo', { platform: facts?.label ?? '' })
            : t('editOf', { name: titleOf(record) })
        }
        {...(record === null ? { action: t('create') } : {})}
        isDirty={form.isDirty()}
        isBusy={saving.isBusy}
        refusal={saving.refusal}
        onSubmit={saving.submit}
        onClose={on.onClose}
        moreActions={
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} />}
            loading={testing.isBusy}
            onClick={testing.run}
            title={t('testHint')}
          >
            {t('test')}
          </Button>
        }
      >
        <OverlapNote warning={stored?.warning ?? null} />
        <MainFields form={form} platform={facts} stored={record} onOther={on.onOther} />
        <AdvancedFields form={form} platform={facts} open={open} onOpen={setOpen} />
        {testing.result !== null && <TestResult result={testing.result} />}
        {testing.refusal !== null && (
          <Alert color="red" variant="light" role="alert">
            {testing.refusal}
          </Alert>
        )}
      </EditDrawer>
      <Conflict
        theirs={conflict?.theirs.record ?? null}
        fieldNames={fieldNames}
        mine={withoutSecrets(conflict?.mine ?? {})}
        isBusy={saving.isBusy}
        onUseTheirs={() => {
          void forget('channels');
          on.onClose();
        }}
        onUseMine={() => void saving.saveMine()}
        onClose={saving.forgetConflict}
      />
    </>
  );
}
