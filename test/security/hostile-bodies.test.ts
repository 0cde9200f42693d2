import { afterAll, expect, it } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterAll(cleanUp.run);

it('a body of nothing but brackets is no JSON, and no fault of the console', async () => {
  const gateway = cleanUp.closing(await startGateway(aDocument({})));
  const { fetch } = adminClient(gateway);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/users', { method: 'POST', headers, body: '['.repeat(200_000) });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: 'bad_request' } });
});
