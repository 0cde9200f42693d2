import { z } from 'zod';
import type { Operation } from '../core/operation.ts';
import type { Platform } from '../core/platform.ts';
import { openaiModels } from './model-lists.ts';
import { openaiChat } from './small-calls.ts';

/** Settings of a platform that has none of its own. */
export const NoSettings = z.looseObject({});

export const bearer = (apiKey: string): readonly [string, string] => ['authorization', `Bearer ${apiKey}`];

/** The canonical path itself: where OpenAI's paths live on platforms that copied them. */
export const samePlace = (operation: Operation): string => operation.path;

const DEFAULTS = {
  aliases: [],
  dialect: 'openai',
  baseUrl: null,
  basePrefixes: [],
  hosts: [],
  allowPrivate: false,
  credential: bearer,
  ownsPath: () => false,
  place: samePlace,
  modelInPath: false,
  streamUsage: false,
  endsWithDone: false,
  modelList: openaiModels('/v1/models'),
  smallCall: openaiChat('max_tokens'),
  speaksChat: true,
  usualModels: [],
  usualModelsByHost: {},
  exampleModels: [],
  ownHeaders: [],
  webSocket: true,
  settings: NoSettings,
} as const;

/** A platform from what sets it apart; left out, it behaves like an OpenAI-compatible server. */
export function definePlatform(platform: Pick<Platform, 'id' | 'label'> & Partial<Platform>): Platform {
  return { ...DEFAULTS, ...platform };
}
