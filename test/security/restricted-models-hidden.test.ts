import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let standIn: OpenAiStandIn;
beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: {
      some: aKey('ann', 'pk-restricted', { models: ['cheap-*'] }),
      none: aKey('ann', 'pk-without-models', { models: [] }),
    },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(cleanUp.run);

interface Asked {
  readonly method?: string;
  readonly type?: string | string[];
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

/** By `node:http`, which sends the path as it stands here. */
function statusOf(path: string, body: string | Buffer, asked: Asked = {}): Promise<number> {
  const { method = 'POST', type = 'application/json', key = 'pk-restricted', headers = {} } = asked;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const { hostname, port } = new URL(gateway.proxyUrl);
  const all: Record<string, string | number | string[]> = {
    ...headers,
    authorization: `Bearer ${key}`,
    ...(body.length === 0 ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
  };
  const sending = request({ hostname, port, path, method, headers: all, agent: false }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  sending.on('error', reject);
  sending.end(body);
  return promise;
}

const refused = async (status: Promise<number>): Promise<void> => {
  const before = standIn.requests.length;
  expect([400, 403]).toContain(await status);
  expect(standIn.requests.length).toBe(before);
};
const served = async (status: Promise<number>): Promise<void> => {
  const before = standIn.requests.length;
  await status;
  expect(standIn.requests.length).toBe(before + 1);
};

const CHAT = '/v1/chat/completions';
const DEAR = '{"model":"dear-1","messages":[]}';
const CHEAP = '{"model":"cheap-1","messages":[]}';

describe('a key that is restricted to certain models does not serve', () => {
  it.each([
    ['a nested batch', '/v1/messages/batches', '{"requests":[{"params":{"model":"dear-1"}}]}'],
    ['a batch that names a model besides', '/v1/messages/batches', '{"model":"cheap-1","requests":[]}'],
    ['a batch of a file', '/v1/batches', '{"input_file_id":"file-1"}'],
    ['a secret for a session', '/v1/realtime/client_secrets', '{"session":{"model":"dear-1"}}'],
    ['a session with two models', '/v1/realtime/calls?model=cheap-1', '{"session":{"model":"dear-1"}}'],
    ['an assistant', '/v1/threads/t/runs', '{"assistant_id":"a"}'],
    ['an unknown path without a model', '/v1/unknown', '{}'],
    ['an encoded letter', '/v1beta/%6dodels/dear-1:generateContent', '{}'],
    ['an encoded deployment', '/openai/%64eployments/dear-1/chat/completions', '{"messages":[]}'],
    ['a deployment in capitals', '/openai/Deployments/dear-1/chat/completions', CHEAP],
    ['a slash behind a verb', '/v1beta/models/dear-1:generateContent/', '{}'],
    ['Vertex', '/v1beta1/projects/p/locations/l/publishers/google/models/dear-1:generateContent', CHEAP],
    ['a choice for the next AIProxy', '/channels/openai/channels/x/v1/chat/completions', CHEAP],
    ['the same, encoded', '/channels/openai/%63hannels/x/v1/chat/completions', CHEAP],
    ['an encoded slash', '/v1%2Fchat/completions', CHEAP],
    ['a path parameter', '/v1/chat;x/completions', CHEAP],
    ['another model in the query', `${CHAT}?Model=dear-1`, CHEAP],
    ['a member in another case', CHAT, '{"model":"cheap-1","MODEL":"dear-1"}'],
    ['the same before it', CHAT, '{"mODEL":"dear-1","model":"cheap-1"}'],
    ['a member in another case alone', CHAT, '{"Model":"cheap-1"}'],
    ['a byte order mark', '/v1/videos', `\uFEFF${DEAR}`],
    ['a byte order mark behind a slash', `${CHAT}/`, `\uFEFF${DEAR}`],
    ['UTF-16', '/v1/videos', Buffer.from(DEAR, 'utf16le')],
  ])('%s', (_, path, body) => refused(statusOf(path, body)));

  it.each([
    ['JSON called a form', 'multipart/form-data; boundary=X'],
    ['JSON called another form', 'multipart/mixed; boundary=X'],
    ['JSON that may be a form', 'application/x-www-form-urlencoded'],
  ])('%s', (_, type) => refused(statusOf('/v1/videos', CHEAP, { type })));

  it('two types of content', () =>
    refused(statusOf(CHAT, CHEAP, { type: ['application/json', 'multipart/form-data; boundary=X'] })));

  it('a session whose query names another model, or none', async () => {
    await refused(statusOf('/v1/realtime/calls?model=dear-1', 'v=0', { type: 'application/sdp' }));
    await refused(statusOf('/v1/realtime/calls', 'v=0', { type: 'application/sdp' }));
    await refused(statusOf('/v1/realtime', '', { method: 'GET' }));
  });

  it('what looks like a read and may be none', async () => {
    await refused(statusOf('/v1/chat', '{}', { method: 'GET' }));
    const headers = { 'x-http-method-override': 'POST' };
    await refused(statusOf('/v1/chat', '', { method: 'GET', headers }));
    await refused(statusOf('/prompt?model=dear-1', '', { method: 'GET' }));
  });
});

const part = (disposition: string, value: string, more = ''): string =>
  `--X\r\n${more}Content-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
const GOOD = part('name="model"', 'cheap-1');
const BAD = part('name="model"', 'dear-1');
const END = '--X--\r\n';
const TYPE = 'multipart/form-data; boundary=X';
const DECOY = '--Z\r\nContent-Disposition: form-data; name="model"\r\n\r\ncheap-1\r\n--Z--\r\n';

describe('a form that parsers read differently is not served to it:', () => {
  it.each([
    ['a boundary in quotes', `multipart/form-data; a="; boundary=Z"; boundary=X`, DECOY + BAD + END],
    ['two boundaries', `multipart/form-data; boundary=Z; boundary=X`, DECOY + BAD + END],
    ['name*', TYPE, GOOD + part("name*=utf-8''model", 'dear-1') + END],
    ['a long head', TYPE, GOOD + part('name="model"', 'dear-1', `X-Pad: ${'a'.repeat(8200)}\r\n`) + END],
    ['a space before =', TYPE, GOOD + part('name ="model"', 'dear-1') + END],
    ['a backslash', TYPE, GOOD + part('name="mod\\el"', 'dear-1') + END],
    ['a folded head', TYPE, GOOD + part('x=y;\r\n name="model"', 'dear-1') + END],
    ['a space before :', TYPE, GOOD + BAD.replace('tion:', 'tion :') + END],
    ['bare line feeds', TYPE, GOOD + BAD.replaceAll('\r\n', '\n') + END],
    ['a delimiter inside a line', TYPE, part('name="file"; filename="a"', `zz${GOOD}`) + END],
    ['a name in a decoy', TYPE, GOOD + part('x="; name=decoy"; name="model"', 'dear-1') + END],
    ['parts behind the end', TYPE, GOOD + END + BAD + END],
    ['no end', TYPE, GOOD],
  ])('%s', (_, type, body) => refused(statusOf('/v1/audio/transcriptions', body, { type })));
});

describe('a key that is restricted to certain models serves', () => {
  it.each([
    ['a list', 'GET', '/v1/models', ''],
    ['a file', 'GET', '/v1/files/file-1/content', ''],
    ['a deletion', 'DELETE', '/v1/files/file-1', ''],
    ['a part of an upload', 'POST', '/v1/uploads/u/parts', '{}'],
    ['a slash at the end', 'POST', `${CHAT}/`, CHEAP],
    ['an extension that names its model', 'POST', '/v1/rerank', CHEAP],
    ['a model in the query too', 'POST', `${CHAT}?model=cheap-2`, CHEAP],
  ])('%s', (_, method, path, body) => served(statusOf(path, body, { method })));

  it('a form of its models, and the upload of a file', async () => {
    const file = part('name="file"; filename="a.mp3"', 'ID3', 'Content-Type: audio/mpeg\r\n');
    await served(statusOf('/v1/audio/transcriptions', file + GOOD + END, { type: TYPE }));
    await served(statusOf('/v1/files', file + part('name="purpose"', 'batch') + END, { type: TYPE }));
  });

  it('a session whose query names its model', () =>
    served(statusOf('/v1/realtime/calls?model=cheap-1', 'v=0', { type: 'application/sdp' })));
});

it('a key whose list of models is empty may use none', async () => {
  await refused(statusOf(CHAT, CHEAP, { key: 'pk-without-models' }));
  await served(statusOf('/v1/models', '', { method: 'GET', key: 'pk-without-models' }));
});
