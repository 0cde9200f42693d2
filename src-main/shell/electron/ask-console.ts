import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** The console to ask, and the token of this run. */
export interface ConsoleAsked {
  readonly consoleUrl: string;
  readonly token: string;
}

/**
 * Asks the console of this same process for a change, so that it passes the same guards as the page's, and is audited.
 * @param path of the admin API, such as `/api/v1/pause`
 * @returns the status
 * @throws Error where nobody answers
 */
export function askConsole({ consoleUrl, token }: ConsoleAsked, path: string): Promise<number> {
  const url = new URL(path, consoleUrl);
  const headers = { authorization: `Bearer ${token}` };
  // This process holds the port, so a certificate proves nothing more.
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asked = send(
      url,
      { method: 'POST', headers, agent: false, rejectUnauthorized: false },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}
