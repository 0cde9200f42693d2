import type { Document } from '../../contract/document.ts';

/** Every model name and glob that any channel names: failed requests for others count as `other`. */
export function configuredModels({ channels }: Pick<Document, 'channels'>): readonly string[] {
  const models = Object.values(channels).flatMap(({ models: listed, model_map: map }) => [
    ...(listed ?? []),
    ...Object.entries(map ?? {}).flat(),
  ]);
  return [...new Set(models)];
}
