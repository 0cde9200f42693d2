import { describe, expect, it } from 'vitest';
import { AnswerReader } from '../../bench/load/answer-reader.ts';
import { ChunkedReader } from '../../bench/load/chunked-reader.ts';
import { StreamCheck } from '../../bench/load/stream-check.ts';
import { DONE_EVENT, readEvent, renderEvent, renderUsageEvent } from '../../bench/sse-event.ts';

const event = (sequence: number, stream = 7) => `${renderEvent({ stream, sequence, sentUs: 1000 })}\n\n`;
const done = `${DONE_EVENT}\n\n`;

function faultsOf(content: string, cleanEnd = true) {
  const check = new StreamCheck(7, 3, () => {});
  check.push(content, 2000);
  return check.faults(cleanEnd);
}

const good = { lost: 0, outOfOrder: 0, altered: 0, unfinished: 0 };

describe('checking an event stream', () => {
  it('finds nothing wrong with a whole stream, in whatever pieces it comes', () => {
    const check = new StreamCheck(7, 3, () => {});
    for (const letter of event(0) + event(1) + event(2) + done) check.push(letter, 2000);
    expect(check.faults(true)).toEqual(good);
  });

  it('counts an event that never came', () => {
    expect(faultsOf(event(0) + event(2) + done)).toEqual({ ...good, lost: 1 });
  });

  it('counts events that change places, and one that comes twice', () => {
    expect(faultsOf(event(1) + event(0) + event(2) + done)).toEqual({ ...good, outOfOrder: 1 });
    expect(faultsOf(event(0) + event(1) + event(1) + event(2) + done)).toEqual({ ...good, outOfOrder: 1 });
  });

  it('counts an event of which a single letter differs as altered and as lost', () => {
    const bent = event(1).replace('word1', 'Word1');
    expect(faultsOf(event(0) + bent + event(2) + done)).toEqual({ ...good, lost: 1, altered: 1 });
  });

  it("counts another stream's event as altered", () => {
    expect(faultsOf(event(0) + event(1) + event(2) + event(2, 8) + done)).toEqual({ ...good, altered: 1 });
  });

  it('counts a usage event that nobody asked for as altered', () => {
    const usage = `${renderUsageEvent(7, 3)}\n\n`;
    expect(faultsOf(event(0) + event(1) + event(2) + usage + done)).toEqual({ ...good, altered: 1 });
  });

  it('notices a missing last event, and a body that was cut', () => {
    expect(faultsOf(event(0) + event(1) + event(2))).toEqual({ ...good, unfinished: 1 });
    expect(faultsOf(event(0) + event(1) + event(2) + done, false)).toEqual({ ...good, unfinished: 1 });
  });

  it('tells when each event was written, when it came, and when the one before it came', () => {
    const told: (number | null)[][] = [];
    const check = new StreamCheck(7, 3, (...times) => told.push(times));
    check.push(event(0), 2000);
    check.push(event(1), 2050);
    expect(told).toEqual([
      [1000, 2000, null],
      [1000, 2050, 2000],
    ]);
  });

  it('reads back from an event what was written into it', () => {
    const stamped = { stream: 1, sequence: 2, sentUs: 3_000_000_000 };
    expect(readEvent(renderEvent(stamped))).toEqual(stamped);
  });
});

describe('reading the chunked coding', () => {
  const coded = '5\r\nhello\r\nA;x=y\r\n, world!!!\r\n0\r\n\r\n';

  it('gives the content, in one piece or in single bytes', () => {
    expect(new ChunkedReader().push(coded)).toBe('hello, world!!!');
    const reader = new ChunkedReader();
    expect([...coded].map((letter) => reader.push(letter)).join('')).toBe('hello, world!!!');
    expect(reader.ended).toBe(true);
  });

  it('is not at the end before the end', () => {
    const reader = new ChunkedReader();
    reader.push(coded.slice(0, -2));
    expect(reader.ended).toBe(false);
  });
});

describe('finding the end of an answer', () => {
  it('follows a length', () => {
    const reader = new AnswerReader();
    expect(reader.push('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel')).toBeNull();
    expect(reader.push('lo')).toBe(200);
    expect(reader.push('HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n')).toBe(401);
  });

  it('follows chunks', () => {
    const reader = new AnswerReader();
    expect(reader.push('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n')).toBeNull();
    expect(reader.push('0\r\n\r\n')).toBe(200);
  });
});
