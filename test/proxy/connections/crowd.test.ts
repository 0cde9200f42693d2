import { describe, expect, it } from 'vitest';
import { Crowd, type CrowdRules } from '../../../src-main/proxy/connections/crowd.ts';

/** A crowd with room for some, and who had to leave it, in order. */
function gathered(limit: number, trusted?: readonly string[]) {
  const crowd = new Crowd();
  const left: string[] = [];
  const rules: CrowdRules = { limit, trusted };
  const enter = (name: string, address = '127.0.0.1') =>
    crowd.enter(address, rules, () => void left.push(name));
  return { crowd, left, enter };
}

describe('a crowd', () => {
  it('lets the longest silent one go where there are twice as many as its limit', () => {
    const { crowd, left, enter } = gathered(2);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) enter(name);
    expect(left).toEqual(['a', 'b']);
    expect(crowd.size).toBe(4);
  });

  it('lets those go last that have asked something, and never those that are seated', () => {
    const { crowd, left, enter } = gathered(1);
    const [seated, asked] = [enter('seated'), enter('asked')];
    crowd.ask(seated);
    expect(crowd.seat(seated, 1)).toBe(true);
    crowd.ask(asked);
    enter('silent');
    expect(left).toEqual(['asked']);
    crowd.makeRoom();
    crowd.makeRoom();
    expect(left).toEqual(['asked', 'silent']);
    expect(crowd.size).toBe(1);
  });

  it('has as many seats as its limit is now, and a seat is kept', () => {
    const { crowd, enter } = gathered(10);
    const [a, b] = [enter('a'), enter('b')];
    expect(crowd.seat(a, 1)).toBe(true);
    expect(crowd.seat(b, 1)).toBe(false);
    expect(crowd.seat(a, 0)).toBe(true);
    crowd.exit(a);
    expect(crowd.seat(b, 1)).toBe(true);
  });

  it('counts whoever left twice once', () => {
    const { crowd, left, enter } = gathered(1);
    const a = enter('a');
    enter('b');
    enter('c');
    crowd.exit(a);
    expect([left, crowd.size]).toEqual([['a'], 2]);
  });
});

describe('the bound of an address', () => {
  it('is a quarter of the limit for its silent connections, a /64 being one address', () => {
    const { left, enter } = gathered(8);
    const other = enter('other', '192.0.2.1');
    for (const at of [1, 2, 3]) enter(`v6-${at}`, `2001:db8::${at}`);
    for (const at of [1, 2, 3, 4]) enter(`v4-${at}`, '192.0.2.9');
    expect(left).toEqual(['v6-1', 'v4-1', 'v4-2']);
    expect(other.rank).toBe('silent');
  });

  it('counts only those that have not asked anything', () => {
    const { crowd, left, enter } = gathered(4);
    for (let count = 0; count < 5; count += 1) crowd.ask(enter(`${count}`, '192.0.2.9'));
    expect(left).toEqual([]);
  });

  it('does not hold where clients share it: this computer, and trusted proxies', () => {
    const { left, enter } = gathered(4, ['10.0.0.0/8']);
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '10.1.2.3', '10.1.2.3']) enter('x', address);
    for (const address of ['::1', '::1', '10.1.2.3', '::ffff:10.1.2.3']) enter('x', address);
    expect(left).toEqual([]);
  });
});
