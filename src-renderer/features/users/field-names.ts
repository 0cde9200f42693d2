import { useFailoverTexts } from '../../ui/failover-strings.ts';
import { useLimitsTexts } from '../../ui/limits-strings.ts';
import { useModelsTexts } from '../../ui/models-strings.ts';
import { useFormTexts } from './form-strings.ts';

/** What the form calls the members of a user or a group. */
export function useFieldNames(): Readonly<Record<string, string>> {
  const t = useFormTexts();
  return {
    name: t('name'),
    department: t('department'),
    contact: t('contact'),
    group: t('group'),
    status: t('status'),
    channels: t('access'),
    models: useModelsTexts()('models'),
    ip_allowlist: t('allowlist'),
    failover: useFailoverTexts()('label'),
    limits: useLimitsTexts()('title'),
    notes: t('notes'),
  };
}
