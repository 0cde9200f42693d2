import { type Document, isNode, isScalar, type Pair, visit } from 'yaml';
import type { TextProblem } from './config-file.ts';

/**
 * The members that stand twice in a map. The library compares each key with all before it, which takes half a minute
 * for 20,000 records.
 */
export function duplicateKeys(document: Document.Parsed): TextProblem[] {
  const found: TextProblem[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push({ offset: startOf(key), message: 'Map keys must be unique' });
        seen.add(key.value);
      }
    },
  });
  return found;
}

const startOf = (key: Pair['key']): number => (isNode(key) ? (key.range?.[0] ?? 0) : 0);
