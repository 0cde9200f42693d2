import type { Platform } from '../core/platform.ts';
import { aiproxy } from './aiproxy.ts';
import { anthropic } from './anthropic.ts';
import { azure } from './azure.ts';
import { custom } from './custom.ts';
import { dashscope } from './dashscope.ts';
import { gemini } from './gemini.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { openaiCompatible } from './openai-compatible.ts';

/** Every platform AIProxy knows. A new one is a file beside this one and a line here. */
export const PLATFORMS: readonly Platform[] = [
  openai,
  anthropic,
  gemini,
  azure,
  dashscope,
  ollama,
  openaiCompatible,
  aiproxy,
  custom,
];

const BY_NAME: ReadonlyMap<string, Platform> = new Map(
  PLATFORMS.flatMap((platform) => [platform.id, ...platform.aliases].map((name) => [name, platform])),
);

/** The platform of that id or alias. */
export const platformOf = (name: string): Platform | undefined => BY_NAME.get(name);

/** All ids and aliases. */
export const platformNames = (): string[] => [...BY_NAME.keys()];
