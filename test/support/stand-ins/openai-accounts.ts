import { type Exchange, type StandIn, type StandInPlatform, startStandIn } from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { openAiError } from './openai-errors.ts';
import { type JsonObject, parseObject, stringOf } from './request-json.ts';

/** A stand-in for OpenAI that keeps what it made, each for one account, as the real one does. */
export interface OpenAiAccounts extends StandIn {
  /** Each of them is an account of its own. */
  readonly apiKeys: readonly string[];
}

interface Kind {
  /** Begins its ids. */
  readonly prefix: string;
  /** The member of a request that names something the account must have. */
  readonly needs: string | null;
  readonly object: object;
}

const KINDS: Readonly<Record<string, Kind>> = {
  '/v1/files': { prefix: 'file', needs: null, object: { object: 'file' } },
  '/v1/responses': {
    prefix: 'resp',
    needs: 'previous_response_id',
    object: { object: 'response', output: [] },
  },
  '/v1/batches': { prefix: 'batch', needs: 'input_file_id', object: { object: 'batch' } },
  '/v1/chat/completions': {
    prefix: 'chatcmpl',
    needs: null,
    object: { object: 'chat.completion', choices: [] },
  },
};

/** What the accounts hold, by id. */
class Accounts {
  readonly #name: string;
  readonly #kept = new Map<string, { readonly apiKey: string; readonly object: object }>();

  constructor(name: string) {
    this.#name = name;
  }

  has(apiKey: string, id: string): boolean {
    return this.#kept.get(id)?.apiKey === apiKey;
  }

  keep(apiKey: string, prefix: string, object: object): object & { readonly id: string } {
    const made = { id: `${prefix}-${this.#name}-${this.#kept.size + 1}`, ...object };
    this.#kept.set(made.id, { apiKey, object: made });
    return made;
  }

  object(id: string): object {
    return this.#kept.get(id)?.object ?? {};
  }
}

function answerMade({ answer }: Exchange, request: JsonObject, made: object): void {
  if (request.stream !== true) {
    answer.json(200, made);
    return;
  }
  const event = (type: string): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, response: made })}\n\n`;
  const events = event('response.created') + event('response.completed');
  answer.send(200, events, { 'content-type': 'text/event-stream' });
}

function make(exchange: Exchange, accounts: Accounts, apiKey: string): void {
  const kind = KINDS[exchange.seen.path];
  const request = parseObject(exchange.body) ?? {};
  const needed = kind?.needs == null ? '' : stringOf(request, kind.needs);
  if (kind === undefined || (needed !== '' && !accounts.has(apiKey, needed))) {
    openAiError(exchange, 404, `${needed} not found`);
    return;
  }
  // A batch has its output when it is asked for again.
  const later =
    kind.prefix === 'batch' ? { output_file_id: accounts.keep(apiKey, 'file', { object: 'file' }).id } : {};
  const made = accounts.keep(apiKey, kind.prefix, { ...kind.object, ...later });
  answerMade(exchange, request, { ...made, output_file_id: null });
}

function find(exchange: Exchange, accounts: Accounts, apiKey: string): void {
  const { path, method } = exchange.seen;
  const [id = '', content] = path.replace(/^\/v1\/(?:chat\/completions|[a-z]+)\//, '').split('/');
  if (!accounts.has(apiKey, id)) openAiError(exchange, 404, `${id} not found`);
  else if (method === 'DELETE') exchange.answer.json(200, { id, object: 'file', deleted: true });
  else if (content !== undefined) exchange.answer.send(200, `content of ${id}`, {});
  else exchange.answer.json(200, accounts.object(id));
}

/** @param name becomes part of every id */
function platform(name: string, apiKeys: readonly string[]): StandInPlatform {
  const accounts = new Accounts(name);
  return {
    // Any of its keys will do; which one it was decides what is found.
    keysOf: (seen) => bearerKeys(seen).map((key) => (apiKeys.includes(key) ? (apiKeys[0] ?? '') : key)),
    refuse: (exchange) => openAiError(exchange, 401, 'Incorrect API key provided.'),
    handle(exchange) {
      const [apiKey = ''] = bearerKeys(exchange.seen);
      if (exchange.seen.method === 'POST') make(exchange, accounts, apiKey);
      else find(exchange, accounts, apiKey);
    },
  };
}

/** Starts a stand-in with accounts. */
export async function startOpenAiAccounts(name: string, apiKeys: readonly string[]): Promise<OpenAiAccounts> {
  const standIn = await startStandIn(platform(name, apiKeys), { apiKey: apiKeys[0] ?? '' });
  return { ...standIn, apiKeys };
}
