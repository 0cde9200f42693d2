import type { Tool } from './snippets/snippet.ts';

/** What has to be known of a channel here. */
interface Channel {
  readonly id: string;
  readonly platform: string;
  readonly models: readonly string[];
}

/** Platforms that pass on whatever is sent: to another gateway, or to something of the admin's own. */
const ANYTHING: ReadonlySet<string> = new Set(['aiproxy', 'custom']);

/** Whether a tool's requests can be answered by a platform. */
export function isFitting(tool: Tool, platform: string): boolean {
  if (ANYTHING.has(platform)) return true;
  switch (tool) {
    case 'anthropic':
    case 'gemini':
    case 'dashscope':
      return platform === tool;
    case 'openai':
      return platform !== 'anthropic';
    case 'curl':
    case 'environment':
      return true;
  }
}

/**
 * The channel that a tool's requests go to, best first among those that fit.
 * @param chosen an id; `''` where the reader chose none
 */
export function channelFor<C extends Channel>(tool: Tool, channels: readonly C[], chosen: string): C | null {
  const named = channels.find(({ id }) => id === chosen);
  return named ?? channels.find(({ platform }) => isFitting(tool, platform)) ?? null;
}
