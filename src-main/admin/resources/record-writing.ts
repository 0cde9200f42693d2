import { randomBytes } from 'node:crypto';
import type { Actor } from '../../contract/audit.ts';
import type { MapSection } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { RecordWarning } from '../../contract/record-warning.ts';
import type { RetiredIds } from '../../core/control-ports.ts';
import { withKeptSecrets } from '../../core/masked-record.ts';
import { mergePatch } from '../../core/merge-patch.ts';
import { ID_BYTES, newId } from '../../core/new-secret.ts';
import { nameProblem } from '../../core/plain-names.ts';
import type { RecordOf, Stored } from '../../core/ports.ts';
import type { PlacesOf } from '../../core/record-places.ts';
import { sameValue } from '../../core/same-value.ts';
import type { AdminContext } from '../admin-context.ts';
import { Refusal } from '../console-error.ts';
import { etagOf, type Precondition } from '../if-match.ts';
import { auditChange } from './record-audit.ts';
import { invalid, objectBody, refuseInvalid, refuseMasks, withPlacesOfBody } from './record-rules.ts';
import { type ViewContext, viewOf } from './record-view.ts';
import type { ResourceKind } from './resource-kind.ts';

/** What the routes of resources work with. */
export interface RecordContext extends Pick<AdminContext, 'store' | 'audit' | 'clock' | 'lastUses'> {
  readonly retired: RetiredIds;
  /** What an admin should know of a record that is valid; `null`: nothing. */
  readonly warningOf: (section: MapSection, id: string) => RecordWarning | null;
  readonly placesOf: PlacesOf;
}

type Loose = Readonly<Record<string, unknown>>;

/** What a stamped record says of its own life. */
const STAMPS: readonly string[] = ['created_at', 'updated_at'];

/** How often a change is begun anew because somebody else was faster: ten at once may need two rounds each. */
const MOST_TRIES = 20;

/** RFC 3339, now. */
export const timeOf = ({ clock }: Pick<RecordContext, 'clock'>): string =>
  new Date(clock.now()).toISOString();

/** The record that is there. @throws ProxyError `not_found` */
export function existing<S extends MapSection>(
  { store }: Pick<RecordContext, 'store'>,
  { section, noun }: Pick<ResourceKind<S>, 'section' | 'noun'>,
  id: string,
): Stored<RecordOf<S>> {
  const stored = store.get(section, id);
  if (stored === null) throw new ProxyError('not_found', `There is no ${noun} "${id}".`);
  return stored;
}

/** @throws Refusal with the record as it is now, where the request was made for another version of it */
export function expect<S extends MapSection>(
  context: ViewContext,
  kind: ResourceKind<S>,
  id: string,
  { record, version }: Stored<RecordOf<S>>,
  precondition: Precondition | null,
): void {
  if (precondition === null || precondition(version)) return;
  const current = viewOf(context, kind, id, record);
  const message = `The ${kind.noun} "${id}" was changed meanwhile.`;
  throw new Refusal('precondition_failed', message, { current }, { etag: etagOf(version) });
}

/** Which members of a kind are the server's. */
interface WrittenKind {
  readonly isStamped: boolean;
  readonly told?: { readonly schemas: object };
}

/** The body without what the server sets. @throws Refusal where it names another id */
function writable(body: unknown, id: string | null, { isStamped, told }: WrittenKind): Loose {
  const { id: own, ...members } = objectBody(body);
  if (id !== null && own !== undefined && own !== id) {
    throw invalid([{ path: 'id', message: `is "${id}" and cannot be changed` }]);
  }
  const set = [...(isStamped ? STAMPS : []), ...Object.keys(told?.schemas ?? {})];
  return Object.fromEntries(Object.entries(members).filter(([name]) => !set.includes(name)));
}

function isStale(error: unknown): boolean {
  return error instanceof ProxyError && error.code === 'precondition_failed' && !(error instanceof Refusal);
}

/** Does something for the record as it is now; again, where somebody else was faster and the request does not mind. */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isStale(error)) throw error;
      if (attempt === MOST_TRIES) throw new ProxyError('conflict', 'Others change it just now; try again.');
    }
  }
}

/** Makes a record of what was sent. @throws Refusal */
export async function createRecord<S extends MapSection>(
  context: RecordContext,
  kind: ResourceKind<S>,
  body: unknown,
  actor: Actor,
): Promise<{ readonly id: string; readonly stored: Stored<RecordOf<S>> }> {
  const { store, placesOf, audit } = context;
  const { section } = kind;
  const id = idFor(context, kind, objectBody(body).id);
  const sent = writable(body, null, kind);
  const completed = kind.complete?.(sent) ?? sent;
  const now = timeOf(context);
  const draft = kind.isStamped ? { ...completed, created_at: now, updated_at: now } : completed;
  refuseMasks(sent, placesOf(section, draft));
  refuseInvalid(section, kind.schema, draft, null);
  // It has just been checked by the schema of its section.
  const record = draft as RecordOf<S>;
  const put = () => withPlacesOfBody([section, id], () => store.put(section, id, record, null));
  const stored = await put().catch((error: unknown) => {
    throw isStale(error) ? new ProxyError('conflict', `The ${kind.noun} "${id}" exists already.`) : error;
  });
  await auditChange(audit, placesOf, actor, { section, id, action: 'create', before: null, after: record });
  return { id, stored };
}

function idFor<S extends MapSection>(context: RecordContext, kind: ResourceKind<S>, given: unknown): string {
  if (given === undefined && kind.idKind !== null) return newId(kind.idKind, randomBytes(ID_BYTES));
  const parsed = kind.idSchema.safeParse(given);
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map(({ message }) => ({ path: 'id', message })));
  }
  // The schemas of ids are those of strings.
  const id = given as string;
  const problem = nameProblem(id);
  if (problem !== null) throw invalid([{ path: 'id', message: problem }]);
  if (context.store.get(kind.section, id) === null && context.retired.has(kind.section, id)) {
    const message = `The id "${id}" was that of a ${kind.noun} that was deleted; ids are not used again.`;
    throw new ProxyError('conflict', message);
  }
  return id;
}

/** How a request changes a record. */
export interface RecordWrite {
  /** `replace`: what is left out goes, secrets excepted; `merge`: what is left out stays. */
  readonly how: 'replace' | 'merge';
  readonly body: unknown;
  readonly precondition: Precondition | null;
  readonly actor: Actor;
}

function drafted<S extends MapSection>(
  { placesOf }: RecordContext,
  kind: ResourceKind<S>,
  stored: RecordOf<S>,
  sent: Loose,
  how: RecordWrite['how'],
): Loose {
  const { section } = kind;
  const merged = mergePatch(stored, sent);
  // Which platform a channel has decides where its settings hold secrets.
  const places = placesOf(section, how === 'merge' ? merged : sent);
  refuseMasks(sent, places);
  const next = objectBody(how === 'merge' ? merged : withKeptSecrets(sent, stored, places));
  return kind.isStamped ? { ...next, ...stampsOf(stored) } : next;
}

/** When a record was made and last changed, as far as it says so. */
function stampsOf(record: object): Loose {
  return Object.fromEntries(Object.entries(record).filter(([name]) => STAMPS.includes(name)));
}

/** Replaces or changes a record. A request that changes nothing writes nothing. @throws Refusal, ProxyError */
export async function writeRecord<S extends MapSection>(
  context: RecordContext,
  kind: ResourceKind<S>,
  id: string,
  { how, body, precondition, actor }: RecordWrite,
): Promise<Stored<RecordOf<S>>> {
  const sent = writable(body, id, kind);
  return withRetries(async () => {
    const stored = existing(context, kind, id);
    expect(context, kind, id, stored, precondition);
    const draft = drafted(context, kind, stored.record, sent, how);
    refuseInvalid(kind.section, kind.schema, draft, stored.record);
    if (sameValue(draft, stored.record)) return stored;
    return commitRecord(context, kind, id, stored, draft, { actor, action: 'update' });
  });
}

/** Puts a checked record in a known one's place, stamped, and writes down who did it. */
export async function commitRecord<S extends MapSection>(
  context: RecordContext,
  { section, isStamped }: Pick<ResourceKind<S>, 'section' | 'isStamped'>,
  id: string,
  stored: Stored<RecordOf<S>>,
  draft: Loose,
  { actor, action }: { readonly actor: Actor; readonly action: string },
): Promise<Stored<RecordOf<S>>> {
  const { store, placesOf, audit } = context;
  // It was checked by the schema of its section before.
  const record = (isStamped ? { ...draft, updated_at: timeOf(context) } : draft) as RecordOf<S>;
  const written = await withPlacesOfBody([section, id], () => store.put(section, id, record, stored.version));
  await auditChange(audit, placesOf, actor, { section, id, action, before: stored.record, after: record });
  return written;
}
