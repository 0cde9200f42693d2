import { ProxyError } from '../contract/errors.ts';
import { unknownId } from './bound-id.ts';
import type { Candidate, CandidateList, Shortlist } from './candidates.ts';
import type { Operation } from './operation.ts';

export interface RouteQuestion {
  readonly candidates: CandidateList;
  readonly operation: Operation;
  /** The channel the client named, or `null`. */
  readonly explicit: string | null;
  /** Where what the request names by id lives, or `null`. */
  readonly bound: string | null;
  readonly model: string | null;
  /** Whether it must have WebSockets. */
  readonly webSocket: boolean;
  /** 0 ≤ draw < 1, for the choice among weights. */
  readonly draw: number;
}

/** Hostile model names must not grow the memory; the list is made anew after that many answers. */
const MAX_SHORTLISTS = 512;
const LONGEST_NAME = 512;

/** A path that is native to the platform, or (`/v1/models`) in its language by what the client's SDK said. */
const owns = ({ channel: { platform } }: Candidate, { dialect, path }: Operation): boolean =>
  platform.ownsPath(path) ||
  ((dialect === 'anthropic' || dialect === 'gemini') && platform.dialect === dialect);

const canPlace = ({ channel }: Candidate, operation: Operation, model: string | null): boolean =>
  channel.platform.place(operation, { model }) !== null;

/** A step of narrowing that would leave nobody is skipped. */
function narrowed(from: readonly Candidate[], keep: (candidate: Candidate) => boolean): readonly Candidate[] {
  const kept = from.filter(keep);
  return kept.length === 0 ? from : kept;
}

/** A server that may serve any path: no platform with an API of its own. */
const isAnyServer = ({ channel: { platform } }: Candidate): boolean =>
  platform.baseUrl === null && !platform.modelInPath;

/**
 * Those whose platform owns the path; what is another API's own goes to no platform that has one itself, as long as
 * there is somebody else, so that a prompt is not seen by those it was not meant for; a canonical path belongs to everybody who has a place for it. */
function byPath(
  from: readonly Candidate[],
  operation: Operation,
  model: string | null,
): readonly Candidate[] {
  const owners = from.filter((candidate) => owns(candidate, operation));
  if (owners.length > 0) return owners;
  if (operation.canonical) return narrowed(from, (candidate) => canPlace(candidate, operation, model));
  return operation.dialect === 'raw' ? from : narrowed(from, isAnyServer);
}

/** Those that list the model, else those that list none. */
function byModel(from: readonly Candidate[], model: string | null): readonly Candidate[] {
  if (model === null) return from;
  const listing = from.filter(({ channel }) => channel.lists?.(model) === true);
  if (listing.length > 0) return listing;
  const open = from.filter(({ channel }) => channel.lists === null);
  if (open.length === 0)
    throw new ProxyError('no_channel', `no channel offers the model ${model.slice(0, 100)}`);
  return open;
}

function explicitChoice({ candidates, explicit }: RouteQuestion): Candidate | null {
  if (explicit === null) return null;
  const chosen = candidates.byId.get(explicit);
  if (chosen === undefined)
    throw new ProxyError('channel_not_permitted', 'this key may not use the channel it asked for');
  return usable(chosen);
}

function usable(chosen: Candidate): Candidate {
  if (!chosen.channel.active)
    throw new ProxyError('channel_unavailable', 'the channel is disabled', { retryAfterS: 60 });
  return chosen;
}

/** An id leads to its own channel or nowhere, whatever the client chose. */
function boundChoice({ candidates, explicit, bound }: RouteQuestion): Candidate | null {
  if (bound === null) return null;
  const chosen = candidates.byId.get(bound);
  if (chosen === undefined || (explicit !== null && explicit !== bound)) throw unknownId();
  return usable(chosen);
}

/** Endpoints that stand for many paths do not tell who owns them. */
const kindOf = ({ endpoint, path }: Operation): string => (endpoint.includes('{other}') ? path : endpoint);

/** The channels that may serve the request; worked out once for each kind of request and model. */
function shortlist({ candidates, operation, model, webSocket }: RouteQuestion): Shortlist {
  const name = `${operation.dialect} ${kindOf(operation)} ${webSocket ? 'ws ' : ''}${model ?? ''}`;
  const known = candidates.shortlists.get(name);
  if (known !== undefined) return known;
  const all = candidates.all.filter(({ channel }) => channel.active);
  const active = webSocket ? narrowed(all, ({ channel }) => channel.webSocket !== null) : all;
  const found = shortlistOf(active.length > 1 ? byModel(byPath(active, operation, model), model) : active);
  if (name.length > LONGEST_NAME) return found;
  if (candidates.shortlists.size >= MAX_SHORTLISTS) candidates.shortlists.clear();
  candidates.shortlists.set(name, found);
  return found;
}

function shortlistOf(suitable: readonly Candidate[]): Shortlist {
  const peers = suitable.filter(({ priority }) => priority === suitable[0]?.priority);
  const weighted = peers.some(({ weight }) => weight !== null);
  const totalWeight = weighted ? peers.reduce((sum, { weight }) => sum + (weight ?? 1), 0) : null;
  return { peers, totalWeight };
}

/** By weight where somebody gave one, else as they stand. */
function drawn({ peers, totalWeight }: Shortlist, draw: number): Candidate | undefined {
  if (totalWeight === null) return peers[0];
  let left = draw * totalWeight;
  for (const peer of peers) {
    left -= peer.weight ?? 1;
    if (left < 0) return peer;
  }
  return peers[0];
}

/**
 * What a client is told whose channel has no WebSockets. Clients of the Responses API go on over HTTP after a 426
 * (RFC 9110 §15.5.22), and after nothing else.
 */
export const noWebSocket = (operation: Operation | null): ProxyError =>
  new ProxyError(
    'websocket_not_supported',
    'the channel does not support WebSocket',
    operation?.name === 'responses' ? { status: 426 } : {},
  );

/**
 * The channel a request goes to.
 * @throws ProxyError `not_found`, `channel_not_permitted`, `channel_unavailable`, `no_channel`
 */
export function route(question: RouteQuestion): Candidate {
  const { candidates } = question;
  if (candidates.all.length === 0 && question.explicit === null) {
    throw new ProxyError('no_channel', 'this key may not use any channel');
  }
  const chosen =
    boundChoice(question) ?? explicitChoice(question) ?? drawn(shortlist(question), question.draw);
  if (chosen === undefined) {
    throw new ProxyError('channel_unavailable', 'every channel of this key is disabled', { retryAfterS: 60 });
  }
  if (chosen.channel.fault !== null) {
    const message = `the channel ${chosen.channel.id} is not configured completely: ask your administrator`;
    throw new ProxyError('channel_unavailable', message, { retryAfterS: 60 });
  }
  if (question.webSocket && chosen.channel.webSocket === null) {
    throw noWebSocket(question.operation);
  }
  return chosen;
}
