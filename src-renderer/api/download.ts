import { adminFetch } from './admin-fetch.ts';

/** How far a download has come. */
export interface DownloadProgress {
  readonly receivedBytes: number;
  /** `null` where the server does not know it beforehand. */
  readonly totalBytes: number | null;
}

/** The name in any script goes before the one in ASCII. @see RFC 6266 */
function nameOf(response: Response): string {
  const disposition = response.headers.get('content-disposition') ?? '';
  const exact = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  if (exact !== undefined) return decodeURIComponent(exact);
  return /filename="([^"]+)"/.exec(disposition)?.[1] ?? 'aiproxy';
}

async function read(response: Response, onProgress: (progress: DownloadProgress) => void): Promise<Blob> {
  const length = response.headers.get('content-length');
  const totalBytes = length === null ? null : Number(length);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let receivedBytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    receivedBytes += part.byteLength;
    onProgress({ receivedBytes, totalBytes });
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}

/** Hands a file to the browser, which keeps it, or asks where to (as the desktop does). */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this turn; a minute is more than it takes.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Downloads a file of the admin API under the name the server gives it.
 * @throws ApiFailure
 * @throws DOMException `AbortError` when `init.signal` ended it
 */
export async function download(
  path: string,
  init: RequestInit,
  onProgress: (progress: DownloadProgress) => void,
): Promise<string> {
  const response = await adminFetch(path, init);
  const name = nameOf(response);
  saveFile(await read(response, onProgress), name);
  return name;
}
