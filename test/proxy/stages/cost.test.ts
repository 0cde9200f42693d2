import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY } from '../../security/front.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import type { LoggedRequest } from '../../support/request-log-lines.ts';
import { startOpenAi } from '../../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../../support/start-gateway.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let count = 0;

beforeAll(async () => {
  const standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { 'ann-key': aKey('ann', KEY) },
    channels: {
      one: aChannel('openai', standIn.url, standIn.apiKey, { model_map: { fast: 'gpt-priced' } }),
      two: aChannel('openai', standIn.url, standIn.apiKey),
    },
    prices: {
      'gpt-priced': { input: 2, output: 8, cached_input: 1, currency: 'USD' },
      'gpt-priced on two': { model: 'gpt-priced', channel: 'two', request: 0.5 },
    },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(cleanUp.run);

/** The request log's line of a chat. */
async function chat(
  channel: string,
  model: string,
  stream = false,
  path = 'chat/completions',
): Promise<LoggedRequest> {
  const body = JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'Hi' }] });
  const headers = {
    authorization: `Bearer ${KEY}`,
    'content-type': 'application/json',
    'x-aiproxy-channel': channel,
  };
  const answer = await fetch(`${gateway.proxyUrl}/v1/${path}`, { method: 'POST', headers, body });
  await answer.text();
  count += 1;
  const line = (await gateway.lines(count))[count - 1];
  if (line === undefined) throw new Error('the request log became shorter');
  return line;
}

/** By hand, from what the line says was used. */
function byHand({ tokens_in, tokens_out, tokens_cached }: LoggedRequest): number {
  const cached = tokens_cached ?? 0;
  return (((tokens_in ?? 0) - cached) * 2 + cached * 1 + (tokens_out ?? 0) * 8) / 1e6;
}

describe('the cost in the request log', () => {
  it.each([false, true])('is worked out from what the platform told, streamed: %s', async (stream) => {
    const line = await chat('one', 'gpt-priced', stream);
    expect(line.tokens_cached).toBeGreaterThan(0);
    expect(line.cost).toBeCloseTo(byHand(line), 12);
    expect(line.cost).toBeGreaterThan(0);
  });

  it('is that of the model behind another name', async () => {
    const line = await chat('one', 'fast');
    expect([line.model, line.cost]).toEqual(['fast', expect.closeTo(byHand(line), 12)]);
  });

  it('is that of the channel where it has its own', async () => {
    expect((await chat('two', 'gpt-priced')).cost).toBe(0.5);
  });

  it('is not known for a model without a price, nor where nothing was served', async () => {
    expect((await chat('one', 'gpt-other')).cost).toBeNull();
    const refused = await chat('two', 'gpt-priced', false, 'nothing');
    expect([refused.status, refused.cost]).toEqual([404, null]);
    expect((await chat('none', 'gpt-priced')).cost).toBeNull();
  });
});
