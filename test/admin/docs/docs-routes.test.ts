import { existsSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { DOCS_COPIED, DOCS_TYPES, docsFile, docsSource } from '../../../src-main/admin/docs/docs-files.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { openConsole } from '../../support/open-console.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

async function docs() {
  const { consoleUrl } = await openConsole(cleanUp);
  return (path: string, init: RequestInit = {}) => fetch(`${consoleUrl}/docs${path}`, init);
}

test('the page is served without a credential, with every file it names', async () => {
  const get = await docs();
  const html = await (await get('')).text();
  const named = [...html.matchAll(/(?:src|href)="\/docs(\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(named).toHaveLength(5);
  for (const path of named) {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get('content-type')).toBe(DOCS_TYPES.get(path.slice(1)));
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
  }
});

test('the page may ask the proxy and draw data: images, and is otherwise as strict as the console', async () => {
  const get = await docs();
  const policyOf = (answer: Response) =>
    new Map(
      (answer.headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')] as const;
      }),
    );
  const page = policyOf(await get(''));
  const refused = policyOf(await get('/nothing'));
  const wider = [...page].filter(([name, sources]) => refused.get(name) !== sources);
  expect(wider).toEqual([
    ['img-src', "'self' data:"],
    ['connect-src', "'self' http://127.0.0.1:8001"],
  ]);
  expect([refused.get('script-src'), refused.get('style-src'), refused.size]).toEqual([
    "'self'",
    "'self'",
    page.size,
  ]);
});

test('no page needs inline script or style', async () => {
  const get = await docs();
  const html = await (await get('')).text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
});

test('a file that did not change is not sent again', async () => {
  const get = await docs();
  const first = await get('/swagger-ui-bundle.js');
  const tag = first.headers.get('etag') ?? '';
  await first.arrayBuffer();
  const again = await get('/swagger-ui-bundle.js', { headers: { 'if-none-match': tag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test.each(['/nothing', '/LICENSE', '/..%2fdocs-files.ts', '/page/docs.js', '/%2e%2e%2fdocs-routes.ts'])(
  'nothing else is served from there: %s',
  async (path) => {
    const get = await docs();
    const answer = await get(path);
    expect([answer.status, (await answer.json()).error.code]).toEqual([404, 'not_found']);
  },
);

test("the gateway's description names the proxy as its server, and is public", async () => {
  const get = await docs();
  const answer = await get('/gateway-openapi.json');
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const described: { openapi: string; servers: { url: string }[] } = await answer.json();
  expect([described.openapi, described.servers[0]?.url]).toEqual(['3.1.0', 'http://127.0.0.1:8001']);
});

test('every file the build copies is there, and is looked for beside the built program', () => {
  expect(DOCS_COPIED.filter((name) => !existsSync(docsSource(name)))).toEqual([]);
  expect(docsFile('docs.js', 'file:///app/dist/main/headless.js')).toBe('/app/dist/main/docs/docs.js');
});

test("the package's install script, which would phone home, is not installed", () => {
  const lock: { packages: Record<string, { name?: string; hasInstallScript?: boolean }> } = JSON.parse(
    readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'),
  );
  const scarf = Object.entries(lock.packages).filter(([path]) => path.endsWith('@scarf/scarf'));
  expect(scarf).toHaveLength(1);
  expect(scarf[0]?.[1]).toMatchObject({ name: '@favware/skip-dependency' });
  expect(scarf[0]?.[1].hasInstallScript).toBe(undefined);
});
