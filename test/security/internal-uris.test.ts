import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { answerTo, type Front, GOOD_HEADERS, lineAt, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
beforeAll(async () => {
  const nobody = ['192.0.2.0/24'];
  // Metrics are narrowed without being asked to.
  front = await startFront(cleanUp, {}, { internal_allow: { stats: nobody, dashboard: nobody } });
});
afterAll(cleanUp.run);

const ask = (line: string, ...headers: readonly string[]) =>
  answerTo(front.gateway.port, rawRequest([`${line} HTTP/1.1`, ...headers]));

const LOCAL = 'Host: localhost';
const URIS = ['/', '/health', '/ready', '/stats', '/dashboard', '/metrics', '/favicon.ico'];

describe('an internal URI', () => {
  it.each(URIS)('needs no key, and is neither counted nor forwarded: %s', async (uri) => {
    for (const line of [`GET ${uri}`, `HEAD ${uri}`, `GET ${uri}?key=x`]) {
      const answer = await ask(line, LOCAL, 'Authorization: Bearer pk-wrong', 'Connection: close');
      expect(answer.status).toBe(200);
    }
    expect((await ask(`POST ${uri}`, LOCAL, 'Content-Length: 0')).status).toBe(405);
    expect((await front.gateway.stats()).total_requests).toBe(0);
    expect(front.standIn.requests).toHaveLength(0);
  });

  it('that says something is narrowed to who may see it', async () => {
    const outside = 'X-Forwarded-For: 198.51.100.7';
    for (const uri of ['/stats', '/dashboard', '/metrics']) {
      expect((await ask(`GET ${uri}`, LOCAL)).status).toBe(200);
      expect((await ask(`GET ${uri}`, LOCAL, outside)).status).toBe(403);
      expect((await ask(`GET ${uri}`, 'Host: gateway.test')).status).toBe(403);
    }
    for (const uri of ['/', '/health', '/ready'])
      expect((await ask(`GET ${uri}`, LOCAL, outside)).status).toBe(200);
  });

  it('is these exactly: what only looks like one goes to the platform', async () => {
    const paths = ['/health/', '/Health', '/stats/x', '/channels/openai/health'];
    for (const [at, path] of paths.entries()) {
      await ask(`GET ${path}`, ...GOOD_HEADERS);
      expect((await front.standIn.nextRequest()).url).toBe(path.replace('/channels/openai', ''));
      expect((await lineAt(front.gateway, at)).user).toBe('ann');
    }
  });
});
