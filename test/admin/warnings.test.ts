import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RecordWarning, warningIn } from '../../src-main/contract/record-warning.ts';
import { type AdminAnswer, type AdminClient, adminClient } from '../support/admin-client.ts';
import { type CleanUp, createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aUser } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

let cleanUp: CleanUp;
let admin: AdminClient;
beforeEach(async () => {
  cleanUp = createCleanUp();
  const document = aDocument({
    users: { ann: aUser() },
    channels: { openai: aChannel('openai', 'https://a.test', 'k') },
  });
  admin = adminClient(cleanUp.closing(await startGateway(document)));
});
afterEach(() => cleanUp.run());

const warningOf = ({ headers }: AdminAnswer): RecordWarning | null =>
  warningIn(headers.get('x-aiproxy-warning'));
const DEEPSEEK = { platform: 'openai_compatible', base_url: 'https://api.deepseek.com/v1', api_key: 'k' };

describe('the warning of a channel', () => {
  test('comes with each answer that shows it, and names both channels and the usual models', async () => {
    const warning = {
      code: 'overlapping_channels',
      message: expect.stringMatching(/^openai and 深度 both take any model, so requests go to openai: write/),
      answering: 'openai',
      unused: '深度',
      models: ['deepseek*'],
    };
    const created = await admin.post('/channels', { id: '深度', ...DEEPSEEK });
    expect([created.status, warningOf(created)]).toEqual([201, warning]);
    const path = `/channels/${encodeURIComponent('深度')}`;
    expect(warningOf(await admin.get(path))).toEqual(warning);
    expect(warningOf(await admin.patch(path, { name: 'DeepSeek' }))).toEqual(warning);
    expect(warningOf(await admin.put(path, DEEPSEEK))).toEqual(warning);
    expect(warningOf(await admin.get('/channels/openai'))).toEqual(warning);
  });

  test('is gone when one of them names its models', async () => {
    await admin.post('/channels', { id: 'deepseek', ...DEEPSEEK });
    const changed = await admin.patch('/channels/deepseek', { models: ['deepseek*'] });
    expect([changed.status, warningOf(changed)]).toEqual([200, null]);
    expect(warningOf(await admin.get('/channels/openai'))).toBeNull();
  });

  test('is none of other records, nor of a change that is refused', async () => {
    await admin.post('/channels', { id: 'deepseek', ...DEEPSEEK });
    expect(warningOf(await admin.patch('/users/ann', { name: 'Ann' }))).toBeNull();
    const refused = await admin.patch('/channels/deepseek', { platform: 'nobody' });
    expect([refused.status, warningOf(refused)]).toEqual([422, null]);
  });
});
