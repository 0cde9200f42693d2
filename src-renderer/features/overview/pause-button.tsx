import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Ask } from '../../ui/ask.tsx';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone, notifyFailed } from '../../ui/notify.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useOverviewTexts } from './strings.ts';
import { usePausing } from './use-overview.ts';

/** Pauses AIProxy after asking, and lets it go on without. */
export function PauseButton({ isPaused }: { readonly isPaused: boolean }) {
  const t = useOverviewTexts();
  const common = useCommonTexts();
  const failureText = useFailureText();
  const pausing = usePausing();
  const [isAsking, asking] = useDisclosure(false);
  const become = (paused: boolean): void =>
    pausing.mutate(paused, {
      onSuccess: () => notifyDone(t(paused ? 'isPaused' : 'isResumed')),
      onError: (error) => notifyFailed(common('failed'), failureText(error)),
      onSettled: asking.close,
    });
  if (isPaused) {
    return (
      <Button
        leftSection={<IconPlayerPlay size={16} />}
        loading={pausing.isPending}
        onClick={() => become(false)}
      >
        {t('resume')}
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPause size={16} />} onClick={asking.open}>
        {t('pause')}
      </Button>
      <Ask
        isOpen={isAsking}
        title={t('pauseTitle')}
        action={t('pause')}
        isBusy={pausing.isPending}
        onAction={() => become(true)}
        onClose={asking.close}
      >
        {t('pauseText')}
      </Ask>
    </>
  );
}
