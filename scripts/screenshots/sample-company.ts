import type { Channel, Document, ProxyKey, User } from '../../src-main/contract/document.ts';
import { aChannel, aDocument, aKey } from '../../test/support/document-fixtures.ts';

/** A platform that stands in on this computer. */
export interface SamplePlatform {
  readonly url: string;
  readonly apiKey: string;
}
export type SamplePlatforms = Readonly<
  Record<'openai' | 'anthropic' | 'gemini' | 'dashscope', SamplePlatform>
>;

/** People who do not exist: first names by the alphabet, one family. */
const PEOPLE: readonly (readonly [id: string, name: string, department: string])[] = [
  ['ann', 'Ann Example', 'Research'],
  ['ben', 'Ben Example', 'Research'],
  ['cho', '张三', 'Product'],
  ['dora', 'Dora Example', 'Product'],
  ['emil', 'Emil Example', 'Support'],
  ['fay', '李四', 'Support'],
  ['gus', 'Gus Example', 'Support'],
  ['hana', 'Hana Example', 'Finance'],
  ['ivo', 'Ivo Example', 'Finance'],
  ['jun', '王五', 'Research'],
  ['kim', 'Kim Example', 'Product'],
  ['leo', 'Leo Example', 'Support'],
];

/** Who left, so that the pictures show somebody disabled. */
const GONE = 'ivo';
const MADE_AT = '2026-09-01T09:00:00Z';

/** The ids of the sample's users. */
export const SAMPLE_USERS = PEOPLE.map(([id]) => id);

/** A Proxy-Key of the sample: its value, which plainly is none. */
export const keyOf = (user: string): string => `pk-sample-not-real-${user}`;

const usersOf = (): Record<string, User> =>
  Object.fromEntries(
    PEOPLE.map(([id, name, department]) => [
      id,
      {
        name,
        department,
        contact: { email: `${id}@example.com` },
        group: department === 'Support' ? 'support' : 'staff',
        status: id === GONE ? 'disabled' : 'active',
        created_at: MADE_AT,
        updated_at: MADE_AT,
      },
    ]),
  );

const keysOf = (): Record<string, ProxyKey> =>
  Object.fromEntries(
    PEOPLE.map(([id, name]) => [
      `key_${id}`,
      aKey(id, keyOf(id), {
        name: `${name} · laptop`,
        created_at: MADE_AT,
        ...(id === 'ann'
          ? {
              channels: [
                { id: 'openai', priority: 1 },
                { id: 'claude', priority: 2 },
              ],
            }
          : {}),
        ...(id === 'leo' ? { expires_at: '2027-03-31T00:00:00Z', models: ['gpt-4o-mini'] } : {}),
      }),
    ]),
  );

function channelsOf({ openai, anthropic, gemini, dashscope }: SamplePlatforms): Record<string, Channel> {
  const to = (platform: string, { url, apiKey }: SamplePlatform, name: string, priority: number): Channel =>
    aChannel(platform, url, apiKey, { name, priority, created_at: MADE_AT, updated_at: MADE_AT });
  return {
    openai: {
      ...to('openai', openai, 'OpenAI, company account', 1),
      models: ['gpt-*', 'text-embedding-*', 'error-*'],
    },
    claude: { ...to('anthropic', anthropic, 'Anthropic', 2), models: ['claude-*'] },
    gemini: { ...to('gemini', gemini, 'Gemini', 3), models: ['gemini-*'] },
    qwen: { ...to('dashscope', dashscope, '百炼 DashScope', 4), models: ['qwen-*'] },
    spare: { ...to('openai', openai, 'OpenAI, spare account', 9), status: 'disabled' },
  };
}

/** A company that does not exist, with everything a console shows. */
export function sampleCompany(platforms: SamplePlatforms): Document {
  return aDocument({
    users: usersOf(),
    groups: {
      staff: { name: 'Staff', channels: '*', created_at: MADE_AT },
      support: {
        name: 'Support',
        channels: ['openai', 'qwen'],
        limits: { requests_per_minute: 120 },
        created_at: MADE_AT,
      },
    },
    proxy_keys: keysOf(),
    channels: channelsOf(platforms),
    system: { time_zone: 'UTC', records: { bodies: 'never' } },
    prices: {
      'gpt-4o': { input: 2.5, output: 10, cached_input: 1.25, currency: 'USD' },
      'gpt-4o-mini': { input: 0.15, output: 0.6, currency: 'USD' },
      'claude-sonnet-4-6': { input: 3, output: 15, currency: 'USD' },
      'gemini-2.5-flash': { input: 0.3, output: 2.5, currency: 'USD' },
      'qwen-plus': { input: 0.4, output: 1.2, currency: 'USD' },
    },
  });
}
