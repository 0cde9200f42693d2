import { z } from 'zod';
import { CANARIES, type CanaryName, canaryValue } from './canaries.ts';
import type { Asked, Evidence, Heard } from './evidence.ts';
import { type Route, routesIn } from './routes.ts';

/** Answers that show a secret once, by design, and a backup, which holds them all. */
const SHOWING =
  /^POST \/(?:session|admin-token|auth\/keys|backup|proxy-keys|proxy-keys\/\{id\}\/(?:rotate|reveal)|channels\/\{id\}\/reveal)$/;
/** What would end the program or its credentials comes last. */
const ENDING = /^(?:POST \/(?:shutdown|admin-token|restore)|DELETE \/session)$/;

/** Members without a schema of their own: what stands there is data, and is shown. */
const TAKES_ANYTHING = new Set(['health', 'settings']);

/** Members of bodies and queries are filled with these by turns. */
const NAMES = Object.keys(CANARIES) as CanaryName[];

const Begun = z.object({ session: z.string() });

/** Ids that exist, and what is none. */
const IDS: Readonly<Record<string, string>> = {
  users: 'ann',
  'proxy-keys': 'key-ann',
  channels: 'openai',
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Bodies that no route accepts, with secrets where they do not belong. */
function wrongBodies({ members }: Route, secret: (at: number) => string): readonly string[] {
  const wrongly = members.flatMap((member, at) => [
    JSON.stringify({ [member]: [[secret(at)]] }),
    ...(TAKES_ANYTHING.has(member)
      ? []
      : [JSON.stringify({ [member]: { surprise: { deeper: secret(at + 1) } } })]),
  ]);
  return [
    ...wrongly,
    JSON.stringify({ surprise: secret(0) }),
    JSON.stringify({ [secret(1)]: 'surprise' }),
    JSON.stringify([secret(2)]),
    JSON.stringify(secret(3)),
    // What a parser quotes when it complains.
    `{"key": "${secret(4)}", "name": ${secret(5)}}`,
    `${secret(6)}`,
    `{"key": "${secret(7)}`,
  ];
}

/** Calls every route of the admin API that its description names. */
export class ConsoleDrive {
  readonly #evidence: Evidence;
  readonly #url: string;
  #next = 0;
  readonly statuses = new Map<number, number>();

  constructor(evidence: Evidence, url: string) {
    this.#evidence = evidence;
    this.#url = url;
  }

  async ask(path: string, asked: Asked & { readonly credential: string | null }): Promise<Heard> {
    const { credential, headers, ...rest } = asked;
    const authorization = credential === null ? {} : { authorization: `Bearer ${credential}` };
    const heard = await this.#evidence.ask(this.#url, path, {
      ...rest,
      headers: { ...authorization, ...headers },
    });
    this.statuses.set(heard.status, (this.statuses.get(heard.status) ?? 0) + 1);
    return heard;
  }

  async routes(): Promise<readonly Route[]> {
    const { body } = await this.ask('/api/v1/openapi.json', { credential: canaryValue('adminToken') });
    return routesIn(JSON.parse(body));
  }

  /** Begins a session; its token is a secret from now on. */
  async signIn(): Promise<string> {
    const { body } = await this.ask('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: canaryValue('adminToken') }),
      credential: null,
      shows: true,
    });
    return Begun.parse(JSON.parse(body)).session;
  }

  #secret(): string {
    const name = NAMES[this.#next++ % NAMES.length];
    return name === undefined ? '' : canaryValue(name);
  }

  #pathOf({ path }: Route, id: string): string {
    return `/api/v1${path.replace(/\{[^}]+\}/g, id)}`;
  }

  /** Reads that succeed, and queries that do not. */
  async everyRead(route: Route, credential: string | null): Promise<void> {
    if (route.method !== 'GET') return;
    const [, collection = ''] = route.path.split('/');
    const path = this.#pathOf(route, IDS[collection] ?? 'nothing');
    await this.ask(path, { credential });
    await this.ask(this.#pathOf(route, this.#secret()), { credential });
    for (const name of [...route.query, 'surprise'])
      await this.ask(`${path}?${name}=${this.#secret()}`, { credential });
  }

  /** Writes none of which is accepted, or none of whose answers may show a secret. */
  async everyWrite(route: Route, credential: string | null): Promise<void> {
    if (route.method === 'GET' || ENDING.test(nameOf(route))) return;
    const shows = SHOWING.test(nameOf(route));
    const [, collection = ''] = route.path.split('/');
    const common = { method: route.method, credential, shows };
    if (route.contentType === null) {
      for (const id of ['nothing', this.#secret()]) await this.ask(this.#pathOf(route, id), common);
      return;
    }
    const headers = { 'content-type': route.contentType };
    const first = this.#next;
    const secret = (at: number): string => canaryValue(NAMES[(first + at) % NAMES.length] ?? 'annsKey');
    for (const id of [IDS[collection] ?? 'nothing', this.#secret()]) {
      for (const body of wrongBodies(route, secret))
        await this.ask(this.#pathOf(route, id), { ...common, headers, body });
    }
    this.#next += 7;
  }
}
