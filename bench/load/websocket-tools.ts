import { join } from 'node:path';
import { type Child, runToEnd, startChild } from '../children.ts';
import type { BenchContext } from '../context.ts';
import { CHANNEL_KEY, type Target } from '../target.ts';

/** The two C programs in `websocket/`, compiled: Node would be slower than what is measured. */
export interface WebSocketTools {
  readonly load: string;
  readonly echo: string;
}

/** A run of the load generator. */
export interface WebSocketOrder {
  readonly connections: number;
  /** Of one message, in bytes. */
  readonly bytes: number;
  readonly kind: 'text' | 'binary';
  /** As fast as it goes, at a fixed rate, or waiting and then one message through each connection. */
  readonly mode: 'closed' | 'paced' | 'idle';
  readonly seconds: number;
  /** Where it is paced. */
  readonly messagesPerSecond: number;
}

/** What the load generator measured. */
export interface WebSocketFigures {
  /** That went through and came back as they were sent. */
  readonly messages: number;
  readonly seconds: number;
  /** Of the round trip; where paced from the moment a message was due. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Sent through an idle connection and not back in time. */
  readonly lost: number;
}

/** Compiles both. @throws Error with what the compiler said */
export async function compileTools(cc: string, workDir: string): Promise<WebSocketTools> {
  const compile = async (name: string) => {
    const binary = join(workDir, `websocket-${name}`);
    const source = join(import.meta.dirname, 'websocket', `${name}.c`);
    await runToEnd([cc, '-O2', '-Wall', '-Wextra', '-Werror', '-o', binary, source], { core: null });
    return binary;
  };
  return { load: await compile('load'), echo: await compile('echo') };
}

/** Starts the platform that sends every message back, to the channel's key only. */
export async function startEcho(
  { echo }: WebSocketTools,
  core: number | null,
): Promise<{ readonly port: number; readonly child: Child }> {
  const child = startChild([echo, CHANNEL_KEY], { core });
  const ready: { port: number } = JSON.parse(await child.line((line) => line.includes('"ready"'), 5000));
  return { port: ready.port, child };
}

/** The command for an order. */
export function loadCommand(
  { load }: WebSocketTools,
  target: Target,
  order: WebSocketOrder,
): readonly string[] {
  const { connections, bytes, kind, mode, seconds, messagesPerSecond } = order;
  const numbers = [seconds, messagesPerSecond].map(String);
  return [
    load,
    String(target.port),
    target.keys[0] ?? '',
    String(connections),
    String(bytes),
    kind,
    mode,
    ...numbers,
  ];
}

/** Carries out an order. @throws Error where a connection or an echo is not right, or the rate cannot be kept */
export async function runLoad(
  context: BenchContext,
  tools: WebSocketTools,
  target: Target,
  order: WebSocketOrder,
): Promise<WebSocketFigures> {
  return parseFigures(await runToEnd(loadCommand(tools, target, order), { core: context.loadCore }));
}

/** The line with the figures. @throws Error where there is none */
export function parseFigures(output: string): WebSocketFigures {
  const line = output.split('\n').find((one) => one.startsWith('{"messages"'));
  if (line === undefined) throw new Error(`no figures: ${output.slice(-200)}`);
  return JSON.parse(line);
}
