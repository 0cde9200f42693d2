import { describe, expect, it } from 'vitest';
import { textOfBytes } from '../../../src-main/core/people/text-of-bytes.ts';

const TEXT = '姓名,E-mail\r\n张三,zhang@example.com\r\n';
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
/** 张三 in GBK. */
const GBK = Buffer.concat([Buffer.from('name\n'), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])]);

describe('the text of a spreadsheet’s file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 with the high byte first', utf16be(`\uFEFF${TEXT}`), 'utf-16be'],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
  ])('is read from %s', (_, bytes, encoding) => {
    expect(textOfBytes(bytes)).toEqual({ text: TEXT, encoding });
  });

  it('is read from GBK', () => {
    expect(textOfBytes(GBK)).toEqual({ text: 'name\n张三', encoding: 'gb18030' });
  });

  it('is none where the bytes are no text', () => {
    expect(textOfBytes(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0xff, 0xfe, 0xff]))).toBeNull();
  });
});
