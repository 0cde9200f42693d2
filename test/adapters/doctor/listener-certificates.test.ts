import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineListenerCertificates } from '../../../src-main/adapters/doctor/listener-certificates.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { type TempFolder, tempFolder } from '../../support/temp-folder.ts';

let folder: TempFolder;
beforeEach(async () => {
  folder = await tempFolder();
});
afterEach(() => folder.remove());

async function examine(cert: string, key: string) {
  const tls = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
  await writeFile(tls.cert, cert);
  await writeFile(tls.key, key);
  return (await examineListenerCertificates({ proxy: { tls } }, Date.now()))[0];
}

test('nothing is said of a listener without TLS', async () => {
  expect(await examineListenerCertificates({}, Date.now())).toEqual([]);
});

test.each([
  [60, 'ok', 'valid for 59 days'],
  [5, 'warning', 'valid for 4 days'],
  [-2.5, 'error', 'expired 3 days ago'],
])('a certificate that ends in %d days is told as %s', async (days, severity, found) => {
  const { cert, key } = selfSigned('proxy', days);
  expect(await examine(cert, key)).toMatchObject({ subject: 'proxy certificate', severity, found });
});

test('a key of another certificate is an error', async () => {
  expect(await examine(selfSigned().cert, selfSigned().key)).toMatchObject({
    severity: 'error',
    found: 'its key does not belong to it',
  });
});

test('files that hold something else, or are not there, are an error', async () => {
  expect(await examine('nonsense', 'canary')).toMatchObject({
    severity: 'error',
    found: expect.stringMatching(/^certificate or key cannot be understood/),
  });
  const missing = { cert: join(folder.path, 'none.pem'), key: join(folder.path, 'none.key') };
  const [finding] = await examineListenerCertificates({ console: { tls: missing } }, Date.now());
  expect(finding).toMatchObject({ severity: 'error', found: `${missing.cert} cannot be read` });
});
