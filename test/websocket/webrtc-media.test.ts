import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { type CallingPage, openCallingPage } from '../support/calling-page.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import {
  type CallsStandIn,
  type RealtimeCall,
  startRealtimeCalls,
} from '../support/stand-ins/realtime-calls.ts';
import { replyTo } from '../support/stand-ins/reply.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const KEY = 'pk-of-ann';
const PROMPT = 'Tell me of the sea, please';
/** A second of sound: a packet holds 20 ms of it. */
const A_SECOND = 50;
const CALLS = '/v1/realtime/calls';

const cleanUp = createCleanUp();
let platform: CallsStandIn;
let gateway: Gateway;
let client: CallingPage;

const gatewayBefore = (behind: CallsStandIn): Promise<Gateway> =>
  startGateway(
    aDocument({
      users: { ann: aUser() },
      proxy_keys: { 'ann-1': aKey('ann', KEY) },
      channels: { openai: aChannel('openai', behind.url, behind.apiKey) },
    }),
  );

const postedBy = (key: string, path: string, body = ''): Promise<Response> =>
  fetch(`${gateway.proxyUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
  });

const lastCall = (): RealtimeCall => platform.calls.at(-1) ?? expect.fail('no call');
const lastSeen = () => platform.signalling.seen.at(-1) ?? expect.fail('no request');

/** Resolves when the platform has heard so much more than it has now. */
async function hears(call: RealtimeCall, packets: number): Promise<void> {
  const before = call.heard.length;
  await expect.poll(() => call.heard.length - before).toBeGreaterThanOrEqual(packets);
}

const saidInText = (prompt: string): readonly object[] => [
  { type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } },
  {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: prompt }] },
  },
  { type: 'response.create' },
];

/** Asks over the data channel, and resolves when it was answered there. */
async function converses(call: RealtimeCall): Promise<void> {
  const events = saidInText(PROMPT);
  for (const event of events) await client.say(event);
  await client.page.until(`call.events.at(-1).type === 'response.done'`);
  const deltas = (await client.told()).filter((type) => type === 'response.output_text.delta');
  expect(deltas).toHaveLength(replyTo(PROMPT).pieces.length);
  expect(call.said).toEqual(events.map((event) => JSON.stringify(event)));
}

beforeAll(async () => {
  if (withoutBrowser) return;
  platform = cleanUp.closing(await startRealtimeCalls());
  gateway = cleanUp.closing(await gatewayBefore(platform));
  client = await openCallingPage(cleanUp);
});
afterAll(cleanUp.run);

describe.skipIf(withoutBrowser)('a call over WebRTC that a browser makes through the gateway', () => {
  it('is answered byte for byte by a platform that saw the offer and the key of the channel', async () => {
    const { status, type, location, offer, answer } = await client.dial(`${gateway.proxyUrl}${CALLS}`, KEY);
    const call = lastCall();
    expect([status, type, location]).toEqual([201, 'application/sdp', `${CALLS}/${call.id}`]);
    expect(answer).toBe(call.answer);
    const seen = lastSeen();
    expect(String(seen.body)).toBe(offer);
    expect(seen.headers.authorization).toBe(`Bearer ${platform.apiKey}`);
    expect(JSON.stringify([seen.url, seen.headers])).not.toContain(KEY);
  });

  it('carries sound both ways, straight between the browser and the platform', async () => {
    await client.dial(`${gateway.proxyUrl}${CALLS}`, KEY);
    await client.connected();
    const call = lastCall();
    await hears(call, A_SECOND);
    await expect.poll(async () => (await client.figures()).energyHeard).toBeGreaterThan(0);
    const { protocol, address, port, ssrc, packetsHeard } = await client.figures();
    expect([protocol, address]).toEqual(['udp', '127.0.0.1']);
    expect(call.answer).toContain(` 127.0.0.1 ${port} typ host`);
    expect(packetsHeard).toBeGreaterThan(0);
    expect(new Set(call.heard.map((packet) => packet.ssrc))).toEqual(new Set([ssrc]));
    expect(call.heard.every(({ bytes }) => bytes > 0)).toBe(true);
  });

  it('carries events both ways over its data channel', async () => {
    await client.dial(`${gateway.proxyUrl}${CALLS}`, KEY);
    await client.connected();
    await converses(lastCall());
    expect((await client.told())[0]).toBe('session.created');
  });

  it('costs the gateway its offer and its answer, and nothing while it lasts', async () => {
    const own = cleanUp.closing(await gatewayBefore(platform));
    const { offer, answer } = await client.dial(`${own.proxyUrl}${CALLS}`, KEY);
    await client.connected();
    await hears(lastCall(), A_SECOND);
    await converses(lastCall());
    const lines = await own.lines(1);
    expect(lines).toEqual([
      expect.objectContaining({
        user: 'ann',
        channel: 'openai',
        path: CALLS,
        status: 201,
        outcome: 'success',
        bytes_in: Buffer.byteLength(offer),
        bytes_out: Buffer.byteLength(answer),
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain(KEY);
  });

  it('goes on when the gateway has stopped', async () => {
    const own = cleanUp.closing(await gatewayBefore(platform));
    await client.dial(`${own.proxyUrl}${CALLS}`, KEY);
    await client.connected();
    await own.stop();
    const call = lastCall();
    const { packetsHeard } = await client.figures();
    await hears(call, A_SECOND);
    await converses(call);
    expect((await client.figures()).packetsHeard).toBeGreaterThan(packetsHeard);
  });
});

describe.skipIf(withoutBrowser)('such a call', () => {
  it('can be made with a short-lived secret that reaches the platform as it is', async () => {
    const given = await postedBy(KEY, '/v1/realtime/client_secrets', '{"session":{"type":"realtime"}}');
    expect(lastSeen().headers.authorization).toBe(`Bearer ${platform.apiKey}`);
    const { value } = (await given.json()) as { value: string };
    expect(value).toMatch(/^ek_/);
    const before = (await gateway.lines(1)).length;
    expect((await client.dial(`${gateway.proxyUrl}${CALLS}`, value)).status).toBe(201);
    expect(lastSeen().headers.authorization).toBe(`Bearer ${value}`);
    await client.connected();
    await hears(lastCall(), A_SECOND);
    const lines = await gateway.lines(before + 1);
    expect(lines.at(-1)).toMatchObject({ user: 'ann', key_id: 'ann-1', path: CALLS, status: 201 });
    expect(JSON.stringify(lines)).not.toContain(value);
  });

  it('is refused with a secret that nobody was given, before the platform hears of it', async () => {
    const before = platform.signalling.seen.length;
    const { status, answer } = await client.dial(`${gateway.proxyUrl}${CALLS}`, 'ek_of_nobody');
    expect([status, JSON.parse(answer).error.code]).toEqual([401, 'invalid_proxy_key']);
    expect(platform.signalling.seen).toHaveLength(before);
  });

  it('can be made for the page by a server with the official client', async () => {
    const openai = new OpenAI({ baseURL: `${gateway.proxyUrl}/v1`, apiKey: KEY });
    const session = { type: 'realtime', model: 'gpt-realtime' } as const;
    const made = await openai.realtime.calls.create({ sdp: await client.offer(), session });
    expect(lastSeen().headers['content-type']).toMatch(/^multipart\/form-data/);
    await client.take(await made.text());
    await client.connected();
    await hears(lastCall(), A_SECOND);
  });

  it('ends for the browser when a server hangs up through the gateway', async () => {
    const { location } = await client.dial(`${gateway.proxyUrl}${CALLS}`, KEY);
    await client.connected();
    const openai = new OpenAI({ baseURL: `${gateway.proxyUrl}/v1`, apiKey: KEY });
    await openai.realtime.calls.hangup(location?.split('/').at(-1) ?? '');
    await client.page.until(`call.channel.readyState === 'closed'`);
  });
});
