import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ROOT } from './run-script.ts';

const read = (name: string): Promise<Buffer> => readFile(`${ROOT}build/${name}`);

/** The edge of a square PNG (its IHDR, RFC 2083 §4.1.1). @throws where it is none */
function edgeOf(png: Buffer): number {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect(width).toBe(height);
  return width;
}

test('the icon of Windows holds each size that its directory names', async () => {
  const ico = await read('icon.ico');
  const edges = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const [size, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
    const edge = edgeOf(ico.subarray(offset, offset + size));
    expect(ico.readUInt8(at)).toBe(edge % 256);
    return edge;
  });
  expect(edges).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

test('the icon of macOS holds each type in the size that belongs to it', async () => {
  const icns = await read('icon.icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const types: string[] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const type = icns.subarray(at, at + 4).toString('latin1');
    types.push(`${type} ${edgeOf(icns.subarray(at + 8))}`);
  }
  expect(types).toEqual('ic11 32,ic12 64,ic07 128,ic13 256,ic08 256,ic14 512,ic09 512,ic10 1024'.split(','));
});

test('the icons of Linux and of the tray are as large as their names say', async () => {
  for (const edge of [16, 32, 48, 64, 128, 256, 512])
    expect(edgeOf(await read(`icons/${edge}x${edge}.png`))).toBe(edge);
  for (const name of ['tray', 'trayTemplate']) {
    expect(edgeOf(await read(`tray/${name}.png`))).toBe(16);
    expect(edgeOf(await read(`tray/${name}@2x.png`))).toBe(32);
  }
});
