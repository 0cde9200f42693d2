// electron-builder's hook between packing and signing: writes the fuses of Electron 45 that electron-builder 26 has no name
// for, and refuses a runtime that has fuses on which nobody decided.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where fuses stand in a binary (Electron's docs/tutorial/fuses.md): this mark, a version, how many, a digit for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const VERSION = 1;

/** How many fuses `electronFuses` in electron-builder.yml can name. */
const NAMED = 8;

/** The fuses behind those, in their order, and whether each is on. */
export const FURTHER_FUSES = [
  // WebAssembly's bounds are guarded by the processor, not checked at every access (electron/electron#48983).
  ['WasmTrapHandlers', true],
];

/** Writes the further fuses into every copy of the wire: a universal binary of macOS has two. */
export function writeFurtherFuses(binary) {
  let at = binary.indexOf(SENTINEL);
  if (at === -1) throw new Error('there are no fuses in this runtime');
  for (; at !== -1; at = binary.indexOf(SENTINEL, at + SENTINEL.length)) {
    const [version, count] = binary.subarray(at + SENTINEL.length);
    const most = NAMED + FURTHER_FUSES.length;
    if (version !== VERSION || count > most)
      throw new Error(`this runtime has ${count} fuses of version ${version}, of which ${most} were decided`);
    for (const [index, [, isOn]] of FURTHER_FUSES.slice(0, Math.max(0, count - NAMED)).entries())
      binary.write(isOn ? '1' : '0', at + SENTINEL.length + 2 + NAMED + index, 'latin1');
  }
  return binary;
}

/** The file that holds the fuses. */
function fuseFile({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  const framework = 'Electron Framework';
  if (electronPlatformName === 'darwin')
    return join(appOutDir, `${name}.app`, 'Contents', 'Frameworks', `${framework}.framework`, framework);
  return join(appOutDir, electronPlatformName === 'win32' ? `${name}.exe` : packager.executableName);
}

export default function afterPack(context) {
  const file = fuseFile(context);
  writeFileSync(file, writeFurtherFuses(readFileSync(file)));
}
