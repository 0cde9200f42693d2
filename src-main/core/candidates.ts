import type { KeyChannel } from '../contract/document.ts';
import type { CompiledChannel } from './compiled-channel.ts';

/** A channel a key may use, with the key's own order of them. */
export interface Candidate {
  readonly channel: CompiledChannel;
  readonly priority: number;
  /** Its share among candidates of one priority; `null` where nobody said. */
  readonly weight: number | null;
}

/** Those that may serve a kind of request: the first ones of one priority, and what their weights add up to. */
export interface Shortlist {
  /** Of the best priority, as they stand in the configuration. */
  readonly peers: readonly Candidate[];
  /** `null` where nobody gave a weight: then the first one serves. */
  readonly totalWeight: number | null;
}

/** The channels a key may use, best first, and what was narrowed from them so far. */
export interface CandidateList {
  readonly all: readonly Candidate[];
  readonly byId: ReadonlyMap<string, Candidate>;
  /** By endpoint and model; bounded by the router. */
  readonly shortlists: Map<string, Shortlist>;
  /** Whether some channel lists models, or needs the model in its path: then bodies must be read to route. */
  readonly needsModel: boolean;
  /** The largest body that is held to be inspected, in bytes. */
  readonly maxInspected: number;
}

function listOf(candidates: readonly Candidate[]): CandidateList {
  const all = candidates.toSorted((a, b) => a.priority - b.priority);
  const active = all.filter(({ channel }) => channel.active);
  return {
    all,
    byId: new Map(all.map((candidate) => [candidate.channel.id, candidate])),
    shortlists: new Map(),
    maxInspected: active.reduce((largest, { channel }) => Math.max(largest, channel.maxInspected), 0),
    needsModel: active.some(
      ({ channel }) =>
        channel.platform.modelInPath ||
        channel.modelMap !== null ||
        (channel.lists !== null && active.length > 1),
    ),
  };
}

const ofChannel = (channel: CompiledChannel): Candidate => ({
  channel,
  priority: channel.priority,
  weight: channel.weight,
});

/** Makes candidate lists; equal permissions share one list, so that 10,000 keys for 1,000 channels stay small. */
export function candidateLists(channels: ReadonlyMap<string, CompiledChannel>) {
  const shared = new Map<string, CandidateList>();
  const everything = () => [...channels.values()].map(ofChannel);

  const permitted = (ids: '*' | readonly string[]): Candidate[] =>
    ids === '*' ? everything() : ids.flatMap((id) => channels.get(id) ?? []).map(ofChannel);

  const chosen = (ids: '*' | readonly string[], own: readonly KeyChannel[]): Candidate[] => {
    const allowed = ids === '*' ? null : new Set(ids);
    return own.flatMap(({ id, priority, weight }) => {
      const channel = channels.get(id);
      if (channel === undefined || (allowed !== null && !allowed.has(id))) return [];
      return { channel, priority: priority ?? channel.priority, weight: weight ?? channel.weight };
    });
  };

  /** @param ids what user and group permit; @param own the key's own list, which narrows and reorders it */
  return (ids: '*' | readonly string[], own: readonly KeyChannel[] | undefined): CandidateList => {
    const name = JSON.stringify([ids, own]);
    const known = shared.get(name);
    if (known !== undefined) return known;
    const list = listOf(own === undefined ? permitted(ids) : chosen(ids, own));
    shared.set(name, list);
    return list;
  };
}
