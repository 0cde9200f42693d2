import OpenAI, { AuthenticationError, PermissionDeniedError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** What a developer got from the central key service, twice: once good, once disabled there since. */
const GOOD_KEY = 'pk-central-good';
const DISABLED_KEY = 'pk-central-disabled';
const MESSAGES = [{ role: 'user' as const, content: 'Who am I?' }];

const cleanUp = createCleanUp();
let standIn: OpenAiStandIn;
let central: Gateway;
afterAll(cleanUp.run);

beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { dev: aUser(), gone: aUser({ status: 'disabled' }) },
    proxy_keys: { 'dev-key': aKey('dev', GOOD_KEY), 'gone-key': aKey('gone', DISABLED_KEY) },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  central = cleanUp.closing(await startGateway(document));
});

/** A developer's gateway: the user `me`, one channel to the central service, and no Proxy-Key of its own but `local`. */
async function startLocal(channelKey: string): Promise<Gateway> {
  const document = aDocument({
    users: { me: aUser() },
    proxy_keys: { local: aKey('me', 'pk-local') },
    channels: { central: aChannel('aiproxy', central.proxyUrl, channelKey) },
  });
  return cleanUp.closing(await startGateway(document));
}

const chat = ({ proxyUrl }: Gateway, apiKey: string) =>
  new OpenAI({ baseURL: `${proxyUrl}/v1`, apiKey, maxRetries: 0 }).chat.completions.create({
    model: 'stand-in',
    messages: MESSAGES,
  });

describe('a gateway connected to a central key service', () => {
  it('takes the key of that channel as the user me, from this computer', async () => {
    const local = await startLocal(GOOD_KEY);
    await chat(local, GOOD_KEY);
    expect((await local.lines(1))[0]).toMatchObject({ user: 'me', channel: 'central', outcome: 'success' });
    expect(await (await standIn.nextRequest()).placesOf('pk-')).toEqual([]);
  });

  it('does not take that key when the request was forwarded by somebody else', async () => {
    const local = await startLocal(GOOD_KEY);
    const answer = await fetch(`${local.proxyUrl}/v1/models`, {
      headers: { authorization: `Bearer ${GOOD_KEY}`, 'x-forwarded-for': '192.0.2.1' },
    });
    expect(answer.status).toBe(401);
    expect((await local.lines(1))[0]).toMatchObject({ user: null, error_code: 'invalid_proxy_key' });
  });

  it('passes on that the central service disabled the developer', async () => {
    const local = await startLocal(DISABLED_KEY);
    const failure: unknown = await chat(local, 'pk-local').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PermissionDeniedError);
    expect(failure).toMatchObject({ code: 'user_disabled' });
    expect((await local.lines(1))[0]).toMatchObject({ user: 'me', error_code: 'user_disabled', status: 403 });
  });

  it('never hands a local key to the central service, which would not know it', async () => {
    await expect(chat(central, 'pk-local')).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('counts hops and refuses a request that has made too many', async () => {
    const local = await startLocal(GOOD_KEY);
    const headers = (hops: number) => ({
      headers: { authorization: 'Bearer pk-local', 'x-aiproxy-hops': String(hops) },
    });
    expect((await fetch(`${local.proxyUrl}/v1/models`, headers(0))).status).toBe(200);
    expect((await standIn.nextRequest()).header('x-aiproxy-hops')).toEqual(['2']);
    const refused = await fetch(`${local.proxyUrl}/v1/models`, headers(4));
    expect(refused.ok).toBe(false);
    expect(refused.headers.get('x-aiproxy-error-source')).toBe('gateway');
  });
});
