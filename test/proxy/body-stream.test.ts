import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { BodyStream } from '../../src-main/proxy/body-stream.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw, type RawClient } from '../support/raw-client.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A request whose head has arrived, and the client that is still to send its body. */
async function arriving(length: number): Promise<{ message: IncomingMessage; client: RawClient }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.add(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const client = await connectRaw((server.address() as AddressInfo).port);
  client.send(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
  const [message] = (await once(server, 'request')) as [IncomingMessage];
  return { message, client };
}

describe('a request body on its way through', () => {
  it('is what was read already and what is still to come', async () => {
    const { message, client } = await arriving(5);
    const sizes: number[] = [];
    const stream = new BodyStream(message, [Buffer.from('head ')], (size) => sizes.push(size));
    client.send('there');
    expect(await text(stream)).toBe('head there');
    expect(sizes).toEqual([5]);
  });

  it('makes the client wait while nobody takes it', async () => {
    const { message, client } = await arriving(50_000_000);
    let arrived = 0;
    const stream = new BodyStream(message, [], (size) => {
      arrived += size;
    });
    client.send(Buffer.alloc(50_000_000));
    await expect.poll(() => message.isPaused()).toBe(true);
    expect(arrived).toBeLessThan(2_000_000);
    stream.resume();
    await once(stream, 'end');
    expect(arrived).toBe(50_000_000);
  });

  it('fails where the client leaves in the middle of it', async () => {
    const { message, client } = await arriving(100);
    message.on('error', () => undefined);
    const stream = new BodyStream(message, [], () => undefined);
    stream.resume();
    client.send('half');
    client.reset();
    const [error] = await once(stream, 'error');
    expect(error).toMatchObject({ message: expect.stringContaining('the client left') });
  });

  it('fails with the reason of whoever counts it', async () => {
    const { message, client } = await arriving(100);
    const stream = new BodyStream(message, [], () => {
      throw new Error('too large');
    });
    stream.resume();
    client.send('x');
    const [error] = await once(stream, 'error');
    expect(error).toMatchObject({ message: 'too large' });
  });

  it('lets go of the message when it is ended early, so that the client can still be answered', async () => {
    const { message, client } = await arriving(100);
    const stream = new BodyStream(message, [], () => undefined);
    stream.destroy();
    await once(stream, 'close');
    expect([message.destroyed, message.listenerCount('data')]).toEqual([false, 0]);
    client.send('x');
  });
});
