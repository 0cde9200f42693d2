import { describe, expect, it } from 'vitest';
import { multipartField } from '../../src-main/core/multipart-field.ts';
import { growth, LINEAR } from '../support/growth.ts';

const TYPE = 'multipart/form-data; boundary=XyZ';

function form(...parts: readonly (readonly [head: string, value: string])[]): Buffer {
  const text = parts.map(([head, value]) => `--XyZ\r\n${head}\r\n\r\n${value}\r\n`).join('');
  return Buffer.from(`${text}--XyZ--\r\n`);
}

const named = (name: string): string => `Content-Disposition: form-data; name="${name}"`;
const modelIn = (bytes: Uint8Array, type = TYPE) => multipartField(bytes, type, 'model');

describe('a field of a multipart form', () => {
  it.each([
    ['alone', form([named('model'), 'whisper-1'])],
    [
      'behind a file',
      form(
        [`${named('file')}; filename="a.mp3"\r\nContent-Type: audio/mpeg`, 'ID3\0\r\n\r\nmodel'],
        [named('model'), 'whisper-1'],
      ),
    ],
    ['before others', form([named('model'), 'whisper-1'], [named('language'), 'zh'])],
    ['with a name without quotes', form(['content-disposition: form-data; name=model', 'whisper-1'])],
    ['with more headers', form([`Content-Type: text/plain\r\n${named('model')}`, 'whisper-1'])],
    [
      'where a file name looks like it',
      form([`${named('file')}; filename="name=model"`, 'x'], [named('model'), 'whisper-1']),
    ],
  ])('is read: %s', (_, bytes) => expect(modelIn(bytes)).toBe('whisper-1'));

  it.each([
    ['missing', form([named('file'), 'x'])],
    ['there twice', form([named('model'), 'a'], [named('model'), 'b'])],
    ['empty', form([named('model'), ''])],
    ['too long to be one', form([named('model'), 'm'.repeat(2_000)])],
    ['text in another', form([named('prompt'), `${named('model')}\r\n\r\nwhisper-1`])],
    ['called otherwise', form([named('Model'), 'a'], [named('models'), 'b'])],
  ])('is none where it is %s', (_, bytes) => expect(modelIn(bytes)).toBeNull());

  it('is found by the boundary of the header, also in quotes', () => {
    const bytes = form([named('model'), '模型']);
    expect(modelIn(bytes, 'multipart/form-data; charset=utf-8; boundary="XyZ"')).toBe('模型');
    expect(modelIn(bytes, 'multipart/form-data')).toBeNull();
    expect(modelIn(bytes, 'multipart/form-data; boundary=other')).toBeNull();
  });

  it.each([
    [70, 'whisper-1'],
    [71, null],
  ])('is read by a boundary of %i characters: %j', (length, expected) => {
    const boundary = 'b'.repeat(length);
    const text = `--${boundary}\r\n${named('model')}\r\n\r\nwhisper-1\r\n--${boundary}--\r\n`;
    expect(modelIn(Buffer.from(text), `multipart/form-data; boundary=${boundary}`)).toBe(expected);
  });

  it('is none in a form of more parts than anybody sends', () => {
    const others = Array.from({ length: 300 }, () => [named('x'), ''] as const);
    expect(modelIn(form([named('model'), 'whisper-1'], ...others))).toBeNull();
  });

  it.each([
    ['a boundary of thousands of dashes', (size: number) => `${'-'.repeat(size / 300)}X`, '-', 250_000],
    ['a boundary that the body nearly repeats', () => `${'-'.repeat(69)}X`, '-', 4_000_000],
    ['a body of nothing but boundaries', () => 'X', '--X', 4_000_000],
  ])('is looked for in time that follows the length: %s', (_, boundary, filled, size) => {
    const looking = (length: number) => {
      const bytes = Buffer.alloc(length, filled);
      return () => expect(modelIn(bytes, `multipart/form-data; boundary=${boundary(length)}`)).toBeNull();
    };
    expect(growth(looking, size)).toBeLessThan(LINEAR);
  });
});
