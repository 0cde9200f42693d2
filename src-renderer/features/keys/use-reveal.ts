import { useCallback, useEffect, useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyFailed } from '../../ui/notify.tsx';
import { useCommonTexts } from '../../ui/strings.ts';

/** How long a revealed key stays in sight. */
export const SHOWN_S = 30;

/** The key in full, once it was asked for. It is forgotten after a while, and with the page. */
export function useReveal(id: string) {
  const common = useCommonTexts();
  const failureText = useFailureText();
  const [secret, setSecret] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const hide = useCallback(() => setSecret(null), []);

  useEffect(() => {
    if (secret === null) return;
    const timer = setTimeout(hide, SHOWN_S * 1000);
    return () => clearTimeout(timer);
  }, [secret, hide]);

  const reveal = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const { key } = await answer(admin['proxy-keys'][':id'].reveal.$post({ param: { id } }));
      setSecret(String(key));
    } catch (error) {
      notifyFailed(common('failed'), failureText(error));
    } finally {
      setIsBusy(false);
    }
  };
  return { secret, reveal, hide, isBusy };
}
