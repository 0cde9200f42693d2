import { useSettingsTexts } from './strings.ts';

/** What the forms call the program's settings, by their names in the document. */
export function useSettingNames(): Readonly<Record<string, string>> {
  const t = useSettingsTexts();
  return {
    proxy: t('proxy'),
    console: t('console'),
    max_connections: t('maxConnections'),
    trusted_proxies: t('trustedProxies'),
    internal_allow: t('pages'),
    cors_origins: t('cors'),
    console_origins: t('consoleOrigins'),
    anonymous_user: t('anonymous'),
    log_level: t('logLevel'),
    log_retention_days: t('retention'),
    time_zone: t('timeZone'),
    records: t('bodies'),
  };
}
