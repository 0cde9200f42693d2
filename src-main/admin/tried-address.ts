import type { Channel } from '../contract/document.ts';

/** Where a key was to be sent, for the audit log; user information in an address is no part of it. */
export function addressOf({ platform, base_url }: Channel): { platform: string; address: string | null } {
  const isUrl = base_url !== undefined && URL.canParse(base_url);
  return { platform, address: isUrl ? new URL(base_url).host : null };
}
