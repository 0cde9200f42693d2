import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { answerTo, type Front, GOOD_HEADERS, lineAt, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const PAGE = 'https://app.test';

const preflight = ({ gateway }: Front, origin: string, path = '/v1/chat/completions') =>
  answerTo(
    gateway.port,
    rawRequest([
      `OPTIONS ${path} HTTP/1.1`,
      'Host: localhost',
      `Origin: ${origin}`,
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization, x-stainless-os',
    ]),
  );

const request = ({ gateway }: Front, origin: string, headers = GOOD_HEADERS) =>
  answerTo(gateway.port, rawRequest(['GET /v1/models HTTP/1.1', ...headers, `Origin: ${origin}`]));

describe('a preflight', () => {
  it('is answered here, for any page, and is not counted', async () => {
    const front = await startFront(cleanUp);
    const answer = await preflight(front, PAGE);
    expect(answer.status).toBe(204);
    expect(answer.header('access-control-allow-origin')).toBe('*');
    expect(answer.header('access-control-allow-methods')).toMatch(/\bPOST\b.*\bDELETE\b/);
    expect(answer.header('access-control-allow-headers')).toBe('authorization, x-stainless-os');
    expect(answer.header('access-control-allow-credentials')).toBeUndefined();
    expect((await front.gateway.stats()).total_requests).toBe(0);
    expect(front.standIn.requests).toHaveLength(0);
  });

  it('gets no permission for a page that is not named', async () => {
    const front = await startFront(cleanUp, {}, { cors_origins: [PAGE] });
    expect((await preflight(front, PAGE)).header('access-control-allow-origin')).toBe(PAGE);
    expect((await preflight(front, PAGE)).header('vary')).toBe('Origin');
    for (const origin of ['https://app.test.evil.test', 'http://app.test', 'null', 'https://APP.test:444']) {
      const answer = await preflight(front, origin);
      expect(answer.status).toBe(204);
      expect(answer.headers.filter(([name]) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('is only what asks for a method: another OPTIONS needs a key and goes to the platform', async () => {
    const front = await startFront(cleanUp);
    const options = (headers: readonly string[]) =>
      answerTo(front.gateway.port, rawRequest(['OPTIONS /v1/models HTTP/1.1', ...headers]));
    expect((await options(['Host: localhost'])).status).toBe(401);
    await options(GOOD_HEADERS);
    expect((await front.standIn.nextRequest()).method).toBe('OPTIONS');
  });
});

describe('the answer to a page', () => {
  it('carries our CORS headers, errors too', async () => {
    const front = await startFront(cleanUp);
    for (const headers of [GOOD_HEADERS, ['Host: localhost']]) {
      const answer = await request(front, PAGE, headers);
      expect(answer.header('access-control-allow-origin')).toBe('*');
      expect(answer.header('access-control-expose-headers')).toBe('*');
    }
    expect(await lineAt(front.gateway, 1)).toMatchObject({ status: 401 });
  });

  it('carries none for a page that is not named, nor for a client that is none', async () => {
    const front = await startFront(cleanUp, {}, { cors_origins: [PAGE] });
    const answer = await request(front, 'https://evil.test');
    expect(answer.status).toBe(200);
    expect(answer.headers.filter(([name]) => name.startsWith('access-control-'))).toEqual([]);
    const plain = await answerTo(
      front.gateway.port,
      rawRequest(['GET /v1/models HTTP/1.1', ...GOOD_HEADERS]),
    );
    expect(plain.headers.filter(([name]) => name.startsWith('access-control-'))).toEqual([]);
  });
});
