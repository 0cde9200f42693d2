import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY } from '../../security/front.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { closedPort } from '../../support/closed-port.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import { bucketsOf, familyOf, type ReadFamily, readMetrics, sumOf } from '../../support/metrics-text.ts';
import { connectRaw } from '../../support/raw-client.ts';
import type { LoggedRequest } from '../../support/request-log-lines.ts';
import { startOpenAi } from '../../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../../support/start-gateway.ts';

const HOSTILE = 'two "quoted" back\u2028slashes é 🙂 {le="1"}';

const cleanUp = createCleanUp();
let gateway: Gateway;
let lines: readonly LoggedRequest[];
let families: readonly ReadFamily[];

async function scrape(): Promise<readonly ReadFamily[]> {
  const answer = await fetch(`${gateway.proxyUrl}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return readMetrics(await answer.text());
}

async function chat(channel: string, members: object = {}, key = KEY): Promise<void> {
  const body = JSON.stringify({
    model: 'gpt-stand-in',
    messages: [{ role: 'user', content: 'Hi' }],
    ...members,
  });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const path = channel === '' ? '' : `/channels/${encodeURIComponent(channel)}`;
  const answer = await fetch(`${gateway.proxyUrl}${path}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body,
  });
  await answer.text();
}

/** Some requests that go well and some of each kind that do not. */
async function mixedTraffic(): Promise<number> {
  for (let round = 0; round < 5; round += 1) {
    await chat('openai');
    await chat('openai', { stream: true });
    await chat(HOSTILE, { model: 'other-model' });
  }
  await Promise.all(Array.from({ length: 20 }, () => chat('openai', { stream: true })));
  await chat('dead');
  await chat('none');
  await chat('', {}, 'pk-of-nobody');
  await fetch(`${gateway.proxyUrl}/channels/openai/v1/nothing`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  return 39;
}

beforeAll(async () => {
  const standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { zoe: aUser() },
    proxy_keys: { 'zoe-key': aKey('zoe', KEY) },
    channels: {
      openai: aChannel('openai', standIn.url, standIn.apiKey),
      [HOSTILE]: aChannel('openai', standIn.url, standIn.apiKey),
      dead: aChannel('openai', `http://127.0.0.1:${await closedPort()}`, 'channel-key-of-dead'),
    },
    prices: { 'gpt-*': { input: 2.5, output: 10, cached_input: 1.25 } },
  });
  gateway = cleanUp.closing(await startGateway(document));
  expect(sumOf(await scrape(), 'aiproxy_open_requests')).toBe(0);
  lines = await gateway.lines(await mixedTraffic());
  families = await scrape();
});
afterAll(cleanUp.run);

const total = (member: (line: LoggedRequest) => number | null, of = lines): number =>
  of.reduce((sum, line) => sum + (member(line) ?? 0), 0);

describe('GET /metrics', () => {
  it('counts what the request log has, by every label', () => {
    const requests = familyOf(families, 'aiproxy_requests_total');
    for (const { labels, value } of requests.samples) {
      const same = lines.filter(
        ({ channel, endpoint, protocol, outcome }) =>
          (channel ?? '') === labels.channel &&
          endpoint === labels.endpoint &&
          protocol === labels.protocol &&
          outcome === labels.outcome,
      );
      expect([labels, value]).toEqual([labels, same.length]);
    }
    expect(sumOf(families, 'aiproxy_requests_total')).toBe(lines.length);
    expect(requests.samples.map(({ labels }) => labels.channel)).toContain(HOSTILE);
  });

  it('counts errors, tokens, bytes and costs as the request log does', () => {
    const failed = lines.filter(({ error_code }) => error_code !== null);
    expect(sumOf(families, 'aiproxy_errors_total')).toBe(failed.length);
    expect(sumOf(families, 'aiproxy_errors_total', { channel: '', code: 'invalid_proxy_key' })).toBe(1);
    expect(sumOf(families, 'aiproxy_errors_total', { channel: 'dead', code: 'upstream_unreachable' })).toBe(
      1,
    );
    for (const channel of ['openai', HOSTILE]) {
      const own = lines.filter((line) => line.channel === channel);
      const sum = (name: string, kind?: string) =>
        sumOf(families, name, kind === undefined ? { channel } : { channel, kind });
      expect(sum('aiproxy_tokens_total', 'input')).toBe(total(({ tokens_in }) => tokens_in, own));
      expect(sum('aiproxy_tokens_total', 'output')).toBe(total(({ tokens_out }) => tokens_out, own));
      expect(sum('aiproxy_tokens_total', 'cached')).toBe(total(({ tokens_cached }) => tokens_cached, own));
      expect(sum('aiproxy_tokens_total', 'reasoning')).toBe(
        total(({ tokens_reasoning }) => tokens_reasoning, own),
      );
      expect(sum('aiproxy_request_bytes_total')).toBe(total(({ bytes_in }) => bytes_in, own));
      expect(sum('aiproxy_response_bytes_total')).toBe(total(({ bytes_out }) => bytes_out, own));
      expect(sum('aiproxy_cost_total')).toBeCloseTo(
        total(({ cost }) => cost, own),
        9,
      );
    }
    expect(sumOf(families, 'aiproxy_cost_total')).toBeGreaterThan(0);
  });

  it('puts each duration of the request log into its buckets', () => {
    const { name, samples } = familyOf(families, 'aiproxy_request_duration_seconds');
    const sse = lines.filter((line) => line.channel === 'openai' && line.protocol === 'sse');
    const [buckets] = bucketsOf(
      name,
      samples.filter(({ labels }) => labels.channel === 'openai' && labels.protocol === 'sse'),
    );
    expect(buckets?.count).toBe(25);
    for (const [le, count] of buckets?.counts ?? [])
      expect(count).toBe(sse.filter(({ latency_ms }) => latency_ms <= le * 1000).length);
    expect(buckets?.sum).toBeCloseTo(total(({ latency_ms }) => latency_ms, sse) / 1000, 6);
  });

  it('does not count itself, and goes on from where it was', async () => {
    const before = sumOf(await scrape(), 'aiproxy_requests_total');
    await chat('openai');
    await gateway.lines(before + 1);
    expect(sumOf(await scrape(), 'aiproxy_requests_total')).toBe(before + 1);
    expect((await gateway.stats()).total_requests).toBe(before + 1);
  });
});

describe('what else stands in metrics', () => {
  it('tells of connections and of this process', async () => {
    expect(sumOf(families, 'aiproxy_build_info')).toBe(1);
    expect(sumOf(families, 'aiproxy_client_connections')).toBeGreaterThan(0);
    expect(
      sumOf(families, 'aiproxy_upstream_connections', { channel: 'openai', state: 'free' }),
    ).toBeGreaterThan(0);
    expect(sumOf(families, 'aiproxy_upstream_connections', { state: 'busy' })).toBe(0);
    expect(sumOf(families, 'aiproxy_held_body_bytes')).toBe(0);
    expect(sumOf(families, 'aiproxy_request_log_dropped_lines_total')).toBe(0);
    const started = sumOf(families, 'aiproxy_start_time_seconds');
    expect(Math.abs(started - Date.now() / 1000)).toBeLessThan(120);
    expect(sumOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(sumOf(families, 'process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(sumOf(families, 'nodejs_heap_size_used_bytes')).toBeGreaterThan(1_000_000);
    const delay = familyOf(await scrape(), 'aiproxy_event_loop_delay_seconds').samples;
    expect(delay.find(({ name }) => name.endsWith('_count'))?.value).toBeGreaterThan(0);
    expect(delay.find(({ labels }) => labels.quantile === '0.5')?.value).toBeGreaterThanOrEqual(0);
  });

  it('names no user, no model and no key', async () => {
    const labels = families.flatMap(({ samples }) =>
      samples.flatMap((sample) => Object.values(sample.labels)),
    );
    const secrets = ['zoe', KEY, 'pk-of-nobody', 'channel-key', 'gpt-stand-in', 'other-model'];
    expect(
      secrets.filter((secret) => labels.some((label) => label.includes(secret) && label !== HOSTILE)),
    ).toEqual([]);
  });
});

describe('requests under way', () => {
  it('are told while they are', async () => {
    const client = await connectRaw(gateway.port);
    const body = '{"model":"gpt-stand-in","messages":[]}';
    client.send(
      `POST /channels/openai/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    const open = async () => sumOf(await scrape(), 'aiproxy_open_requests');
    while ((await open()) !== 1);
    client.send(body.slice(5));
    await client.answer();
    client.end();
    while ((await open()) !== 0);
  });
});

describe('who may read metrics', () => {
  const status = async (target: string, ...headers: readonly string[]) => {
    const client = await connectRaw(gateway.port);
    client.send(`${target} HTTP/1.1\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`);
    const answer = await client.answer();
    client.end();
    return answer.status;
  };

  it.each([
    ['from this computer', 200, ['Host: localhost']],
    ['by another name', 403, ['Host: gateway.test']],
    ['forwarded by a proxy', 403, ['Host: localhost', 'X-Forwarded-For: 127.0.0.1']],
    ['by a page of any origin', 403, ['Host: localhost', 'Origin: http://localhost:8002']],
    ['by a page in another way', 403, ['Host: localhost', 'Sec-Fetch-Site: cross-site']],
  ])('asks %s', async (_, expected, headers) => {
    expect(await status('GET /metrics', ...headers)).toBe(expected);
  });

  it('is told by the configuration', async () => {
    const channels = { c: aChannel('openai', 'http://127.0.0.1:9', 'channel-key-of-c') };
    const of = async (metrics: string[]) =>
      cleanUp.closing(
        await startGateway(
          aDocument({ channels, system: { internal_allow: { metrics }, trusted_proxies: ['127.0.0.1'] } }),
        ),
      );
    const headers = { 'x-forwarded-for': '192.0.2.7' };
    const allowed = await of(['192.0.2.0/24']);
    expect((await fetch(`${allowed.proxyUrl}/metrics`, { headers })).status).toBe(200);
    const refused = await of(['198.51.100.0/24']);
    expect((await fetch(`${refused.proxyUrl}/metrics`, { headers })).status).toBe(403);
  });
});
