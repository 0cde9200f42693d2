import { startAiproxy, startBaseline } from './contenders/aiproxy.ts';
import type { ContenderStart, Contenders, Running } from './contenders/contender.ts';
import { startMinimal } from './contenders/minimal.ts';
import { startNginxLua } from './contenders/nginx-lua.ts';
import { startPortkey } from './contenders/portkey.ts';
import type { ContenderName } from './options.ts';
import { CHAT_BODY, type Target } from './target.ts';

const CONTENDERS: Contenders = {
  aiproxy: startAiproxy,
  baseline: startBaseline,
  'nginx-lua': startNginxLua,
  minimal: startMinimal,
  portkey: startPortkey,
};

/** Starts these gateways, hands them over, and ends them whatever happens. */
export async function withLineup<T>(
  names: readonly ContenderName[],
  start: ContenderStart,
  use: (running: readonly Running[]) => Promise<T>,
): Promise<T> {
  const running: Running[] = [];
  try {
    for (const name of names) running.push(await CONTENDERS[name](start));
    for (const one of running) await proveKeySwap(one);
    return await use(running);
  } finally {
    for (const one of running) await one.stop();
  }
}

/** The gateways in an order that moves on with each round, so that none always comes after the same one. */
export function inTurn<T>(all: readonly T[], round: number): readonly T[] {
  const first = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** The upstream answers to the channel's key only, so a good answer proves the swap, and a wrong key has to fail. */
async function proveKeySwap({ name, target }: Running): Promise<void> {
  const good = await chat(target, target.keys[0] ?? '');
  if (good.status !== 200 || !good.text.includes('"chatcmpl-1"')) {
    throw new Error(`${name} does not work: ${good.status} ${good.text.slice(0, 300)}`);
  }
  const wrong = await chat(target, 'bench-unknown-key');
  if (wrong.status !== 401) throw new Error(`${name} answers ${wrong.status} to an unknown key`);
}

async function chat(
  target: Target,
  key: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { ...target.headers, authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const url = `http://127.0.0.1:${target.port}/v1/chat/completions`;
  const answer = await fetch(url, { method: 'POST', headers, body: CHAT_BODY });
  return { status: answer.status, text: await answer.text() };
}
