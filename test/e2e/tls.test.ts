import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tls from 'node:tls';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { type SelfSigned, selfSigned } from '../support/self-signed.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Gateway, startGateway } from '../support/start-gateway.ts';
import { tempFolder } from '../support/temp-folder.ts';

const KEY = 'pk-of-someone';

const cleanUp = createCleanUp();
let gateway: Gateway;
let trusted: OpenAiStandIn;
let unknown: OpenAiStandIn;
afterAll(cleanUp.run);

/** This process trusts some certificates besides the public ones, as a company's computers do. */
function trust(certificates: readonly SelfSigned[]): void {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, ...certificates.map(({ cert }) => cert)]);
  cleanUp.add(() => tls.setDefaultCACertificates(before));
}

async function listenerFiles(certificate: SelfSigned): Promise<{ cert: string; key: string }> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const paths = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
  await writeFile(paths.cert, certificate.cert);
  await writeFile(paths.key, certificate.key);
  return paths;
}

beforeAll(async () => {
  const [own, platform, stranger] = [selfSigned('proxy'), selfSigned('platform'), selfSigned('stranger')];
  trust([own, platform]);
  trusted = cleanUp.closing(await startOpenAi({ tls: platform }));
  unknown = cleanUp.closing(await startOpenAi({ tls: stranger }));
  const document = aDocument({
    users: { someone: aUser() },
    proxy_keys: { key: aKey('someone', KEY) },
    channels: {
      trusted: aChannel('openai', trusted.url, trusted.apiKey, { priority: 1 }),
      unknown: aChannel('openai', unknown.url, unknown.apiKey, { priority: 2 }),
    },
    system: { proxy: { tls: await listenerFiles(own) } },
  });
  gateway = cleanUp.closing(await startGateway(document));
});

const client = () => new OpenAI({ baseURL: `${gateway.proxyUrl}/v1`, apiKey: KEY, maxRetries: 0 });

describe('a gateway with TLS on both sides', () => {
  it('serves over TLS and swaps the key on the way to a platform over TLS', async () => {
    expect(gateway.proxyUrl).toMatch(/^https:/);
    const { data } = await client().models.list();
    expect(data.length).toBeGreaterThan(0);
    const seen = await trusted.nextRequest();
    expect(await seen.placesOf(trusted.apiKey)).toEqual(['header authorization']);
    expect(await seen.placesOf(KEY)).toEqual([]);
  });

  it('answers 502 for a platform whose certificate nobody vouches for, and tells it no key', async () => {
    const headers = { 'x-aiproxy-channel': 'unknown' };
    const failure: unknown = await client()
      .models.list({ headers })
      .then(
        () => null,
        (error: unknown) => error,
      );
    expect(failure).toMatchObject({ status: 502, code: 'upstream_unreachable' });
    expect(unknown.requests).toEqual([]);
  });
});
