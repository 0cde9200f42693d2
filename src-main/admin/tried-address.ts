import type { Channel } from '../contract/document.ts';
import { meantAddress } from '../core/pasted-address.ts';

/** Where a key was to be sent, for the audit log; user information in an address is no part of it. */
export function addressOf({ platform, base_url }: Channel): { platform: string; address: string | null } {
  const url = base_url === undefined ? '' : meantAddress(base_url);
  return { platform, address: URL.canParse(url) ? new URL(url).host : null };
}
