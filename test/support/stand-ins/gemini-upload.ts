import { createHash, type Hash } from 'node:crypto';
import type { Exchange } from '../stand-in.ts';
import { geminiError } from './gemini-errors.ts';
import type { UploadedFile } from './openai-files.ts';
import { isObject, parseObject, stringOf } from './request-json.ts';

interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly hash: Hash;
  sizeBytes: number;
}

/** The resumable uploads of one stand-in: `start`, then `upload` in order, at last `upload, finalize`. */
export interface Uploads {
  readonly files: readonly UploadedFile[];
  handle(exchange: Exchange): void;
}

function fileResource({ url }: Exchange, upload: Upload, sha256: string, number: number): object {
  return {
    name: `files/stand-in-${number}`,
    displayName: upload.name,
    mimeType: upload.mimeType,
    sizeBytes: String(upload.sizeBytes),
    createTime: '2026-01-01T00:00:00Z',
    updateTime: '2026-01-01T00:00:00Z',
    sha256Hash: Buffer.from(sha256).toString('base64'),
    uri: `${url}/v1beta/files/stand-in-${number}`,
    state: 'ACTIVE',
    source: 'UPLOADED',
  };
}

/** Keeps the state of resumable uploads. */
export function createUploads(): Uploads {
  const files: UploadedFile[] = [];
  const open = new Map<string, Upload>();

  const start = (exchange: Exchange): void => {
    const { file } = parseObject(exchange.body) ?? {};
    // JSON of protocol buffers knows both spellings, and the SDKs do not agree.
    const name = isObject(file) ? stringOf(file, 'displayName') || stringOf(file, 'display_name') : '';
    const mimeType = exchange.seen.header('x-goog-upload-header-content-type')[0] ?? '';
    const id = `upload-${open.size + files.length + 1}`;
    open.set(id, { name, mimeType, hash: createHash('sha256'), sizeBytes: 0 });
    exchange.answer.send(200, '', {
      'x-goog-upload-status': 'active',
      'x-goog-upload-url': `${exchange.url}${exchange.seen.path}?upload_id=${id}&upload_protocol=resumable`,
      'x-goog-upload-chunk-granularity': '262144',
    });
  };

  const append = (exchange: Exchange, id: string, upload: Upload, last: boolean): void => {
    upload.hash.update(exchange.body);
    upload.sizeBytes += exchange.body.length;
    if (!last) {
      exchange.answer.send(200, '', { 'x-goog-upload-status': 'active' });
      return;
    }
    open.delete(id);
    const sha256 = upload.hash.digest('hex');
    files.push({ name: upload.name, sizeBytes: upload.sizeBytes, sha256 });
    const file = fileResource(exchange, upload, sha256, files.length);
    exchange.answer.json(200, { file }, { 'x-goog-upload-status': 'final' });
  };

  return {
    files,
    handle(exchange) {
      const { seen } = exchange;
      const command = seen.header('x-goog-upload-command')[0] ?? '';
      if (command === 'start') return start(exchange);
      const id = seen.query.get('upload_id') ?? '';
      const upload = open.get(id);
      const offset = Number(seen.header('x-goog-upload-offset')[0]);
      if (upload === undefined) return geminiError(exchange, 404, `No upload ${id}.`);
      if (offset !== upload.sizeBytes)
        return geminiError(exchange, 400, `Offset ${offset} is not the next one.`);
      return append(exchange, id, upload, /finalize/.test(command));
    },
  };
}
