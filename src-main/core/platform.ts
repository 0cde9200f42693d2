import type { z } from 'zod';
import type { Channel } from '../contract/document.ts';
import type { ModelsByHost } from '../contract/host-models.ts';
import type { Dialect } from './dialect.ts';
import type { Operation } from './operation.ts';

/** What a platform is told about the channel it serves. */
export interface ChannelTarget {
  readonly channel: Channel;
  /** The path the request will have, without query. */
  readonly path: string;
  /** The model the client asked for, after `model_map`; `null` where it is not known. */
  readonly model: string | null;
}

/** How a platform lists the models it offers: the cheapest call that shows whether a key is right. */
export interface ModelList {
  /** Where a client would ask for it, without query. */
  readonly path: string;
  /** Without question mark. */
  readonly query: string;
  /** The ids in an answer; `null` where it is no such list. */
  readonly idsIn: (answer: unknown) => readonly string[] | null;
  /** Query members that ask for the page behind this answer; `null` where it is the last one. */
  readonly nextPage: (answer: unknown) => string | null;
}

/** A request as a client of the platform would send it. */
export interface SmallCall {
  /** Without query. */
  readonly path: string;
  /** To be written as JSON. */
  readonly body: object;
}

/** An AI platform as data: how its credential travels, which paths it owns, where canonical operations live. */
export interface Platform {
  readonly id: string;
  readonly aliases: readonly string[];
  /** As shown to people. */
  readonly label: string;
  /** The language its canonical paths are answered in; errors made here follow the client's dialect instead. */
  readonly dialect: Dialect;
  /** Used where the channel names none; `null`: the channel must. */
  readonly baseUrl: string | null;
  /** Paths that people write at the end of `base_url` though they belong to the request; they are cut off. */
  readonly basePrefixes: readonly string[];
  /** Host names (or suffixes with a leading dot) by which an imported channel is recognised. */
  readonly hosts: readonly string[];
  /** Whether loopback and private addresses are allowed unless the channel says otherwise. */
  readonly allowPrivate: boolean;
  /** The header that carries the channel's key, and its value. */
  readonly credential: (apiKey: string) => readonly [name: string, value: string];
  /** The same for the platform's OpenAI-compatible paths, where it differs. */
  readonly compatibleCredential?: (apiKey: string) => readonly [name: string, value: string];
  /** Whether this path (without query) is native to this platform and to no other. */
  readonly ownsPath: (path: string) => boolean;
  /**
   * Where the platform has a canonical operation.
   * @returns the path (without query), or `null` where it cannot serve the operation
   */
  readonly place: (operation: Operation, target: Pick<ChannelTarget, 'model'>) => string | null;
  /** Query members the platform needs, as `[name, value]`, added where the client sent none of that name. */
  readonly query?: (target: ChannelTarget) => readonly (readonly [string, string])[];
  /** Whether the path names the model, so that it must be known before the request can be sent. */
  readonly modelInPath: boolean;
  /** Whether `stream_options.include_usage` may be asked for in the client's place. */
  readonly streamUsage: boolean;
  /** Whether its chat streams always close with `data: [DONE]`; where not, a finish reason is enough. */
  readonly endsWithDone: boolean;
  /** Whether it has WebSockets, unless the channel says otherwise. */
  readonly webSocket: boolean;
  /** The query member that carries the channel's key on WebSocket handshakes, in place of a header. */
  readonly webSocketKeyMember?: string;
  readonly modelList: ModelList;
  /** Asks a model for one token. @param model as the platform knows it */
  readonly smallCall: (model: string) => SmallCall;
  /** Whether it serves OpenAI's chat at a place of its own. */
  readonly speaksChat: boolean;
  /** Globs of the models that are usually its own, proposed where several channels take any; none where any may be. */
  readonly usualModels: readonly string[];
  /** The same for hosts that have models of their own. */
  readonly usualModelsByHost: ModelsByHost;
  /** Well-known models, to be proposed where a channel names none. */
  readonly exampleModels: readonly string[];
  /** Headers without which its own API refuses a request: names and values by turns. */
  readonly ownHeaders: readonly string[];
  /** The shape of `channel.settings`. */
  readonly settings: z.ZodType;
}
