import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { examinePort, type ListenerPlan } from '../../../src-main/adapters/doctor/ports.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { closedPort } from '../../support/closed-port.ts';
import { aDocument } from '../../support/document-fixtures.ts';
import { startGateway } from '../../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const plan = (port: number, over: Partial<ListenerPlan> = {}): ListenerPlan => ({
  name: 'proxy',
  host: 'localhost',
  port,
  tls: false,
  ...over,
});

/** Another program with a web server. @returns its port and pid */
async function otherProgram(): Promise<{ port: number; pid: number }> {
  const script =
    "const s=require('node:http').createServer((q,r)=>r.end('hello')).listen(0,'127.0.0.1',()=>console.log(s.address().port))";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUp.add(async () => {
    child.kill();
    await once(child, 'exit');
  });
  const [line] = await once(child.stdout, 'data');
  return { port: Number(line), pid: child.pid ?? 0 };
}

test('a free port is good, and any port is', async () => {
  const port = await closedPort();
  expect(await examinePort(plan(port), null)).toMatchObject({ severity: 'ok', found: 'free on localhost' });
  expect(await examinePort(plan(0), null)).toMatchObject({ severity: 'ok' });
});

test('a port that another program has is an error that names it', async () => {
  const { port, pid } = await otherProgram();
  const finding = await examinePort(plan(port), null);
  expect(finding).toMatchObject({ subject: `proxy port ${port}`, severity: 'error' });
  expect(finding.found).toMatch(new RegExp(`^in use by node.* \\(pid ${pid}\\)$`));
  expect(finding.remedy).toContain('--port');
});

test('AIProxy itself is recognised at both of its ports, and another AIProxy told apart from it', async () => {
  const gateway = cleanUp.closing(await startGateway(aDocument({})));
  const consolePort = Number(new URL(gateway.consoleUrl).port);
  for (const own of [plan(gateway.port), plan(consolePort, { name: 'console' })]) {
    expect(await examinePort(own, process.pid)).toMatchObject({
      severity: 'ok',
      found: expect.stringContaining('AIProxy itself'),
    });
    expect(await examinePort(own, null)).toMatchObject({
      severity: 'warning',
      found: expect.stringContaining('another AIProxy'),
    });
  }
});

test('an address that this computer does not have is an error', async () => {
  expect(await examinePort(plan(await closedPort(), { host: '192.0.2.1' }), null)).toMatchObject({
    severity: 'error',
    remedy: expect.stringContaining('--host'),
  });
});
