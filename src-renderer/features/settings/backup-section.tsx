import { BackupPanel } from './backup-panel.tsx';
import { ImportPanel } from './import-panel.tsx';
import { RestorePanel } from './restore-panel.tsx';

/** Backups and what comes from elsewhere. */
export function BackupSection() {
  return (
    <>
      <BackupPanel />
      <RestorePanel />
      <ImportPanel />
    </>
  );
}
