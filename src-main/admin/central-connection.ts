import { randomBytes } from 'node:crypto';
import type { Actor } from '../contract/audit.ts';
import type { Channel, User } from '../contract/document.ts';
import { ProxyError } from '../contract/errors.ts';
import {
  CENTRAL_ID,
  type CentralAddress,
  centralChannel,
  connectedChannel,
  connectedUser,
  isMeOnlyFor,
} from '../core/central.ts';
import { checkChannel } from '../core/check-channel.ts';
import { ME } from '../core/identity.ts';
import { ID_BYTES, newId } from '../core/new-secret.ts';
import { platformFacts } from '../core/platform-facts.ts';
import type { RecordChange } from '../core/ports.ts';
import { sameValue } from '../core/same-value.ts';
import type { AdminContext } from './admin-context.ts';
import { type FieldIssue, Refusal } from './console-error.ts';
import { auditChange } from './resources/record-audit.ts';
import { invalid, withPlacesOfBody } from './resources/record-rules.ts';
import { type RecordContext, timeOf, withRetries } from './resources/record-writing.ts';
import { addressOf } from './tried-address.ts';

/** What connecting works with. */
export type CentralContext = RecordContext & Pick<AdminContext, 'probe' | 'platforms'>;

/** One of the two records of a connection, as it is to be, and the version that was looked at for it. */
type Wanted = { readonly id: string; readonly expectedVersion: string | null } & (
  | { readonly section: 'channels'; readonly record: Channel }
  | { readonly section: 'users'; readonly record: User }
);

/** How a request connects. */
export interface Connecting {
  readonly address: CentralAddress;
  /** Whether the service is believed to be there without being asked. */
  readonly force: boolean;
  readonly actor: Actor;
}

function freeId({ store, retired }: CentralContext): string {
  const isTaken = store.get('channels', CENTRAL_ID) !== null || retired.has('channels', CENTRAL_ID);
  return isTaken ? newId('ch', randomBytes(ID_BYTES)) : CENTRAL_ID;
}

const versionOf = ({ store }: CentralContext, section: Wanted['section'], id: string): string | null =>
  store.get(section, id)?.version ?? null;

/** The channel as it is to be. @throws Refusal where it cannot be used, before anything is sent anywhere */
function wantedChannel(context: CentralContext, address: CentralAddress) {
  const stored = centralChannel(context.store.current);
  const connecting = connectedChannel(stored?.channel ?? null, address);
  const issues = connecting.ok
    ? checkChannel(connecting.channel, [], platformFacts(context.platforms))
    : [connecting.issue];
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || !connecting.ok) {
    throw invalid(errors.map(({ path, message }) => inFields({ path: path.join('.'), message })));
  }
  const id = stored?.id ?? freeId(context);
  return { id, channel: connecting.channel, expectedVersion: versionOf(context, 'channels', id) };
}

/** Where the request has what stands at this place of the document or of the channel. */
function fieldOf(path: string): string {
  return /^(?:api_keys?\b|proxy_keys\.)/.test(path) ? 'proxy_key' : path;
}

const inFields = ({ path, message }: FieldIssue): FieldIssue => ({ path: fieldOf(path), message });

/** Asks the service with the key. @throws Refusal with what it said */
async function tryOut(context: CentralContext, id: string, channel: Channel, actor: Actor): Promise<void> {
  const { ok, status, message } = await context.probe.test(id, channel, null);
  const details = { unsaved: true, ...addressOf(channel), ok, status };
  await context.audit.append({ actor, action: 'channel.test', target: id, details });
  if (!ok) throw invalid([{ path: status === 401 || status === 403 ? 'proxy_key' : 'base_url', message }]);
}

/** A record with its stamps, for the version that was looked at; `null` where it is so already. */
function changeTo(context: CentralContext, wanted: Wanted): RecordChange | null {
  const stored = context.store.get(wanted.section, wanted.id);
  if (stored !== null && sameValue(stored.record, wanted.record)) return null;
  const now = timeOf(context);
  const stamps = stored === null ? { created_at: now, updated_at: now } : { updated_at: now };
  // Told apart so that each keeps its type.
  return wanted.section === 'channels'
    ? { ...wanted, record: { ...wanted.record, ...stamps } }
    : { ...wanted, record: { ...wanted.record, ...stamps } };
}

/** Makes records as they are wanted, all or none, and writes down who did it. */
async function commit(context: CentralContext, wanted: readonly Wanted[], actor: Actor): Promise<void> {
  const { store, audit, placesOf } = context;
  const changes = wanted.map((record) => changeTo(context, record)).filter((change) => change !== null);
  if (changes.length === 0) return;
  const { current } = store;
  await store.change(changes);
  for (const { section, id, record } of changes) {
    const before = current[section][id] ?? null;
    const action = before === null ? 'create' : 'update';
    await auditChange(audit, placesOf, actor, { section, id, action, before, after: record ?? null });
  }
}

/**
 * Leads this computer's AI traffic to a central key service: a channel, and the user `me` as whom its key is taken here.
 * @throws Refusal with the field that is wrong, and what the service said
 */
export async function connect(context: CentralContext, { address, force, actor }: Connecting): Promise<void> {
  const { store } = context;
  if (store.readOnly !== null) throw new ProxyError('config_read_only', store.readOnly);
  await withRetries(async () => {
    const { id, channel, expectedVersion } = wantedChannel(context, address);
    // This takes its time, in which others may change the channel: then all of it is begun anew.
    if (!force) await tryOut(context, id, channel, actor);
    const me = connectedUser(store.current.users[ME], id);
    const wanted: Wanted[] = [
      { section: 'channels', id, record: channel, expectedVersion },
      { section: 'users', id: ME, record: me, expectedVersion: versionOf(context, 'users', ME) },
    ];
    await withPlacesOfBody(['channels', id], () => commit(context, wanted, actor)).catch((error: unknown) => {
      throw error instanceof Refusal ? invalid((error.details.issues ?? []).map(inFields)) : error;
    });
  });
}

/** Ends the connection: channel and, where it is there for nothing else, the user `me` are disabled and kept. */
export async function disconnect(context: CentralContext, actor: Actor): Promise<void> {
  const { store } = context;
  await withRetries(async () => {
    const { current } = store;
    const central = centralChannel(current);
    if (central === null) return;
    const { id, channel } = central;
    const me = current.users[ME];
    const seen = (section: Wanted['section'], own: string) => ({
      id: own,
      expectedVersion: versionOf(context, section, own),
    });
    const wanted: Wanted[] = [
      { ...seen('channels', id), section: 'channels', record: { ...channel, status: 'disabled' } },
    ];
    if (me !== undefined && isMeOnlyFor(current, id)) {
      wanted.push({ ...seen('users', ME), section: 'users', record: { ...me, status: 'disabled' } });
    }
    await commit(context, wanted, actor);
  });
}
