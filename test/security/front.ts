import type { Channel, System } from '../../src-main/contract/document.ts';
import type { CleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { connectRaw, type RawAnswer } from '../support/raw-client.ts';
import type { LoggedRequest } from '../support/request-log-lines.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

/** The Proxy-Key of the user `ann`. */
export const KEY = 'pk-of-ann';

/** A gateway with one user and one channel, in front of a stand-in for OpenAI. */
export interface Front {
  readonly gateway: Gateway;
  readonly standIn: OpenAiStandIn;
}

/** Starts both. @param channel and @param system what differs from the plainest configuration */
export async function startFront(
  cleanUp: CleanUp,
  channel: Partial<Channel> = {},
  system: System = {},
): Promise<Front> {
  const standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { 'ann-key': aKey('ann', KEY) },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey, channel) },
    system,
  });
  return { standIn, gateway: cleanUp.closing(await startGateway(document)) };
}

/** The bytes of a request. @param lines the request line and the headers, without their line ends */
export function rawRequest(lines: readonly string[], body = ''): string {
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** The headers of a request that would be served. */
export const GOOD_HEADERS: readonly string[] = ['Host: localhost', `Authorization: Bearer ${KEY}`];

/** Sends bytes, reads one answer, and waits until the gateway closes the connection by itself. */
export async function refusedAndClosed(port: number, bytes: string | Uint8Array): Promise<RawAnswer> {
  const client = await connectRaw(port);
  client.send(bytes);
  const answer = await client.answer();
  await client.closed;
  return answer;
}

/** Sends bytes and reads one answer; the connection is left behind. */
export async function answerTo(port: number, bytes: string | Uint8Array): Promise<RawAnswer> {
  const client = await connectRaw(port);
  client.send(bytes);
  const answer = await client.answer();
  client.end();
  return answer;
}

/** A line of the request log by its number, counted from 0. */
export async function lineAt(gateway: Gateway, at: number): Promise<LoggedRequest> {
  const line = (await gateway.lines(at + 1))[at];
  if (line === undefined) throw new Error('the request log became shorter');
  return line;
}

/** Whether the gateway still serves its user. */
export async function servesAnn({ gateway }: Front): Promise<boolean> {
  const answer = await fetch(`${gateway.proxyUrl}/v1/models`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  await answer.arrayBuffer();
  return answer.ok;
}
