import type { Channel } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import { type ChannelKey, type CompiledChannel, compileChannel } from '../../core/compiled-channel.ts';
import type { ChannelProbe, ProbeResult } from '../../core/control-ports.ts';
import { maskKey } from '../../core/mask-key.ts';
import type { Platform } from '../../core/platform.ts';
import type { Clock, UpstreamPool } from '../../core/ports.ts';
import { secretMatcher } from '../../core/secret-matcher.ts';
import type { Upstreams } from '../upstreams.ts';
import { askUpstream, type ProbeAnswer } from './ask-upstream.ts';
import { listModels } from './list-models.ts';
import { listCall, modelCall, type ProbeCall, probeRequest } from './probe-request.ts';
import { jsonOf, type Mask, refusalIn, wordsIn } from './probe-words.ts';

/** The longest a test, or a list with all its pages, may take. */
const LIMIT_MS = 10_000;
/** Of a channel with more keys, the first ones are tried. */
const MOST_KEYS = 20;
const NOT_ITS_API = 'something answered, but not in the form of this platform';
/** What a server answers that has no list of models. */
const NO_LIST: ReadonlySet<number | null> = new Set([404, 405, 501]);

export interface ChannelProbeParts {
  readonly clock: Clock;
  /** Where `env:NAME` is looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platformOf: (name: string) => Platform | undefined;
  readonly upstreams: Upstreams;
  /** Masks what the configuration knows, and what looks like a key. */
  readonly mask: Mask;
}

/** Tries channels the way the pipeline would use them: their address, rewriting, headers and keys; nobody's usage. */
export function channelProbe(parts: ChannelProbeParts): ChannelProbe {
  return {
    test: async (id, channel, model) => {
      const trial = new Trial(id, channel, parts);
      try {
        return await trial.test(model);
      } finally {
        trial.close();
      }
    },
    models: async (id, channel) => {
      const trial = new Trial(id, channel, parts);
      try {
        return await trial.models();
      } finally {
        trial.close();
      }
    },
  };
}

type Tried = Omit<ProbeResult, 'keys'> & { readonly key: ChannelKey | null };

class Trial {
  readonly #parts: ChannelProbeParts;
  /** Why it cannot be tried, in place of the compiled channel. */
  readonly #channel: CompiledChannel | string;
  readonly #endsMs: number;
  #pool: UpstreamPool | null = null;

  constructor(id: string, channel: Channel, parts: ChannelProbeParts) {
    this.#parts = parts;
    this.#endsMs = parts.clock.monotonicMs() + LIMIT_MS;
    const platform = parts.platformOf(channel.platform);
    const compiled = platform === undefined ? null : compileChannel(id, channel, platform, parts.env);
    if (compiled === null) this.#channel = `unknown platform ${channel.platform}`;
    else if (compiled.fault !== null) this.#channel = compiled.fault;
    else
      this.#channel = /^https?:/.test(compiled.base.origin)
        ? compiled
        : 'its base_url is no http: or https: URL';
  }

  async test(model: string | null): Promise<ProbeResult> {
    const channel = this.#channel;
    if (typeof channel === 'string')
      return { ok: false, request: null, status: null, latency_ms: 0, message: this.#parts.mask(channel) };
    const keys: readonly (ChannelKey | null)[] = channel.keys.length === 0 ? [null] : channel.keys;
    const tried = await Promise.all(keys.slice(0, MOST_KEYS).map((key) => this.#tryKey(channel, key, model)));
    return summary(tried);
  }

  async models(): Promise<readonly string[]> {
    const channel = this.#channel;
    if (typeof channel === 'string') throw new ProxyError('channel_unavailable', this.#parts.mask(channel));
    const { modelList } = channel.platform;
    const [key = null] = channel.keys;
    return listModels({
      idsIn: modelList.idsIn,
      nextPage: modelList.nextPage,
      ask: (page) => this.#ask(channel, key, listCall(channel, page)),
      mask: secretMatcher(echoesOf(channel)).mask,
    });
  }

  /** Its connections are its own: the next test connects again, which is a part of what is tested. */
  close(): void {
    void this.#pool?.destroy();
  }

  async #tryKey(channel: CompiledChannel, key: ChannelKey | null, model: string | null): Promise<Tried> {
    if (model !== null) return this.#tryCall(channel, key, modelCall(channel, model));
    const listed = await this.#tryCall(channel, key, listCall(channel));
    const known = NO_LIST.has(listed.status) ? firstModel(channel.channel) : undefined;
    return known === undefined ? listed : this.#tryCall(channel, key, modelCall(channel, known));
  }

  async #tryCall(channel: CompiledChannel, key: ChannelKey | null, call: ProbeCall): Promise<Tried> {
    const answer = await this.#ask(channel, key, call);
    const known = secretMatcher(echoesOf(channel));
    const mask: Mask = (text) => this.#parts.mask(known.mask(text));
    const refusal = refusalIn(answer, mask);
    const success = refusal === null ? successIn(channel, call, jsonOf(answer.body)) : null;
    return {
      key,
      ok: success !== null,
      request: mask(`${call.method} ${pathOf(probeRequest(channel, null, call).path)}`),
      status: answer.status,
      latency_ms: Math.round(answer.latencyMs * 1000) / 1000,
      message: refusal ?? success ?? wordsIn(answer.body, mask) ?? NOT_ITS_API,
    };
  }

  #ask(channel: CompiledChannel, key: ChannelKey | null, call: ProbeCall): Promise<ProbeAnswer> {
    const { clock, upstreams } = this.#parts;
    this.#pool ??= upstreams.apart(channel);
    const leftMs = Math.max(0, this.#endsMs - clock.monotonicMs());
    return askUpstream(this.#pool, probeRequest(channel, key, call), clock, leftMs);
  }
}

const echoesOf = ({ keys, headerSecrets }: CompiledChannel): readonly string[] => [
  ...keys.flatMap(({ echoes }) => echoes),
  ...headerSecrets,
];

const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

/** A model the channel is said to have. */
const firstModel = ({ models = [], model_map = {} }: Channel): string | undefined =>
  models.find((model) => !model.includes('*')) ?? Object.keys(model_map)[0];

/** What is told of an answer as it should be; `null` where it is none. */
function successIn({ platform }: CompiledChannel, { model }: ProbeCall, answer: unknown): string | null {
  if (model !== null)
    return typeof answer === 'object' && answer !== null && !('error' in answer)
      ? `the model ${model} answered`
      : null;
  const ids = platform.modelList.idsIn(answer);
  return ids === null ? null : `the platform lists ${ids.length} models`;
}

function summary(tried: readonly Tried[]): ProbeResult {
  const shown = tried.find(({ ok }) => !ok) ?? tried[0];
  if (shown === undefined) throw new Error('nothing was tried');
  const { key: _, ...result } = shown;
  if (tried.length === 1) return result;
  const keys = tried.map(({ key, ok, status, message }) => ({
    key: maskKey(key?.secret ?? ''),
    ok,
    status,
    message,
  }));
  return { ...result, keys };
}
