import { NavLink, Stack } from '@mantine/core';
import {
  IconCoin,
  IconDatabaseExport,
  IconDeviceLaptop,
  IconInfoCircle,
  IconLock,
  IconNetwork,
  IconNotes,
  IconServer2,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import { Page } from '../../ui/page.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { AccessSection } from './access-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { CentralSection } from './central-section.tsx';
import { ComputerSection } from './computer-section.tsx';
import { LogsSection } from './logs-section.tsx';
import { NetworkSection } from './network-section.tsx';
import { PricesSection } from './prices-section.tsx';
import { ProgramSection } from './program-section.tsx';
import { RestartNote } from './restart-note.tsx';
import styles from './settings.module.css';
import { useSettingsTexts } from './strings.ts';

const SECTIONS = [
  { name: 'keys', Icon: IconServer2, Section: CentralSection },
  { name: 'network', Icon: IconNetwork, Section: NetworkSection },
  { name: 'access', Icon: IconLock, Section: AccessSection },
  { name: 'logs', Icon: IconNotes, Section: LogsSection },
  { name: 'prices', Icon: IconCoin, Section: PricesSection },
  { name: 'computer', Icon: IconDeviceLaptop, Section: ComputerSection },
  { name: 'backup', Icon: IconDatabaseExport, Section: BackupSection },
  { name: 'program', Icon: IconInfoCircle, Section: ProgramSection },
] as const;

/** Settings: of the program, and of this computer. */
export default function SettingsScreen() {
  const t = useSettingsTexts();
  const { section } = useUrlState(['section']).values;
  const chosen = SECTIONS.find(({ name }) => name === section) ?? SECTIONS[0];
  return (
    <Page title={t('title')}>
      <RestartNote />
      <div className={styles.settings}>
        <nav aria-label={t('sections')} className={styles.sections}>
          {SECTIONS.map(({ name, Icon }) => (
            <NavLink
              key={name}
              component={Link}
              href={`/settings?section=${name}`}
              label={t(name)}
              leftSection={<Icon size={18} stroke={1.6} />}
              active={name === chosen.name}
              {...(name === chosen.name ? { 'aria-current': 'page' } : {})}
            />
          ))}
        </nav>
        <Stack className={styles.section ?? ''}>
          <chosen.Section />
        </Stack>
      </div>
    </Page>
  );
}
