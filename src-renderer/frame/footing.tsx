import { ActionIcon, Anchor, Group, Text, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../ui/formats.ts';
import { chooseLanguage } from '../ui/language.ts';
import styles from './footing.module.css';
import { useFrameTexts } from './strings.ts';

interface FootingProps {
  readonly version: string;
  readonly onSignOut: (() => void) | null;
}

/** Changes between light and dark. */
function ThemeSwitch({ label }: { readonly label: string }) {
  // Stopping transitions would put a style element into the page, which the policy refuses.
  const { toggleColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={toggleColorScheme}>
        <IconSun size={18} className={styles.inDark} />
        <IconMoon size={18} className={styles.inLight} />
      </ActionIcon>
    </Tooltip>
  );
}

/** What stands beneath the ways to the screens. */
export function Footing({ version, onSignOut }: FootingProps) {
  const t = useFrameTexts();
  const { i18n } = useTranslation();
  const { zone } = useFormats();
  const place = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const short = zone();
  const other = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <div className={styles.footing}>
      <Group gap={4}>
        <Tooltip label={t('language')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('language')}
            onClick={() => void chooseLanguage(other)}
          >
            <IconLanguage size={18} />
          </ActionIcon>
        </Tooltip>
        <ThemeSwitch label={t('theme')} />
        {onSignOut !== null && (
          <Tooltip label={t('signOut')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('signOut')} onClick={onSignOut}>
              <IconLogout size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t('zone', { zone: place === short ? place : `${place} (${short})` })}
      </Text>
      <Text size="xs" c="dimmed">
        AIProxy {version} ·{' '}
        <Anchor href="/docs" size="xs" underline="always">
          {t('api')}
        </Anchor>
      </Text>
    </div>
  );
}
