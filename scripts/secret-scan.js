// Looks for keys in every version of every file in the whole history. Exit 1 with commit:path:line of each finding;
// the value itself is never printed.
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What keys look like. The names stand in the report. */
const PATTERNS = {
  'OpenAI, Anthropic or DashScope key': /\bsk[-_][A-Za-z0-9_-]{24,}/g,
  'personal access token': /\b(?:pat|ek|ghp|gho|ghu|ghs|ghr|github_pat)[-_][A-Za-z0-9_]{32,}/g,
  'Proxy-Key or admin token': /\b(?:pk|at)-[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])/g,
  'Google key': /\bAIza[0-9A-Za-z_-]{30,}/g,
  'AWS key': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  'Slack token': /\bxox[abprs]-[A-Za-z0-9-]{20,}/g,
  'JSON web token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  'private key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{40,}/g,
};

/** Words and runs that no generated key has: what carries one is an example. */
const OBVIOUSLY_FAKE =
  /(.)\1{5,}|0123456789|abcdefgh|example|fake|dummy|sample|placeholder|stand-?in|your[-_]|test[-_]|demo[-_]/i;

const MAX_BLOB_BYTES = 5 * 1024 * 1024;

/** The keys in a text, with the line each begins on. */
export function findSecrets(text) {
  return Object.entries(PATTERNS).flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)]
      .filter(([value]) => !OBVIOUSLY_FAKE.test(value))
      .map(({ index }) => ({ kind, line: text.slice(0, index).split('\n').length })),
  );
}

/** Each blob of the history once, with the first commit and path it stands at. */
function blobsOf(root) {
  const git = [
    '-c',
    'core.quotePath=false',
    'log',
    '--all',
    '--reverse',
    '--root',
    '-m',
    '--raw',
    '--no-renames',
  ];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 };
  const log = execFileSync(
    'git',
    [...git, '--no-abbrev', '--diff-filter=AMT', '--format=commit %H'],
    options,
  );
  const blobs = new Map();
  let commit = '';
  for (const line of log.split('\n')) {
    if (line.startsWith('commit ')) commit = line.slice(7);
    const [, mode, blob, path] = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [AMT]\t(.*)$/.exec(line) ?? [];
    if (blob !== undefined && mode !== '160000' && !blobs.has(blob)) blobs.set(blob, { commit, path });
  }
  return blobs;
}

/** Takes one object out of what `git cat-file --batch` wrote; null where it is not whole yet. */
function takeObject(buffer) {
  const headEnd = buffer.indexOf(10);
  if (headEnd < 0) return null;
  const size = Number(buffer.toString('latin1', 0, headEnd).split(' ')[2]);
  const end = headEnd + 1 + size;
  if (buffer.length <= end) return null;
  return { content: buffer.subarray(headEnd + 1, end), rest: buffer.subarray(end + 1) };
}

async function* contents(root, ids) {
  const child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(ids.map((id) => `${id}\n`).join(''));
  let pending = [];
  for await (const chunk of child.stdout) {
    let buffer = Buffer.concat([...pending, chunk]);
    for (let object = takeObject(buffer); object !== null; object = takeObject(buffer)) {
      yield object.content;
      buffer = object.rest;
    }
    pending = [buffer];
  }
}

/** Scans the history of a repository: `commit:path:line: kind` for each finding, and how much was read. */
export async function scanHistory(root) {
  const blobs = blobsOf(root);
  const places = [...blobs.values()];
  const findings = [];
  let at = 0;
  for await (const content of contents(root, [...blobs.keys()])) {
    const { commit, path } = places[at++];
    if (content.length > MAX_BLOB_BYTES || content.subarray(0, 8000).includes(0)) continue;
    for (const { kind, line } of findSecrets(content.toString('utf8'))) {
      findings.push(`${commit.slice(0, 12)}:${path}:${line}: ${kind}`);
    }
  }
  if (at !== places.length) throw new Error(`git gave ${at} of ${places.length} files`);
  return { findings, files: places.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { findings, files } = await scanHistory(process.argv[2] ?? process.cwd());
  process.stdout.write(
    [...findings, `${files} file versions read, ${findings.length} secrets found`, ''].join('\n'),
  );
  if (findings.length > 0) process.exitCode = 1;
}
