import type { Channel, Document } from '../contract/document.ts';
import { usualModelsAt } from '../contract/host-models.ts';
import type { RecordWarning } from '../contract/record-warning.ts';
import { type DocumentIssue, type PlatformFact, type PlatformFacts, warningAt } from './document-issue.ts';
import { permittedChannels } from './identity.ts';

const DEFAULT_PRIORITY = 100;

/** A channel that takes any model in the language of OpenAI's chat. */
interface Open {
  readonly id: string;
  readonly channel: Channel;
  readonly platform: PlatformFact;
}

/** Those that nothing tells apart but their order; a weight says that they are meant to share. */
function openChannels(document: Document, facts: PlatformFacts): readonly Open[] {
  return Object.entries(document.channels).flatMap(([id, channel]) => {
    const platform = facts.platformOf(channel.platform);
    const takesAny = channel.models === undefined || channel.models.length === 0;
    if (platform?.speaksChat !== true || !takesAny) return [];
    return channel.status === 'disabled' || channel.weight !== undefined ? [] : [{ id, channel, platform }];
  });
}

/** What to write at a channel so that its models go to it. */
const proposal = (id: string, models: readonly string[]): string =>
  models.length === 0 ? `write the models of ${id}` : `write models: [${models.join(', ')}] at ${id}`;

/** For each distinct permission of users, the open channels in it, in the order in which they are asked. */
function sharedLists(document: Document, open: readonly Open[]): readonly (readonly Open[])[] {
  const permissions = new Map<string, '*' | readonly string[]>();
  for (const user of Object.values(document.users)) {
    const ids = permittedChannels(document, user);
    permissions.set(JSON.stringify(ids), ids);
  }
  return [...permissions.values()].map((ids) => {
    if (ids === '*') return open;
    const permitted = new Set(ids);
    return open.filter(({ id }) => permitted.has(id));
  });
}

/**
 * Channels that both take any model, in one language and from the same people: the second one is never used unless its
 * name is asked for.
 * @returns a warning for each but the one that answers
 */
export function overlappingChannels(document: Document, facts: PlatformFacts): readonly DocumentIssue[] {
  return overlapsIn(document, facts).map(([each, first]) =>
    warningAt(['channels', each.id, 'models'], warningFor(each, first).message),
  );
}

/** The same for one channel, whichever of two it is; `null`: nobody else takes what it takes. */
export function overlapOf(document: Document, facts: PlatformFacts, id: string): RecordWarning | null {
  const [each, first] = overlapsIn(document, facts).find((pair) => pair.some((one) => one.id === id)) ?? [];
  return each === undefined || first === undefined ? null : warningFor(each, first);
}

function warningFor({ id: unused, channel, platform }: Open, { id: answering }: Open): RecordWarning {
  const models = usualModelsAt(channel.base_url, platform.usualModelsByHost, platform.usualModels);
  const fact = `${answering} and ${unused} both take any model, so requests go to ${answering}`;
  const message = `${fact}: ${proposal(unused, models)}`;
  return { code: 'overlapping_channels', message, answering, unused, models };
}

/** Each channel that is never asked, with the one that answers in its place. */
function overlapsIn(document: Document, facts: PlatformFacts): readonly (readonly [Open, Open])[] {
  const open = openChannels(document, facts).toSorted(
    (a, b) => (a.channel.priority ?? DEFAULT_PRIORITY) - (b.channel.priority ?? DEFAULT_PRIORITY),
  );
  if (open.length < 2) return [];
  const answering = new Map<Open, Open>();
  for (const [first, ...rest] of sharedLists(document, open)) {
    for (const each of rest) if (first !== undefined && !answering.has(each)) answering.set(each, first);
  }
  return [...answering];
}
