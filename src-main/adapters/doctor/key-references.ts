import type { Document } from '../../contract/document.ts';
import { envNameOf, resolveEnv } from '../../core/secret-reference.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

/** Proxy-Keys that stand in variables which are not set: nobody can use them. */
export function examineKeyReferences(
  document: Document,
  env: Readonly<Record<string, string | undefined>>,
): DoctorFinding[] {
  return Object.entries(document.proxy_keys).flatMap(([id, { key }]) => {
    if (resolveEnv(key, env) !== null) return [];
    return [
      findingsAbout('configuration', `Proxy-Key ${id}`).warning(
        `${envNameOf(key)} is not set in this environment`,
        'Export it before AIProxy starts; if AIProxy runs as a service, only that service needs it.',
      ),
    ];
  });
}
