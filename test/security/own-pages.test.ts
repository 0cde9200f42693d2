import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { answerTo, type Front, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
beforeAll(async () => {
  front = await startFront(cleanUp, {}, { console_origins: ['https://console.company.test'] });
});
afterAll(cleanUp.run);

const ask = (path: string, ...headers: readonly string[]) =>
  answerTo(front.gateway.port, rawRequest([`GET ${path} HTTP/1.1`, ...headers]));

const cors = (answer: Awaited<ReturnType<typeof ask>>) =>
  answer.headers.filter(([name]) => name.startsWith('access-control-'));

describe.each(['/stats', '/metrics'])('%s', (path) => {
  it.each(['https://evil.test', 'null', 'http://localhost.evil.test', 'http://localhost:3000'])(
    'is not for pages of %s',
    async (origin) => {
      const answer = await ask(path, 'Host: localhost', `Origin: ${origin}`);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('origin_not_allowed');
      expect(answer.body).not.toContain('openai');
      expect(cors(answer)).toEqual([]);
    },
  );

  it('is not for an image or a script of another site either', async () => {
    expect((await ask(path, 'Host: localhost', 'Sec-Fetch-Site: cross-site')).status).toBe(403);
  });

  it('gives no preflight permission to a page', async () => {
    const headers = ['Host: localhost', 'Origin: https://evil.test', 'Access-Control-Request-Method: GET'];
    const answer = await answerTo(front.gateway.port, rawRequest([`OPTIONS ${path} HTTP/1.1`, ...headers]));
    expect(cors(answer)).toEqual([]);
  });
});

describe('/stats and /dashboard', () => {
  it('are not for a name that a page made resolve to this computer', async () => {
    for (const host of ['evil.test', 'evil.test:8001', '127.0.0.1.evil.test', 'localhost.evil.test']) {
      for (const path of ['/stats', '/dashboard', '/metrics']) {
        expect((await ask(path, `Host: ${host}`)).status, host).toBe(403);
      }
    }
  });

  it('answer under an address, a name of the own network and a name the configuration knows', async () => {
    const hosts = [
      'localhost:8001',
      '127.0.0.1',
      '192.0.2.7:8001',
      '[::1]:8001',
      'gateway:8001',
      'console.company.test',
    ];
    for (const host of hosts) {
      for (const path of ['/stats', '/dashboard']) {
        expect((await ask(path, `Host: ${host}`)).status, host).toBe(200);
      }
    }
  });

  it('answer the dashboard, whose requests are of the same origin', async () => {
    const headers = ['Host: localhost:8001', 'Sec-Fetch-Site: same-origin'];
    expect((await ask('/stats', ...headers)).status).toBe(200);
    const answer = await ask('/stats', ...headers, 'Origin: http://localhost:8001');
    expect(answer.status).toBe(200);
    expect(cors(answer)).toEqual([]);
  });
});
