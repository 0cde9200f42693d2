import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { CleanUp } from './clean-up.ts';
import type { SelfSigned } from './self-signed.ts';
import { tempFolder } from './temp-folder.ts';

/** This process trusts some certificates besides the public ones, as a company's computers do. */
export function trust(cleanUp: CleanUp, certificates: readonly SelfSigned[]): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, ...certificates.map(({ cert }) => cert)]);
  cleanUp.add(() => setDefaultCACertificates(before));
}

/** Writes a certificate into files, as a listener's `tls` names them. */
export async function certificateFiles(
  cleanUp: CleanUp,
  certificate: SelfSigned,
): Promise<{ readonly cert: string; readonly key: string }> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const paths = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
  await writeFile(paths.cert, certificate.cert);
  await writeFile(paths.key, certificate.key);
  return paths;
}
