import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.venv-sdk', import.meta.url));
const STAMP = join(FOLDER, 'made-from');
/** What `requirements.txt` was resolved for. */
const OLDEST_PYTHON = [3, 11] as const;
const SYSTEM_PYTHON = process.platform === 'win32' ? 'python' : 'python3';

/** Its version as it stands in the stamp: `3.11`. @throws Error where there is none, or too old a one */
function pythonVersion(): string {
  const print = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const version = execFileSync(SYSTEM_PYTHON, ['-c', print], { encoding: 'utf8' }).trim();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== OLDEST_PYTHON[0] || minor < OLDEST_PYTHON[1])
    throw new Error(`the Python SDKs need Python ${OLDEST_PYTHON.join('.')} or newer; this is ${version}`);
  return version;
}

/**
 * The Python of a virtual environment that holds exactly what `requirements.txt` names, each file by its hash. Made
 * where it is missing, or where Python or the requirements are others than it was made with.
 */
export function pythonWithSdks(): string {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const wanted = `Python ${pythonVersion()}, requirements ${hash}\n`;
  const windows = process.platform === 'win32';
  const python = join(FOLDER, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return python;
  process.stderr.write('Installing the Python SDKs into .venv-sdk\n');
  rmSync(FOLDER, { recursive: true, force: true });
  execFileSync(SYSTEM_PYTHON, ['-m', 'venv', FOLDER], { stdio: 'inherit' });
  const exactly = ['--require-hashes', '--only-binary', ':all:', '--requirement', REQUIREMENTS];
  const quietly = ['--quiet', '--disable-pip-version-check'];
  execFileSync(python, ['-m', 'pip', 'install', ...quietly, ...exactly], { stdio: 'inherit' });
  writeFileSync(STAMP, wanted);
  return python;
}
