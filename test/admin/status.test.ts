import { afterEach, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aDocument } from '../support/document-fixtures.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

test('the status tells every address of the proxy, the one that programs are shown first', async () => {
  const gateway = cleanUp.closing(await startGateway(aDocument({})));
  const { body } = await adminClient(gateway).get<{ proxy_urls: string[] }>('/status');
  expect(body).toMatchObject({ proxy_url: gateway.proxyUrl });
  expect(body.proxy_urls[0]).toBe(gateway.proxyUrl);
  for (const url of body.proxy_urls) expect((await fetch(`${url}/health`)).status).toBe(200);
});
