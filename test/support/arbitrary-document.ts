import fc from 'fast-check';
import { type Channel, type Document, DocumentSchema } from '../../src-main/contract/document.ts';
import { documentErrors } from '../../src-main/core/check-document.ts';
import { platformFacts } from '../../src-main/core/platform-facts.ts';
import { PLATFORMS } from '../../src-main/platforms/registry.ts';
import { arbitraryOf } from './arbitrary-of.ts';

const PLATFORM_IDS = PLATFORMS.map(({ id }) => id);

/** One of the names, chosen by a text; `undefined` where there are none. */
function chosen(names: readonly string[], by: string): string | undefined {
  return names[by.length % Math.max(1, names.length)];
}

const known = (ids: readonly string[], names: readonly string[]): string[] => [
  ...new Set(ids.flatMap((id) => chosen(names, id) ?? [])),
];

function withoutUndefined<T extends object>(record: T): T {
  // Only members without a value are taken away.
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

/** Everything a channel says by its types, with addresses, names and settings that mean something. */
function mendedChannel(channel: Channel, id: string): Channel {
  const {
    host: _host,
    outbound_proxy,
    websocket_url,
    settings: _settings,
    headers,
    model_map,
    ...rest
  } = channel;
  return withoutUndefined({
    ...rest,
    platform: chosen(PLATFORM_IDS, channel.platform + id) ?? 'custom',
    base_url: 'https://api.example.com/v1',
    websocket_url: websocket_url === undefined ? undefined : 'wss://api.example.com',
    outbound_proxy: outbound_proxy === undefined ? undefined : 'http://proxy.example:3128',
    headers: headers === undefined ? undefined : { 'x-of-channel': 'text' },
    model_map: model_map === undefined ? undefined : { asked: 'served' },
  });
}

/** The same document with references that lead somewhere, and keys that stand once. */
function mended(document: Document): Document {
  const names = (section: object): string[] => Object.keys(section);
  const [users, groups, channels] = [names(document.users), names(document.groups), names(document.channels)];
  const lists = <T extends { channels?: '*' | string[] | undefined }>(owner: T): T =>
    Array.isArray(owner.channels) ? { ...owner, channels: known(owner.channels, channels) } : owner;
  const each = <T>(section: Readonly<Record<string, T>>, mend: (record: T, id: string) => T | undefined) =>
    Object.fromEntries(
      Object.entries(section).flatMap(([id, record]) => {
        const next = mend(record, id);
        return next === undefined ? [] : [[id, next]];
      }),
    );
  return {
    ...document,
    groups: each(document.groups, lists),
    users: each(document.users, (user) =>
      withoutUndefined({
        ...lists(user),
        group: user.group === undefined ? undefined : chosen(groups, user.group),
        ip_allowlist: user.ip_allowlist?.map(() => '10.0.0.0/8'),
      }),
    ),
    channels: each(document.channels, mendedChannel),
    proxy_keys: each(document.proxy_keys, (key, id) => {
      const user = chosen(users, key.user);
      if (user === undefined) return undefined;
      const ids =
        key.channels === undefined
          ? undefined
          : known(
              key.channels.map((channel) => channel.id),
              channels,
            );
      return withoutUndefined({
        ...key,
        key: `pk-of-${id}`,
        user,
        channels: ids?.map((channel) => ({ id: channel })),
        previous: key.previous?.map((previous, index) => ({ ...previous, key: `pk-${index}-of-${id}` })),
      });
    }),
    system: withoutUndefined({
      ...document.system,
      console_origins: document.system.console_origins?.map(() => 'https://console.example.com'),
      anonymous_user: document.system.anonymous_user === undefined ? undefined : users[0],
      trusted_proxies: document.system.trusted_proxies?.map(() => '10.0.0.0/8'),
      internal_allow: document.system.internal_allow === undefined ? undefined : { stats: ['::1'] },
      time_zone: document.system.time_zone === undefined ? undefined : 'Asia/Shanghai',
    }),
  };
}

/** Valid documents, made of the contract itself. */
export const arbitraryDocument: fc.Arbitrary<Document> = arbitraryOf(DocumentSchema)
  // Made of the schema, so it has its type.
  .map((document) => mended(document as Document))
  .filter((document) => documentErrors(document, platformFacts(PLATFORMS)).length === 0);

/** Any JSON value, small. */
export const anyJson: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 2, noUnicodeString: false });
