import { afterEach, describe, expect, it } from 'vitest';
import type { System } from '../../src-main/contract/document.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { answerTo, type Front, lineAt, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const LOCAL = 'Host: localhost:8001';
const ask = ({ gateway }: Front, ...headers: readonly string[]) =>
  answerTo(gateway.port, rawRequest(['GET /v1/models HTTP/1.1', ...headers]));
const open = (system: System = {}) => startFront(cleanUp, {}, { anonymous_user: 'ann', ...system });

describe('anonymous access', () => {
  it('is off unless it is set', async () => {
    expect((await ask(await startFront(cleanUp), LOCAL)).status).toBe(401);
  });

  it.each([
    ['no key', []],
    ['any key', ['Authorization: Bearer whatever']],
    ['an empty key', ['x-api-key:']],
  ])('serves this computer with %s, and the key goes nowhere', async (_, headers) => {
    const front = await open();
    expect((await ask(front, LOCAL, ...headers)).status).toBe(200);
    const seen = await front.standIn.nextRequest();
    expect(await seen.placesOf('whatever')).toEqual([]);
    expect(await seen.placesOf(front.standIn.apiKey)).toEqual(['header authorization']);
    expect(await lineAt(front.gateway, 0)).toMatchObject({ user: 'ann', key_id: null });
  });

  it.each([
    ["a channel's own key", [LOCAL, 'Authorization: Bearer channel-key-openai'], 401],
    ['a Host that is not local', ['Host: gateway.test'], 401],
    ['a Host that only begins like one', ['Host: localhost.evil.test'], 401],
    ['Forwarded', [LOCAL, 'Forwarded: for=192.0.2.1'], 401],
    ['X-Forwarded-For', [LOCAL, 'X-Forwarded-For: 127.0.0.1'], 401],
    ['X-Forwarded-Proto', [LOCAL, 'X-Forwarded-Proto: https'], 401],
    ['X-Forwarded-Server', [LOCAL, 'X-Forwarded-Server: edge'], 401],
    ['Via', [LOCAL, 'Via: 1.1 front'], 401],
    ['CF-Connecting-IP', [LOCAL, 'CF-Connecting-IP: 192.0.2.1'], 401],
    ['True-Client-IP', [LOCAL, 'True-Client-IP: 192.0.2.1'], 401],
    ['X-Client-IP', [LOCAL, 'X-Client-IP: 192.0.2.1'], 401],
    ["another site's page behind it, without Origin", [LOCAL, 'Sec-Fetch-Site: cross-site'], 403],
    ['any Origin, while none is named', [LOCAL, 'Origin: http://localhost:3000'], 403],
    ['Origin: null', [LOCAL, 'Origin: null'], 403],
  ])('does not serve a request with %s', async (_, headers, status) => {
    const front = await open();
    const answer = await ask(front, ...headers);
    expect(answer.status).toBe(status);
    if (status === 403) expect(JSON.parse(answer.body).error.code).toBe('origin_not_allowed');
    expect(answer.header('access-control-allow-origin')).toBeUndefined();
    expect(front.standIn.requests).toHaveLength(0);
    expect(await lineAt(front.gateway, 0)).toMatchObject({ user: null, status });
  });

  it('serves a page only where its origin is named', async () => {
    const front = await open({ cors_origins: ['http://localhost:3000'] });
    expect((await ask(front, LOCAL, 'Origin: http://localhost:3000')).status).toBe(200);
    expect((await ask(front, LOCAL, 'Origin: http://localhost:3001')).status).toBe(403);
  });

  it('serves what a browser asks for by itself, and a page whose origin is named', async () => {
    const front = await open({ cors_origins: ['http://localhost:3000'] });
    expect((await ask(front, LOCAL, 'Sec-Fetch-Site: none')).status).toBe(200);
    const named = ['Origin: http://localhost:3000', 'Sec-Fetch-Site: cross-site'];
    expect((await ask(front, LOCAL, ...named)).status).toBe(200);
  });

  it('leaves a real key what it is', async () => {
    const front = await open();
    expect((await ask(front, 'Host: gateway.test', 'x-api-key: pk-of-ann')).status).toBe(200);
    expect(await lineAt(front.gateway, 0)).toMatchObject({ user: 'ann', key_id: 'ann-key' });
  });
});
