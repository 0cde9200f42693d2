import type { AppOptions } from '../../../src-main/app-options.ts';
import type { Channel } from '../../../src-main/contract/document.ts';
import type { CleanUp } from '../../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../../support/document-fixtures.ts';
import { connectRaw, type RawClient } from '../../support/raw-client.ts';
import { type RawScript, type RawUpstream, startRawUpstream } from '../../support/raw-upstream.ts';
import type { LoggedRequest } from '../../support/request-log-lines.ts';
import { type Gateway, startGateway } from '../../support/start-gateway.ts';

/** The Proxy-Key of the user `ann`, and the key of the only channel. */
export const KEY = 'pk-of-ann';
export const CHANNEL_KEY = 'channel-key-behind';

/** A gateway with one user and one channel to any address. */
export async function startBefore(
  cleanUp: CleanUp,
  url: string,
  channel: Partial<Channel> = {},
  options: Partial<AppOptions> = {},
): Promise<Gateway> {
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { 'ann-key': aKey('ann', KEY) },
    channels: { behind: aChannel('openai', url, CHANNEL_KEY, channel) },
  });
  return cleanUp.closing(await startGateway(document, options));
}

/** A gateway before an upstream that sends its own bytes. */
export interface Behind {
  readonly gateway: Gateway;
  readonly upstream: RawUpstream;
}

/** Starts both. @param channel what differs from the plainest one @param options of the gateway, such as a clock */
export async function startBehind(
  cleanUp: CleanUp,
  script: RawScript,
  channel: Partial<Channel> = {},
  options: Partial<AppOptions> = {},
): Promise<Behind> {
  const upstream = cleanUp.closing(await startRawUpstream(script));
  return { upstream, gateway: await startBefore(cleanUp, upstream.url, channel, options) };
}

/** The body of a chat request. */
export function chatBody(stream: boolean): string {
  return JSON.stringify({ model: 'm', stream, messages: [{ role: 'user', content: 'hi' }] });
}

/** Sends a chat request on a connection of its own. @param version of HTTP, `1.1` where it is left out */
export async function sendChat(gateway: Gateway, stream = false, version = '1.1'): Promise<RawClient> {
  const body = chatBody(stream);
  const client = await connectRaw(gateway.port);
  const head = [
    `POST /v1/chat/completions HTTP/${version}`,
    'Host: localhost',
    `Authorization: Bearer ${KEY}`,
  ];
  client.send(`${[...head, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`);
  return client;
}

/** An event of a chat stream with some text. */
export function chatEvent(content: string): string {
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
}

/** The only line of a request log. */
export async function onlyLine(gateway: Gateway): Promise<LoggedRequest> {
  const [line, ...others] = await gateway.lines(1);
  if (line === undefined || others.length > 0)
    throw new Error(`${others.length + 1} lines in the request log`);
  return line;
}

/** Whether a gateway answers at all. */
export async function lives(gateway: Gateway): Promise<boolean> {
  return (await fetch(`${gateway.proxyUrl}/health`)).ok;
}
