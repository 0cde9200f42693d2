import type { Channel, Limits } from '../../../src-main/contract/document.ts';
import type { RecordOf } from '../../api/records.ts';
import { type KeyRow, keyRowsOf } from './key-rows.ts';

/** One member of a map, as a row of a form. */
export interface Pair {
  /** Tells rows apart; never sent. */
  readonly row: number;
  readonly name: string;
  readonly value: string;
}

/** Yes, no, or what the platform says by itself. */
export type Choice = '' | 'yes' | 'no';

/** A number field of a form: empty where the default counts. */
export type Figure = number | '';

/** What the form of a channel holds. */
export interface ChannelValues {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
  readonly base_url: string;
  readonly keys: readonly KeyRow[];
  readonly models: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly priority: Figure;
  readonly weight: Figure;
  readonly model_map: readonly Pair[];
  readonly path_rewrite: readonly Pair[];
  readonly websocket_endpoints: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly websocket_url: string;
  readonly host: string;
  readonly supports_websocket: Choice;
  readonly allow_private: Choice;
  readonly connect_timeout: Figure;
  readonly timeout: Figure;
  readonly idle_timeout: Figure;
  readonly max_retries: Figure;
  readonly retry_timeouts: Choice;
  /** In MiB; the record has bytes. */
  readonly max_body: Figure;
  readonly limits: Limits | undefined;
}

/** The members of a form that are fields of their own, keys apart. */
export type FieldName = Exclude<keyof ChannelValues, 'keys'>;

const MIB = 1024 * 1024;

const choiceOf = (value: boolean | undefined): Choice => (value === undefined ? '' : value ? 'yes' : 'no');

const pairsOf = (map: Readonly<Record<string, string>> = {}): Pair[] =>
  Object.entries(map).map(([name, value], row) => ({ row, name, value }));

/** A form for a stored channel, or for a new one with nothing but its platform and that one's name. */
export function valuesOf(channel: Partial<RecordOf<'channels'>>): ChannelValues {
  return {
    id: channel.id ?? '',
    name: channel.name ?? '',
    platform: channel.platform ?? '',
    base_url: channel.base_url ?? '',
    keys: keyRowsOf(channel),
    models: channel.models ?? [],
    settings: channel.settings ?? {},
    priority: channel.priority ?? '',
    weight: channel.weight ?? '',
    model_map: pairsOf(channel.model_map),
    path_rewrite: pairsOf(channel.path_rewrite),
    websocket_endpoints: pairsOf(channel.websocket_endpoints),
    headers: pairsOf(channel.headers),
    websocket_url: channel.websocket_url ?? '',
    host: channel.host ?? '',
    supports_websocket: choiceOf(channel.supports_websocket),
    allow_private: choiceOf(channel.allow_private),
    connect_timeout: channel.connect_timeout ?? '',
    timeout: channel.timeout ?? '',
    idle_timeout: channel.idle_timeout ?? '',
    max_retries: channel.max_retries ?? '',
    retry_timeouts: choiceOf(channel.retry_timeouts),
    max_body: channel.max_body === undefined ? '' : channel.max_body / MIB,
    limits: channel.limits,
  };
}

const textOf = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());
const figureOf = (value: Figure): number | undefined => (value === '' ? undefined : value);
const flagOf = (value: Choice): boolean | undefined => (value === '' ? undefined : value === 'yes');

/** Rows without a name are not meant yet. */
function mapOf(pairs: readonly Pair[]): Record<string, string> | undefined {
  const named = pairs.filter(({ name }) => name.trim() !== '');
  return named.length === 0
    ? undefined
    : Object.fromEntries(named.map((pair) => [pair.name.trim(), pair.value]));
}

function settingsOf(settings: ChannelValues['settings']): Channel['settings'] {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** What a form says of a channel, its keys and its id apart; `undefined` where nothing was entered. */
export function membersOf(values: ChannelValues) {
  return {
    name: textOf(values.name),
    platform: values.platform,
    base_url: textOf(values.base_url),
    models: values.models.length === 0 ? undefined : [...values.models],
    settings: settingsOf(values.settings),
    priority: figureOf(values.priority),
    weight: figureOf(values.weight),
    model_map: mapOf(values.model_map),
    path_rewrite: mapOf(values.path_rewrite),
    websocket_endpoints: mapOf(values.websocket_endpoints),
    headers: mapOf(values.headers),
    websocket_url: textOf(values.websocket_url),
    host: textOf(values.host),
    supports_websocket: flagOf(values.supports_websocket),
    allow_private: flagOf(values.allow_private),
    connect_timeout: figureOf(values.connect_timeout),
    timeout: figureOf(values.timeout),
    idle_timeout: figureOf(values.idle_timeout),
    max_retries: figureOf(values.max_retries),
    retry_timeouts: flagOf(values.retry_timeouts),
    max_body: values.max_body === '' ? undefined : Math.round(values.max_body * MIB),
    limits: values.limits,
  };
}
