import { Ask } from '../ui/ask.tsx';
import { useCommonTexts } from '../ui/strings.ts';
import { answerLeaving, useLeavingAsked } from '../ui/unsaved.ts';

/** Asks before what was entered is lost by going elsewhere. */
export function LeaveQuestion() {
  const t = useCommonTexts();
  return (
    <Ask
      isAbove
      isOpen={useLeavingAsked()}
      title={t('discard')}
      action={t('discard')}
      onAction={() => answerLeaving(true)}
      onClose={() => answerLeaving(false)}
    >
      {t('discardAsk')}
    </Ask>
  );
}
