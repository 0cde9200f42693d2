import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { connectRaw } from '../support/raw-client.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

describe('what the console cannot read as a request', () => {
  it.each([
    ['headers of 17 KiB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(17 * 1024)}\r\n\r\n`, 431],
    ['headers of 1 MiB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(1024 * 1024)}\r\n\r\n`, 431],
    ['garbage', 'NONSENSE\r\n\r\n', 400],
  ])('is answered with an error in JSON, as the API document says: %s', async (_, bytes, status) => {
    const gateway = cleanUp.closing(await startGateway(aDocument({})));
    const client = await connectRaw(Number(new URL(gateway.consoleUrl).port));
    client.send(bytes);
    const answer = await client.answer();
    expect(answer.status).toBe(status);
    expect(answer.header('content-type')).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.body)).toEqual({
      error: {
        message: expect.any(String),
        type: 'invalid_request_error',
        param: null,
        code: status === 431 ? 'headers_too_large' : 'bad_request',
      },
    });
    client.end();
    expect(await client.closed).toBe('ended');
  });
});
