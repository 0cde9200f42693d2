import { useFailoverTexts } from '../../ui/failover-strings.ts';
import { useLimitsTexts } from '../../ui/limits-strings.ts';
import { useModelsTexts } from '../../ui/models-strings.ts';
import { useFormTexts } from './form-strings.ts';

/** What the form calls the members of a Proxy-Key. */
export function useFieldNames(): Readonly<Record<string, string>> {
  const t = useFormTexts();
  return {
    user: t('user'),
    name: t('name'),
    channels: t('channels'),
    models: useModelsTexts()('models'),
    expires_at: t('expires'),
    failover: useFailoverTexts()('label'),
    limits: useLimitsTexts()('title'),
    notes: t('notes'),
  };
}
