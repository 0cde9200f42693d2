import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { lineAt } from './front.ts';

const cleanUp = createCleanUp();
let gateway: Gateway;
let standIn: OpenAiStandIn;
let logged = 0;
beforeAll(async () => {
  standIn = cleanUp.closing(await startOpenAi());
  const document = aDocument({
    users: { ann: aUser() },
    proxy_keys: { key: aKey('ann', 'pk-restricted', { models: ['cheap-*'] }) },
    channels: { openai: aChannel('openai', standIn.url, standIn.apiKey) },
  });
  gateway = cleanUp.closing(await startGateway(document));
});
afterAll(cleanUp.run);

async function codeOf(
  path: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<string | number> {
  const init = { method: 'POST', body, headers: { authorization: 'Bearer pk-restricted', ...headers } };
  const answer = await fetch(`${gateway.proxyUrl}${path}`, init);
  const text = await answer.text();
  const line = await lineAt(gateway, logged++);
  expect(line).toMatchObject({ user: 'ann', status: answer.status });
  if (answer.ok) return 'served';
  expect([line.attempts, standIn.requests.length]).toEqual([0, 0]);
  return JSON.parse(text).error.code;
}

const CHAT = '/v1/chat/completions';
const chat = (model: string): string => `{"model":"${model}","messages":[]}`;

function form(...models: readonly string[]): FormData {
  const data = new FormData();
  data.append('file', new Blob(['ID3']), 'a.mp3');
  for (const model of models) data.append('model', model);
  return data;
}

const REFUSED: readonly (readonly [string, string, BodyInit, string])[] = [
  ['another model', CHAT, chat('dear-1'), 'model_not_permitted'],
  ['a permitted model and then another', CHAT, '{"model":"cheap-1","model":"dear-1"}', 'bad_request'],
  ['another model and then a permitted one', CHAT, '{"model":"dear-1","model":"cheap-1"}', 'bad_request'],
  ['a second model that is escaped', CHAT, '{"model":"cheap-1","mod\\u0065l":"dear-1"}', 'bad_request'],
  ['an escaped model alone', CHAT, '{"mod\\u0065l":"de\\u0061r-1"}', 'model_not_permitted'],
  ['no model', CHAT, '{"messages":[]}', 'bad_request'],
  ['a model that is no text', CHAT, '{"model":["cheap-1"]}', 'bad_request'],
  ['a model deeper inside', CHAT, '{"x":{"model":"cheap-1"}}', 'bad_request'],
  ['no JSON', CHAT, 'model=cheap-1', 'bad_request'],
  ['JSON that does not end', CHAT, '{"model":"cheap-1"', 'bad_request'],
  ['JSON behind JSON', CHAT, '{"model":"cheap-1"}{"model":"dear-1"}', 'bad_request'],
  ['a byte order mark before the model', CHAT, chat('\uFEFFcheap-1'), 'model_not_permitted'],
  ['another model in a form', '/v1/audio/transcriptions', form('dear-1'), 'model_not_permitted'],
  ['two models in a form', '/v1/audio/transcriptions', form('cheap-1', 'dear-1'), 'bad_request'],
  ['another model in the path', '/v1beta/models/dear-1:generateContent', '{}', 'model_not_permitted'],
];

describe('a key that is restricted to certain models', () => {
  it.each(REFUSED)('does not serve %s', async (_, path, body, code) => {
    const answered = await codeOf(path, body);
    // In Gemini's words the code is the status.
    expect(answered).toBe(path.startsWith('/v1beta') ? 403 : code);
  });

  it('does not serve another model in a body that is encoded, nor one that cannot be decoded', async () => {
    const coded = { 'content-encoding': 'gzip' };
    const body = new Uint8Array(gzipSync(chat('dear-1')));
    expect(await codeOf(CHAT, body, coded)).toBe('model_not_permitted');
    expect(await codeOf(CHAT, chat('cheap-1'), coded)).toBe('bad_request');
  });

  it('serves the models it may', async () => {
    expect(await codeOf(CHAT, chat('cheap-1'))).toBe('served');
    expect(await codeOf(CHAT, '{"mod\\u0065l":"ch\\u0065ap-1"}')).toBe('served');
    expect(await codeOf('/v1/audio/transcriptions', form('cheap-1'))).toBe('served');
  });
});
