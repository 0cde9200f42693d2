import { NavLink } from '@mantine/core';
import {
  IconActivity,
  IconChartBar,
  IconHistory,
  IconKey,
  IconListDetails,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { useFrameTexts } from './strings.ts';

const PLACES = [
  { path: '/', name: 'overview', Icon: IconActivity },
  { path: '/users', name: 'users', Icon: IconUsers },
  { path: '/keys', name: 'keys', Icon: IconKey },
  { path: '/channels', name: 'channels', Icon: IconRoute },
  { path: '/usage', name: 'usage', Icon: IconChartBar },
  { path: '/requests', name: 'requests', Icon: IconListDetails },
  { path: '/audit', name: 'audit', Icon: IconHistory },
  { path: '/connect', name: 'connect', Icon: IconPlugConnected },
  { path: '/settings', name: 'settings', Icon: IconSettings },
] as const;

const isAt = (location: string, path: string): boolean =>
  path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);

/** The way to each screen. @param onGo called when one was chosen */
export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const t = useFrameTexts();
  const [location] = useLocation();
  return (
    <nav aria-label={t('screens')}>
      {PLACES.map(({ path, name, Icon }) => {
        const isHere = isAt(location, path);
        return (
          <NavLink
            key={path}
            component={Link}
            href={path}
            label={t(name)}
            leftSection={<Icon size={18} stroke={1.6} />}
            active={isHere}
            {...(isHere ? { 'aria-current': 'page' } : {})}
            {...(onGo ? { onClick: onGo } : {})}
          />
        );
      })}
    </nav>
  );
}
