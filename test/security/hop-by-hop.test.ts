import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { answerTo, type Front, GOOD_HEADERS, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
beforeAll(async () => {
  front = await startFront(cleanUp);
});
afterAll(cleanUp.run);

async function seenWith(...headers: string[]) {
  const answer = await answerTo(
    front.gateway.port,
    rawRequest(['GET /v1/models HTTP/1.1', ...GOOD_HEADERS, ...headers]),
  );
  return { answer, seen: await front.standIn.nextRequest() };
}

describe('headers for the next hop', () => {
  it('cannot take the credential away: Connection: authorization is obeyed before ours is set', async () => {
    const { answer, seen } = await seenWith(
      'Connection: authorization, x-foo',
      'X-Foo: gone',
      'X-Bar: stays',
    );
    expect(answer.status).toBe(200);
    expect(seen.header('authorization')).toEqual([`Bearer ${front.standIn.apiKey}`]);
    expect(seen.header('x-foo')).toEqual([]);
    expect(seen.header('x-bar')).toEqual(['stays']);
  });

  it('are dropped by any spelling, over several Connection headers', async () => {
    const { seen } = await seenWith(
      'Connection: X-ONE',
      'connection: keep-alive,\tx-two',
      'x-one: 1',
      'X-Two: 2',
    );
    expect([...seen.header('x-one'), ...seen.header('x-two')]).toEqual([]);
  });

  it('cannot name Host, lengths or the hop count away', async () => {
    const { seen } = await seenWith('Connection: host, content-length, x-aiproxy-hops', 'x-aiproxy-hops: 1');
    expect(seen.header('host')).toEqual([new URL(front.standIn.url).host]);
    expect(seen.header('x-aiproxy-hops')).toEqual(['2']);
  });

  it.each([
    'Keep-Alive: timeout=5',
    'Proxy-Authorization: Basic abc',
    'Proxy-Authenticate: Basic',
    'Proxy-Connection: keep-alive',
    'TE: trailers',
    'Trailer: x-sum',
    'Upgrade: h2c',
    'HTTP2-Settings: AAMAAABk',
    'Forwarded: for=192.0.2.1',
    'X-Forwarded-For: 192.0.2.1',
    'X-Forwarded-Prefix: /x',
    'X-Real-IP: 192.0.2.1',
    'x-aiproxy-channel: openai',
  ])('never leave: %s', async (header) => {
    const { seen } = await seenWith(header);
    expect(seen.header(header.split(':')[0] ?? '')).toEqual([]);
  });

  it('are the only ones that are dropped: everything else keeps its spelling and order', async () => {
    const { seen } = await seenWith(
      'X-Mixed-CASE: a',
      'x-second:  b ',
      'X-Mixed-CASE: c',
      'OpenAI-Organization: org',
    );
    const names = ['X-Mixed-CASE', 'x-second', 'OpenAI-Organization'];
    const kept = seen.rawHeaders.filter((_, at) => names.includes(seen.rawHeaders[at - (at % 2)] ?? ''));
    expect(kept).toEqual([
      'X-Mixed-CASE',
      'a',
      'x-second',
      'b',
      'X-Mixed-CASE',
      'c',
      'OpenAI-Organization',
      'org',
    ]);
  });
});

describe('headers with names of JavaScript', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    'are data: %s',
    async (name) => {
      const { answer, seen } = await seenWith(`${name}: polluted`, `Connection: ${name}x`);
      expect(answer.status).toBe(200);
      expect(seen.header(name)).toEqual(['polluted']);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );
});
