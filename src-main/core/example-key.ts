import type { Document, ProxyKey } from '../contract/document.ts';
import { type DocumentIssue, errorAt, warningAt } from './document-issue.ts';
import { type Env, envNameOf, resolveEnv } from './secret-reference.ts';

/** How the placeholders of README, `examples/` and `docs/` begin; anybody can read them there. */
const EXAMPLE =
  /^(?:[ps]k[-_])?(?:replace[-_]?me|change[-_]?me|your[-_]?(?:proxy[-_]?)?key|example[-_]?(?:key|user))/i;

/** Whether a Proxy-Key is an example of the documentation. */
export const isExampleKey = (key: string): boolean => EXAMPLE.test(key);

/** Why an example key is refused, and how to make another. */
export const EXAMPLE_KEY_REFUSAL =
  'this is an example key that everybody can read in the documentation, so it is not accepted: create a key in the ' +
  'console under Keys, or write pk- and the output of `openssl rand -hex 24`';

const valuesOf = (key: ProxyKey | undefined): readonly string[] =>
  key === undefined ? [] : [key.key, ...(key.previous ?? []).map((old) => old.key)];

/**
 * Errors for example keys among the Proxy-Keys. A start does not ask: it leaves such a key out and warns.
 * @param base a document whose keys are not looked at again: one that is stored may still be renamed or removed
 */
export function exampleKeyErrors(document: Document, base?: Document): DocumentIssue[] {
  if (document.proxy_keys === base?.proxy_keys) return [];
  return Object.entries(document.proxy_keys).flatMap(([id, key]) => {
    const before = base?.proxy_keys[id];
    if (key === before) return [];
    const isNew = valuesOf(key).some((value) => isExampleKey(value) && !valuesOf(before).includes(value));
    return isNew ? [errorAt(['proxy_keys', id, 'key'], EXAMPLE_KEY_REFUSAL)] : [];
  });
}

/** Warnings for Proxy-Keys that stand in a variable of the environment which holds an example key. */
export function exampleKeyWarnings(document: Document, env: Env): readonly DocumentIssue[] {
  return Object.entries(document.proxy_keys).flatMap(([id, key]) =>
    valuesOf(key)
      .filter((value) => envNameOf(value) !== null && isExampleKey(resolveEnv(value, env) ?? ''))
      .map((value) => warningAt(['proxy_keys', id, 'key'], `${value}: ${EXAMPLE_KEY_REFUSAL}`)),
  );
}
