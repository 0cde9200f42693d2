import type { Document } from '../../src-main/contract/document.ts';
import type { Identity } from '../../src-main/core/identity.ts';
import { compileSnapshot, type Snapshot } from '../../src-main/core/snapshot.ts';
import { platformOf } from '../../src-main/platforms/registry.ts';
import { aDocument } from '../support/document-fixtures.ts';

/** The snapshot of a document with these sections. @param env where `env:NAME` is looked up */
export function snapshotOf(
  sections: Partial<Document>,
  env: Readonly<Record<string, string>> = {},
): Snapshot {
  return compileSnapshot(aDocument(sections), { env, platformOf });
}

/** Who holds a key. @throws Error where nobody does */
export function holderOf(snapshot: Snapshot, key: string): Identity {
  const identity = snapshot.keys.get(key);
  if (identity === undefined) throw new Error(`nobody holds ${key}`);
  return identity;
}
