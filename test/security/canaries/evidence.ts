import { readdir, readFile } from 'node:fs/promises';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { join } from 'node:path';

/** One answer as it came. */
export interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The answer shows a secret by design, where it is a success. */
  readonly shows?: boolean;
  /** An answer of the platform's own repeats what it was sent; only what AIProxy says itself counts. */
  readonly repeated?: boolean;
}

/** Everything the program has said and written. */
export class Evidence {
  readonly #texts: [where: string, text: string][] = [];

  get texts(): readonly (readonly [where: string, text: string])[] {
    return this.#texts;
  }

  add(where: string, text: string): void {
    this.#texts.push([where, text]);
  }

  /** Asks, and keeps the whole answer. @param path byte for byte */
  async ask(
    base: string,
    path: string,
    { method = 'GET', headers = {}, body, shows = false, repeated = false }: Asked = {},
  ): Promise<Heard> {
    const { protocol, hostname, port } = new URL(base);
    const send = protocol === 'https:' ? tlsRequest : plainRequest;
    const heard = await new Promise<Heard>((resolve, reject) => {
      // The certificate is the test's own; checking it is other tests' matter.
      const options = { hostname, port, path, method, headers, rejectUnauthorized: false };
      const request = send(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0 } = response;
          resolve({ status, headers: response.headers, body: Buffer.concat(chunks).toString() });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
    const isOurs = heard.headers['x-aiproxy-error-source'] === 'gateway';
    if (!(shows && heard.status < 300) && !(repeated && !isOurs))
      this.add(`${method} ${path} -> ${heard.status}`, `${JSON.stringify(heard.headers)}\n${heard.body}`);
    return heard;
  }

  /** Reads what was written below a folder. @param leaveOut its folders that hold secrets by design */
  async readFolder(folder: string, leaveOut: readonly string[]): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(folder.length + 1);
      if (!leaveOut.some((out) => name.startsWith(`${out}/`))) this.add(name, await readFile(path, 'utf8'));
    }
  }
}
