import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { targetOf } from '../../../src-main/adapters/doctor/channel-target.ts';
import { examineChannels } from '../../../src-main/adapters/doctor/channels.ts';
import type { DoctorFinding } from '../../../src-main/adapters/doctor/finding.ts';
import { judgeTarget } from '../../../src-main/adapters/doctor/judge-target.ts';
import type { Channel } from '../../../src-main/contract/document.ts';
import { compileChannel } from '../../../src-main/core/compiled-channel.ts';
import { openai } from '../../../src-main/platforms/openai.ts';
import { PLATFORMS } from '../../../src-main/platforms/registry.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { closedPort } from '../../support/closed-port.ts';
import { aChannel, aDocument } from '../../support/document-fixtures.ts';
import { type SelfSigned, selfSigned } from '../../support/self-signed.ts';
import { startOpenAi } from '../../support/stand-ins/openai.ts';

const KEY = 'channel-key-canary';
const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

/** This process trusts a certificate besides the public ones. */
function trust({ cert }: SelfSigned): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, cert]);
  cleanUp.add(() => setDefaultCACertificates(before));
}

/** A server of the test's own. @returns its address */
async function serve(listener: RequestListener, certificate?: SelfSigned): Promise<string> {
  const server: Server =
    certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.add(async () => {
    server.close();
    if ('closeAllConnections' in server) Reflect.apply(Object(server.closeAllConnections), server, []);
    await once(server, 'close');
  });
  return `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const examine = (channels: Record<string, Channel>, ownPort = 0, untilMs = Number.POSITIVE_INFINITY) =>
  examineChannels(aDocument({ channels }), {
    platforms: PLATFORMS,
    env: {},
    isSelf: (_address, port) => port === ownPort,
    untilMs,
  });

/** What is found about a single channel. */
async function about(base_url: string, members: Partial<Channel> = {}, ownPort = 0) {
  const { findings } = await examine({ ch: aChannel('openai', base_url, KEY, members) }, ownPort);
  expect(JSON.stringify(findings)).not.toContain(KEY);
  return findings;
}

const one = (findings: readonly DoctorFinding[]): DoctorFinding | undefined =>
  findings.length === 1 ? findings[0] : undefined;

describe('a channel that can be reached', () => {
  test('is asked without its key and told with its times', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const finding = one(await about(standIn.url));
    expect(finding).toMatchObject({ subject: 'channel ch', severity: 'ok', remedy: null });
    expect(finding?.found).toMatch(/^127\.0\.0\.1, connected in \d+ ms, answered 401 after \d+ ms$/);
    const [seen] = standIn.requests;
    expect([seen?.method, seen?.url, await seen?.placesOf(KEY)]).toEqual(['HEAD', '/', []]);
    expect(seen?.header('authorization')).toEqual([]);
  });

  test('is tried once where several channels share its address', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const channel = aChannel('openai', standIn.url, KEY);
    const { findings } = await examine({ a: channel, b: channel, off: { ...channel, status: 'disabled' } });
    expect([one(findings)?.subject, standIn.requests.length]).toEqual(['channel a, b', 1]);
  });

  test('tells whose certificate it has and for how long', async () => {
    const certificate = selfSigned('Stand-in', 60);
    trust(certificate);
    const finding = one(await about(await serve((_, response) => response.end(), certificate)));
    expect(finding).toMatchObject({ severity: 'ok' });
    expect(finding?.found).toMatch(/TLS in \d+ ms, certificate by Stand-in, 59 days left/);
  });

  test('is warned about when its certificate ends within two weeks', async () => {
    const certificate = selfSigned('Stand-in', 5);
    trust(certificate);
    const finding = one(await about(await serve((_, response) => response.end(), certificate)));
    expect(finding).toMatchObject({ severity: 'warning', found: expect.stringContaining('4 days left') });
  });

  test('is warned about when it answers with 5xx', async () => {
    const url = await serve((_, response) => response.writeHead(503).end());
    expect(one(await about(url))).toMatchObject({
      severity: 'warning',
      found: expect.stringContaining('503'),
    });
  });
});

describe('a channel that cannot be used', () => {
  test('is named with its refused port', async () => {
    const port = await closedPort();
    expect(one(await about(`http://127.0.0.1:${port}`))).toMatchObject({
      severity: 'error',
      found: `127.0.0.1 port ${port}: connection refused`,
      remedy: expect.stringContaining('Start the server'),
    });
  });

  test('is named with the name that has no address', async () => {
    expect(one(await about('https://platform.invalid'))).toMatchObject({
      severity: 'error',
      found: expect.stringMatching(/^(platform\.invalid has no address|the name resolver does not answer)/),
    });
  });

  test('is asked whether a name like it was meant', () => {
    const target = targetOf(
      compileChannel('ch', aChannel('openai', 'https://api.opnai.com', KEY), openai, {}),
    );
    const failure = { phase: 'resolve', code: 'ENOTFOUND' } as const;
    const tried = { addresses: [], connectMs: null, tlsMs: null, certificate: null, answer: null, failure };
    expect(judgeTarget(target, tried, false, openai.hosts, 0).remedy).toContain(
      'Did you mean api.openai.com?',
    );
  });

  test('is told apart by its self-signed, expired or foreign certificate', async () => {
    const expired = selfSigned('Expired', -3);
    const foreign = selfSigned('Foreign', 30);
    trust(expired);
    trust(foreign);
    const answer: RequestListener = (_, response) => response.end();
    const [a, b, c] = await Promise.all([
      about(await serve(answer, selfSigned('Stranger'))),
      about(await serve(answer, expired)),
      about(await serve(answer, foreign), { host: 'api.example.com' }),
    ]);
    expect([one(a)?.found, one(b)?.found, one(c)?.found]).toEqual([
      'the certificate is self-signed (by Stranger)',
      expect.stringMatching(/^the certificate expired on \d{4}-\d\d-\d\d$/),
      'the certificate is not for api.example.com',
    ]);
    expect([a, b, c].map((findings) => one(findings)?.severity)).toEqual(['error', 'error', 'error']);
    expect(one(a)?.remedy).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('gets nothing sent where its certificate is bad', async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.end();
    }, selfSigned('Stranger'));
    await about(url);
    expect(requests).toBe(0);
  });
});

describe('a channel that leads elsewhere', () => {
  test('is told that http: is written where TLS is spoken, and the other way round', async () => {
    const answer: RequestListener = (_, response) => response.end();
    const tls = await serve(answer, selfSigned());
    const plain = await serve(answer);
    expect(one(await about(tls.replace('https:', 'http:')))).toMatchObject({
      severity: 'error',
      remedy: 'Write https: in base_url.',
    });
    expect(one(await about(plain.replace('http:', 'https:')))?.found).toContain('does not speak TLS');
  });

  test('is told that it is sent on to https:', async () => {
    const url = await serve((_, response) =>
      response.writeHead(301, { location: 'https://api.example.com/' }).end(),
    );
    expect(one(await about(url))?.found).toBe('it sends http on to https://api.example.com');
  });

  test('is told that it points at this AIProxy itself', async () => {
    expect(one(await about('http://127.0.0.1:18001', {}, 18_001))?.found).toContain('this AIProxy itself');
  });

  test('is told that its address needs allow_private', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const finding = one(await about(standIn.url, { allow_private: false }));
    expect(finding).toMatchObject({
      severity: 'error',
      remedy: expect.stringContaining('allow_private: true'),
    });
    expect(standIn.requests).toHaveLength(0);
  });

  test('is given up where nothing answers', async () => {
    const url = await serve(() => undefined);
    expect(one(await about(url))?.found).toBe('no answer to HTTP in time');
  });
});

describe('the settings of a channel', () => {
  test.each([
    ['/v1/v1', 'base_url says /v1 twice'],
    ['/v1/chat/completions', 'base_url ends in /chat/completions'],
    ['/v1?key=x', 'base_url has a query or fragment'],
  ])('with an address that ends in %s are pointed out', async (path, found) => {
    const standIn = cleanUp.closing(await startOpenAi());
    const findings = await about(`${standIn.url}${path}`);
    expect(findings[0]).toMatchObject({ severity: 'warning', found: expect.stringContaining(found) });
  });

  test('name the variables that are not set, and nothing is tried without an address', async () => {
    const { findings } = await examine({
      ch: { platform: 'openai_compatible', base_url: 'env:NO_SUCH_ADDRESS', api_keys: ['env:NO_SUCH_KEY'] },
    });
    expect(one(findings)).toMatchObject({
      severity: 'error',
      found: 'NO_SUCH_ADDRESS, NO_SUCH_KEY are not set in this environment',
    });
  });

  test('that name another platform than its address are pointed out', async () => {
    const { findings } = await examine({ ch: aChannel('anthropic', 'https://api.openai.com', KEY) }, 0, 0);
    expect(findings[0]?.found).toBe(
      "api.openai.com is OpenAI's address, and the channel says platform: anthropic",
    );
  });

  test('of many channels that answer nothing are tried together', async () => {
    const ports = await Promise.all(Array.from({ length: 100 }, () => serve(() => undefined)));
    const channels = Object.fromEntries(ports.map((url, at) => [`ch${at}`, aChannel('openai', url, KEY)]));
    // One by one there would be time for a few of them: the others would not have been tried, which is a warning.
    const { findings } = await examine(channels, 0, Date.now() + 10_000);
    expect([findings.length, findings.filter(({ severity }) => severity === 'error').length]).toEqual([
      100, 100,
    ]);
  });

  test('are all that is looked at when there is no time left to try it', async () => {
    const { findings } = await examine({ ch: aChannel('openai', 'https://api.openai.com', KEY) }, 0, 0);
    expect(one(findings)).toMatchObject({ severity: 'warning', found: 'not tried: there was no time left' });
  });

  test('may be none, and then nothing can be served', async () => {
    expect(one((await examine({})).findings)).toMatchObject({ subject: 'channels', severity: 'warning' });
  });
});

test('the clock of an answer is handed on', async () => {
  const date = new Date(Date.UTC(2020, 0, 1)).toUTCString();
  const url = await serve((_, response) => response.writeHead(200, { date }).end());
  const { clocks } = await examine({ ch: aChannel('openai', url, KEY) });
  expect(clocks.map(({ theirsMs }) => theirsMs)).toEqual([Date.UTC(2020, 0, 1)]);
});
