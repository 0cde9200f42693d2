import { useLocation } from 'wouter';
import { usePlatforms } from '../../api/program-queries.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { ChannelEditor } from './channel-editor.tsx';
import { channelPath } from './channel-path.ts';
import { useChannelFormTexts } from './form-strings.ts';
import { platformNamed } from './platform-facts.ts';
import { PlatformPicker } from './platform-picker.tsx';
import { useAskedPlatform } from './use-asked-platform.ts';

/** Adding a channel, where the address asks for it: `?new` asks for a platform, `?new=<platform>` for the rest. */
export function ChannelCreation() {
  const t = useChannelFormTexts();
  const [, navigate] = useLocation();
  const { asked, ask } = useAskedPlatform();
  const platform = platformNamed(usePlatforms().data, asked ?? '');
  const close = (): void => ask(null);
  return (
    <>
      <PlatformPicker
        isOpen={asked !== null && platform === undefined}
        onPick={({ id }) => ask(id)}
        onClose={close}
      />
      {platform !== undefined && (
        <ChannelEditor
          key={platform.id}
          isOpen
          stored={null}
          platform={platform}
          onOther={() => ask('')}
          onClose={close}
          onSaved={({ record }) => {
            notifyDone(t('created', { name: titleOf(record) }));
            // A step back leads to the list, not into the form again.
            navigate(channelPath(record.id), { replace: true });
          }}
        />
      )}
    </>
  );
}
