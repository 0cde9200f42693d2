import { posixWord } from '../../../../src-main/contract/shell-lines.ts';
import type { SnippetFacts } from './facts.ts';

const JSON_TYPE = 'Content-Type: application/json';
const ANTHROPIC_VERSION = 'anthropic-version: 2023-06-01';

/** For a POSIX shell, in the language of the channel's platform. */
export function curlLine({ url, key, model, platform }: SnippetFacts): string {
  const isAnthropic = platform === 'anthropic';
  const messages = [{ role: 'user', content: 'Hello!' }];
  const body = isAnthropic ? { model, max_tokens: 100, messages } : { model, messages };
  const headers = [`Authorization: Bearer ${key}`, JSON_TYPE, ...(isAnthropic ? [ANTHROPIC_VERSION] : [])];
  return [
    `curl ${posixWord(`${url}/v1/${isAnthropic ? 'messages' : 'chat/completions'}`)}`,
    ...headers.map((header) => `-H ${posixWord(header)}`),
    `-d ${posixWord(JSON.stringify(body))}`,
  ].join(' \\\n  ');
}
