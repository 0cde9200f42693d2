import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { isCollection, isMap, isNode, isScalar, parseDocument } from 'yaml';
import { type Format, type Position, positionsIn } from './config-file.ts';

export type MemberPath = readonly (string | number)[];

function jsonOffset(root: Node, path: MemberPath): number {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, [...path.slice(0, length)]);
    // A member is shown at its key, an item of a list at its value.
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return root.offset;
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

/** The node one step further, and the offset to show for it. */
function yamlStep(
  node: unknown,
  step: string | number,
): { next: unknown; offset: number | undefined } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => keyText(key) === String(step));
    if (pair === undefined) return null;
    return { next: pair.value, offset: isNode(pair.key) ? pair.key.range?.[0] : undefined };
  }
  if (!isCollection(node)) return null;
  const item = node.items[Number(step)];
  return isNode(item) ? { next: item, offset: item.range?.[0] } : null;
}

function yamlOffset(root: unknown, path: MemberPath): number {
  let node = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const step of path) {
    const found = yamlStep(node, step);
    if (found === null) break;
    node = found.next;
    offset = found.offset ?? offset;
  }
  return offset;
}

/** Where the members at these paths stand; one that is missing is shown at the innermost one that holds it. */
export function locate(text: string, format: Format, paths: readonly MemberPath[]): Position[] {
  const positionAt = positionsIn(text);
  if (format === 'yaml') {
    const { contents } = parseDocument(text, { merge: true });
    return paths.map((path) => positionAt(yamlOffset(contents, path)));
  }
  const root = parseTree(text);
  return paths.map((path) => positionAt(root === undefined ? 0 : jsonOffset(root, path)));
}
