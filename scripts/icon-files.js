// Puts PNGs into the icon files of Windows and macOS. Both formats hold PNGs as they are.

/** Bytes of one entry of an .ico's directory, and of its head. */
const ICO_ENTRY = 16;
const ICO_HEAD = 6;

/** An .ico (ICONDIR and ICONDIRENTRY, as Windows Vista and later read them). @param pictures by edge in pixels, at most 256 */
export function icoOf(pictures) {
  const head = Buffer.alloc(ICO_HEAD + ICO_ENTRY * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { edge, png }] of pictures.entries()) {
    const at = ICO_HEAD + ICO_ENTRY * index;
    // 256 is written as 0.
    head.writeUInt8(edge % 256, at);
    head.writeUInt8(edge % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** The types of an .icns that hold PNGs, by edge in pixels; a size may stand for itself and for half of it at 2×. */
const ICNS_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

function chunk(type, data) {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(head.length + data.length, 4);
  return Buffer.concat([head, data]);
}

/** An .icns. @param pngs by edge in pixels */
export function icnsOf(pngs) {
  return chunk('icns', Buffer.concat(ICNS_TYPES.map(([type, edge]) => chunk(type, pngs.get(edge)))));
}
