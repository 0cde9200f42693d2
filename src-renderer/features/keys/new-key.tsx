import { useState } from 'react';
import { useLocation } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { MadeKey } from '../../ui/made-key.tsx';
import { pageOf } from './key-columns.tsx';
import { KeyDrawer } from './key-drawer.tsx';

interface NewKeyProps {
  readonly isOpen: boolean;
  /** Whose it is at first; `''` where that is open. */
  readonly user: string;
  /** Where one goes when all is done or given up; `null`: to the new key, or nowhere. */
  readonly returnTo: string | null;
  readonly onClose: () => void;
}

/** Makes a Proxy-Key, and shows it in full this once. */
export function NewKey({ isOpen, user, returnTo, onClose }: NewKeyProps) {
  const [made, setMade] = useState<RecordOf<'proxy-keys'> | null>(null);
  const [, navigate] = useLocation();
  const leave = (): void => (returnTo === null ? onClose() : navigate(returnTo));
  return (
    <>
      {isOpen && (
        <KeyDrawer
          stored={null}
          user={user}
          onSaved={({ record }) => {
            setMade(record);
            onClose();
          }}
          onClose={leave}
          onReload={leave}
        />
      )}
      {made !== null && (
        <MadeKey
          id={made.id}
          secret={made.key}
          title="made"
          onClose={() => {
            setMade(null);
            navigate(returnTo ?? pageOf(made.id));
          }}
        />
      )}
    </>
  );
}
