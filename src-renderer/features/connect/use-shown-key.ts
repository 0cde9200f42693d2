import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { DEMO_ID } from '../../../src-main/contract/demo-id.ts';
import { admin, answer } from '../../api/client.ts';

/** What stands where the key is not shown. */
export const PLACEHOLDER = 'pk-your-key';

async function revealed(id: string): Promise<string> {
  if (id === DEMO_ID) return (await answer(admin.demo.$post())).proxy_key;
  const secrets = await answer(admin['proxy-keys'][':id'].reveal.$post({ param: { id } }));
  return String(secrets.key);
}

/** A Proxy-Key in full, once the reader asked for it; another key is hidden again. */
export function useShownKey(id: string) {
  const [shown, setShown] = useState<{ readonly id: string; readonly key: string } | null>(null);
  const reveal = useMutation({
    mutationFn: () => revealed(id),
    onSuccess: (key) => setShown({ id, key }),
  });
  const key = shown?.id === id ? shown.key : null;
  return {
    key,
    show: () => reveal.mutate(),
    hide: () => setShown(null),
    isBusy: reveal.isPending,
    error: reveal.error,
  };
}
