import { z } from 'zod';
import { readConfig } from '../../adapters/document/check-config.ts';
import { StartError } from '../../app-options.ts';
import { PeopleCounts, PlannedPerson } from '../../contract/people.ts';
import { PLATFORMS } from '../../platforms/registry.ts';
import { clientHost } from './configured-proxy.ts';
import type { Invocation } from './invocation.ts';
import type { PeopleResult } from './people-report.ts';
import { locations, readSetting } from './settings.ts';
import type { Terminal } from './terminal.ts';

const DEFAULT_PORT = 8002;

const Answer = z.object({
  done: z.boolean(),
  counts: PeopleCounts,
  new_groups: z.array(z.string()),
  rows: z.array(PlannedPerson),
  hand_out: z.string().nullable(),
});

const Refused = z.object({
  error: z.object({
    message: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});

/** Where the console of the program on this data folder is, by option, environment or configuration. */
async function consoleUrl(invocation: Invocation, terminal: Terminal): Promise<string> {
  const { document } = await readConfig({ ...locations(invocation, terminal), platforms: PLATFORMS });
  const configured = document?.system.console;
  const host = readSetting('console-host', invocation, terminal) ?? configured?.host ?? 'localhost';
  const port = readSetting('console-port', invocation, terminal) ?? configured?.port ?? DEFAULT_PORT;
  return `${configured?.tls === undefined ? 'http' : 'https'}://${clientHost(host)}:${port}`;
}

function refusalOf(body: unknown, status: number): StartError {
  const refused = Refused.safeParse(body);
  if (!refused.success) return new StartError(`the console answered with status ${status}`);
  const { message, issues = [] } = refused.data.error;
  const lines = issues.map(({ path, message: words }) => (path === '' ? words : `${path}: ${words}`));
  return new StartError(lines.length > 1 ? lines.join('\n') : message);
}

/**
 * Has a running program take people in, over its console.
 * @param body as `POST /api/v1/users/import` takes it
 * @param pid of the program, for what is said where there is no token
 * @throws StartError with what the console says
 */
export async function askRunning(
  body: object,
  pid: number | null,
  invocation: Invocation,
  terminal: Terminal,
): Promise<PeopleResult> {
  const token = readSetting('admin-token', invocation, terminal);
  const url = await consoleUrl(invocation, terminal);
  if (token === undefined) {
    throw new StartError(
      `AIProxy (process ${pid ?? 'unknown'}) is running on this data folder: set AIPROXY_ADMIN_TOKEN to its admin token, so that its console at ${url} can be asked`,
    );
  }
  const response = await fetch(`${url}/api/v1/users/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
  }).catch((error: unknown) => {
    throw new StartError(`the console at ${url} cannot be reached; say where it is with --console-port`, {
      cause: error,
    });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refusalOf(answer, response.status);
  return Answer.parse(answer);
}
