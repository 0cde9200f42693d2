import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { System } from '../../contract/document.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

const DAY_MS = 86_400_000;
const FEW_DAYS = 14;

async function examineOne(
  name: string,
  tls: { readonly cert: string; readonly key: string },
  nowMs: number,
): Promise<DoctorFinding> {
  const about = findingsAbout('files', `${name} certificate`);
  const [cert, key] = await Promise.all([tls.cert, tls.key].map((path) => readFile(path).catch(() => null)));
  if (cert == null || key == null)
    return about.error(
      `${cert == null ? tls.cert : tls.key} cannot be read`,
      `Correct system.${name}.tls, or give the file to the user that runs AIProxy.`,
    );
  try {
    const certificate = new X509Certificate(cert);
    const daysLeft = Math.floor((certificate.validToDate.getTime() - nowMs) / DAY_MS);
    if (!certificate.checkPrivateKey(createPrivateKey(key)))
      return about.error('its key does not belong to it', `Correct system.${name}.tls.`);
    if (daysLeft < 0) return about.error(`expired ${-daysLeft} days ago`, 'Renew it: no client connects.');
    const found = `valid for ${daysLeft} days`;
    return daysLeft < FEW_DAYS ? about.warning(found, 'Renew it in time.') : about.ok(found);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it is not PEM';
    return about.error(`certificate or key cannot be understood (${why})`, `Correct system.${name}.tls.`);
  }
}

/** The certificates of AIProxy's own listeners, where they have one. */
export async function examineListenerCertificates(
  { proxy, console }: System,
  nowMs: number,
): Promise<DoctorFinding[]> {
  const listeners = [
    ['proxy', proxy?.tls],
    ['console', console?.tls],
  ] as const;
  const found = listeners.map(([name, tls]) => (tls === undefined ? [] : [examineOne(name, tls, nowMs)]));
  return Promise.all(found.flat());
}
