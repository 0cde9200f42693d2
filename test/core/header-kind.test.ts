import { describe, expect, it } from 'vitest';
import { headerKind } from '../../src-main/core/header-kind.ts';

describe('the kind of a header', () => {
  it.each([
    ['Host', 'host'],
    ['CONNECTION', 'connection'],
    ['keep-alive', 'hop'],
    ['Proxy-Authorization', 'hop'],
    ['TE', 'hop'],
    ['Trailer', 'hop'],
    ['Expect', 'hop'],
    ['Authorization', 'authorization'],
    ['X-API-Key', 'x-api-key'],
    ['Api-Key', 'api-key'],
    ['X-Goog-Api-Key', 'x-goog-api-key'],
    ['Sec-WebSocket-Protocol', 'sec-websocket-protocol'],
    ['X-Forwarded-For', 'x-forwarded-for'],
    ['X-Forwarded-Host', 'forwarded'],
    ['X-Forwarded-Anything', 'forwarded'],
    ['Forwarded', 'forwarded'],
    ['X-Real-IP', 'forwarded'],
    ['x-aiproxy-hops', 'x-aiproxy-hops'],
    ['x-request-id', 'pass'],
    ['__proto__', 'pass'],
    ['constructor', 'pass'],
    ['', 'pass'],
  ])('follows its name in any case: %s', (name, kind) => {
    expect(headerKind(name)).toBe(kind);
    expect(headerKind(name.toUpperCase())).toBe(kind);
  });

  it('stays right after more spellings than are remembered', () => {
    for (let at = 0; at < 2_000; at += 1) expect(headerKind(`x-hostile-${at}`)).toBe('pass');
    expect(headerKind('AuThOrIzAtIoN')).toBe('authorization');
  });
});
