// Looks for download addresses in the lock files: packages are named by version and hash, and where they come from is
// the matter of whoever installs them. Exit 1 with file:line of each address.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What names a place to download from, in each lock file. Links for people (`funding`) are none. */
const ADDRESSES = {
  'package-lock.json': /"(?:resolved|registry|_resolved)":|"version": "[^"]*:|(?:^|[^\w])npm:\/\//,
  'test/sdk-python/requirements.txt': /^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links)\b|:\/\/| @ /,
};

/** `file:line: text` of each address. */
export function lockAddresses(root) {
  return Object.entries(ADDRESSES).flatMap(([file, address]) => {
    const path = join(root, file);
    if (!existsSync(path)) return [`${file}: is missing`];
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.flatMap((line, at) => (address.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : []));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = lockAddresses(fileURLToPath(new URL('..', import.meta.url)));
  for (const line of found) process.stdout.write(`${line}\n`);
  if (found.length > 0) process.exitCode = 1;
  else process.stdout.write('no download addresses in the lock files\n');
}
