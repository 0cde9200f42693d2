import { createServer, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { BindError, bind, unbind } from '../bind.ts';
import { portHolder } from '../port-holder.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

/** One of the two listeners, as it would be opened. */
export interface ListenerPlan {
  readonly name: 'proxy' | 'console';
  /** An address, or `localhost` for both loopback addresses. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

const ANSWER_MS = 2_000;
const LARGEST_ANSWER = 4_096;

/** Asks a local listener for a path. @returns its answer's headers and the beginning of its body; `null`: none */
function askLocal(plan: ListenerPlan, path: string): Promise<{ headers: string; body: string } | null> {
  const host = /^(?:localhost|0\.0\.0\.0|::)$/.test(plan.host) ? '127.0.0.1' : plan.host;
  return new Promise((resolve) => {
    const options = { host, port: plan.port, path, timeout: ANSWER_MS, agent: false } as const;
    // It is our own listener that is looked for, whatever its certificate; nothing secret is sent.
    const asking = plan.tls ? requestTls({ ...options, rejectUnauthorized: false }) : request(options);
    const settle = (answer: { headers: string; body: string } | null): void => {
      resolve(answer);
      asking.destroy();
    };
    asking.once('timeout', () => settle(null)).once('error', () => settle(null));
    asking.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
        if (body.length > LARGEST_ANSWER) settle({ headers: Object.keys(response.headers).join(), body });
      });
      response.once('end', () => settle({ headers: Object.keys(response.headers).join(), body }));
      response.once('error', () => settle(null));
    });
    asking.end();
  });
}

/** Whether it is AIProxy that listens there: by an answer that nothing else gives. */
async function isAiproxy(plan: ListenerPlan): Promise<boolean> {
  if (plan.name === 'proxy') {
    const answer = await askLocal(plan, '/health');
    return answer?.headers.includes('x-aiproxy-request-id') === true && answer.body.includes('"status"');
  }
  return (await askLocal(plan, '/api/v1/status'))?.body.includes('missing_admin_token') === true;
}

async function heldPort(plan: ListenerPlan, folderPid: number | null): Promise<DoctorFinding> {
  const about = findingsAbout('ports', `${plan.name} port ${plan.port}`);
  const [holder, own] = await Promise.all([portHolder(plan.port), isAiproxy(plan)]);
  const option = plan.name === 'proxy' ? '--port' : '--console-port';
  const who = holder ?? 'a program that the system does not name';
  if (!own)
    return about.error(`in use by ${who}`, `Stop that program, or choose another port with ${option}.`);
  if (folderPid !== null && (holder === null || holder.endsWith(`(pid ${folderPid})`)))
    return about.ok(`AIProxy itself serves there: ${who}`);
  return about.warning(
    `another AIProxy serves there, with another data folder: ${who}`,
    `Stop it, or choose another port with ${option}.`,
  );
}

/**
 * Whether a listener's port can be had, and who has it otherwise.
 * @param folderPid the process that uses the data folder, or `null`
 */
export async function examinePort(plan: ListenerPlan, folderPid: number | null): Promise<DoctorFinding> {
  const about = findingsAbout('ports', `${plan.name} port ${plan.port}`);
  if (plan.port === 0) return about.ok('any free one will be taken');
  try {
    await unbind(await bind(() => createServer(), plan.host, plan.port), true);
    return about.ok(`free on ${plan.host}`);
  } catch (error) {
    if (!(error instanceof BindError)) throw error;
    if (error.code === 'EADDRINUSE') return heldPort(plan, folderPid);
    if (error.code === 'EACCES')
      return about.error('this user may not listen there', 'Choose a port above 1023.');
    return about.error(
      `cannot listen on ${error.host}: ${error.code}`,
      `Use an address of this computer, or localhost, as ${plan.name === 'proxy' ? '--host' : '--console-host'}.`,
    );
  }
}
