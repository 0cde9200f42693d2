import { credentialHeaders } from './admin-fetch.ts';
import { failureOf, unreachable } from './failure.ts';
import { endHere } from './session.ts';

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Sends a file to the admin API. (`fetch` does not tell how far an upload has come.)
 * @param onProgress is told the part that was sent, between 0 and 1
 * @returns the JSON of the answer
 * @throws ApiFailure
 */
export function upload(
  path: string,
  file: Blob,
  type: string,
  onProgress: (ratio: number) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', type);
    for (const [name, value] of Object.entries(credentialHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(unreachable());
    request.onload = () => {
      const body = jsonOf(request.responseText);
      if (request.status < 300) return resolve(body);
      if (request.status === 401) endHere();
      const retryAfter = request.getResponseHeader('retry-after');
      const headers = retryAfter === null ? {} : { 'retry-after': retryAfter };
      reject(failureOf(new Response(null, { status: request.status, headers }), body));
    };
    request.send(file);
  });
}
