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
  readonly onClose: () => void;
}

/** Makes a Proxy-Key, and shows it in full this once. */
export function NewKey({ isOpen, user, onClose }: NewKeyProps) {
  const [made, setMade] = useState<RecordOf<'proxy-keys'> | null>(null);
  const [, navigate] = useLocation();
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
          onClose={onClose}
          onReload={onClose}
        />
      )}
      {made !== null && (
        <MadeKey
          id={made.id}
          secret={made.key}
          title="made"
          onClose={() => {
            setMade(null);
            navigate(pageOf(made.id));
          }}
        />
      )}
    </>
  );
}
