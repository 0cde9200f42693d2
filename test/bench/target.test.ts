import { describe, expect, it } from 'vitest';
import { CHAT_BODY, proxyKeys, renderRequest, streamBody } from '../../bench/target.ts';
import { RequestReader } from '../../bench/upstream/request-reader.ts';

describe('the requests of the benchmark', () => {
  it('look like those of the official SDK and carry the key and the extra headers', () => {
    const target = { port: 8001, keys: ['one'], headers: { 'x-extra': 'yes' } };
    const [head = '', body] = renderRequest(target, 'one', CHAT_BODY).split('\r\n\r\n');
    expect(head.split('\r\n')).toEqual(
      expect.arrayContaining([
        'POST /v1/chat/completions HTTP/1.1',
        'host: 127.0.0.1:8001',
        'authorization: Bearer one',
        `content-length: ${CHAT_BODY.length}`,
        'x-extra: yes',
      ]),
    );
    expect(body).toBe(CHAT_BODY);
  });

  it('give each user a key of its own', () => {
    expect(new Set(proxyKeys(100)).size).toBe(100);
  });

  it('say in a stream request which stream it is and how many events it wants', () => {
    expect(JSON.parse(streamBody(17, 200))).toMatchObject({
      stream: true,
      user: 'stream-17',
      max_tokens: 200,
    });
  });
});

describe('the upstream reading requests', () => {
  const one = 'POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc';
  const two = 'GET /b HTTP/1.1\r\nhost: x\r\n\r\n';

  it('takes several from one piece', () => {
    const read = new RequestReader().push(Buffer.from(one + two));
    expect(read).toEqual([
      { head: 'POST /a HTTP/1.1\r\nContent-Length: 3', body: 'abc' },
      { head: 'GET /b HTTP/1.1\r\nhost: x', body: '' },
    ]);
  });

  it('takes the same from single bytes', () => {
    const reader = new RequestReader();
    const read = [...Buffer.from(one + two)].flatMap((byte) => reader.push(Buffer.of(byte)));
    expect(read.map(({ body }) => body)).toEqual(['abc', '']);
  });

  it('counts a body in bytes, not in characters', () => {
    const body = '你好';
    const request = `POST / HTTP/1.1\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    const [first, second] = new RequestReader().push(Buffer.from(request + two));
    expect(Buffer.from(first?.body ?? '', 'latin1').toString()).toBe(body);
    expect(second?.head).toContain('GET /b');
  });

  it('refuses a body whose length it cannot know', () => {
    const chunked = 'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(() => new RequestReader().push(Buffer.from(chunked))).toThrow('only bodies with a length');
  });
});
