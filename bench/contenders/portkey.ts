import { startChild } from '../children.ts';
import { freePort, untilListening } from '../free-port.ts';
import { CHANNEL_KEY } from '../target.ts';
import type { ContenderStart, Running } from './contender.ts';

/** Portkey's gateway from npm, with the server it is locked to: later ones break its streams. It keeps no keys: the client sends the platform's, and says where to go. */
export async function startPortkey(start: ContenderStart): Promise<Running> {
  const { portkey } = start.installed;
  if (!portkey) throw new Error('Portkey is not there');
  const port = await freePort();
  const command = [process.execPath, portkey, '--headless', `--port=${port}`];
  const child = startChild(command, { core: start.core, env: { NODE_ENV: 'production' } });
  await untilListening(port, 20_000);
  const headers = {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${start.upstreamPort}/v1`,
  };
  return {
    name: 'portkey',
    target: { port, keys: [CHANNEL_KEY], headers },
    pid: child.pid,
    stop: () => child.stop(),
  };
}
