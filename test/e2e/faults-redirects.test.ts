import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { CHANNEL_KEY, onlyLine, sendChat, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A gateway whose platform answers with a redirect. @param location made from the platform's own address */
async function redirected(location: (own: string) => string) {
  let own = '';
  const { gateway, upstream } = await startBehind(cleanUp, async (connection) => {
    await connection.request();
    connection.send(
      `HTTP/1.1 307 Temporary Redirect\r\nLocation: ${location(own)}\r\nContent-Length: 0\r\n\r\n`,
    );
  });
  own = upstream.url;
  return { gateway, upstream, answer: await (await sendChat(gateway)).answer() };
}

describe('a redirect', () => {
  it('to another host is passed through, and the key is never sent there', async () => {
    const elsewhere = cleanUp.closing(await startRawUpstream((connection) => connection.reset()));
    const { gateway, upstream, answer } = await redirected(() => `${elsewhere.url}/v1/chat/completions`);
    expect(answer.status).toBe(307);
    expect(answer.header('location')).toBe(`${elsewhere.url}/v1/chat/completions`);
    expect(JSON.stringify(answer)).not.toContain(CHANNEL_KEY);
    expect(await onlyLine(gateway)).toMatchObject({ status: 307, outcome: 'success', attempts: 1 });
    expect(elsewhere.connections).toHaveLength(0);
    expect(upstream.connections).toHaveLength(1);
  });

  it.each([
    ['a path of its own', (own: string) => `${own}/v2/x?a=b#c`, '/v2/x?a=b#c'],
    ['its own root', (own: string) => own, '/'],
    ['its own query', (own: string) => `${own}?a=b`, '/?a=b'],
  ])('of the platform to %s is made relative, so that it comes back here', async (_, location, expected) => {
    expect((await redirected(location)).answer.header('location')).toBe(expected);
  });

  it.each([
    ['a relative one', () => '/v2/x'],
    ['a host that only begins like it', (own: string) => `${own}0/x`],
    ['a name in front of it', (own: string) => `${own}.evil.test/x`],
    ['a path that would name a host without it', (own: string) => `${own}//evil.test/x`],
    ['userinfo that looks like it', (own: string) => `${own}@evil.test/x`],
    ['another scheme', (own: string) => `${own.replace('http:', 'https:')}/x`],
  ])('is not rewritten: %s', async (_, location) => {
    const { answer, upstream } = await redirected(location);
    expect(answer.header('location')).toBe(location(upstream.url));
  });
});
