import type { SectionName } from '../contract/document.ts';
import type { Platform } from './platform.ts';
import { isObject } from './same-value.ts';
import { type SecretPlaces, secretPlaces, withPlacesOf } from './secret-places.ts';
import { RECORD_SCHEMAS } from './validate-sections.ts';

/** Where the secrets of a record are; a channel's settings have them where its platform says so. */
export type PlacesOf = (section: SectionName, record: unknown) => SecretPlaces | null;

/** Works out where secrets are, once for each section and platform. */
export function recordPlaces(platforms: readonly Platform[]): PlacesOf {
  const bySection = new Map<string, SecretPlaces | null>(
    Object.entries(RECORD_SCHEMAS).map(([section, schema]) => [section, secretPlaces(schema)]),
  );
  const ofChannels = bySection.get('channels') ?? null;
  const byPlatform = new Map(
    platforms.flatMap(({ id, aliases, settings }) => {
      const places = withPlacesOf(ofChannels, 'settings', settings);
      return [id, ...aliases].map((name) => [name, places] as const);
    }),
  );
  return (section, record) => {
    const platform =
      section === 'channels' && isObject(record) ? byPlatform.get(String(record.platform)) : undefined;
    return platform ?? bySection.get(section) ?? null;
  };
}
