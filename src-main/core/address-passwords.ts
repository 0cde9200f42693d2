import type { Channel } from '../contract/document.ts';
import { meantAddress } from './pasted-address.ts';
import { resolveEnv } from './secret-reference.ts';

/** The passwords in a channel's addresses, as they are written and as they are meant. */
export function addressPasswords(
  { base_url, websocket_url, outbound_proxy }: Channel,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return [base_url, websocket_url, outbound_proxy].flatMap((address) => {
    const written = address === undefined ? null : resolveEnv(address, env);
    const url = written === null ? null : meantAddress(written);
    const password = url !== null && URL.canParse(url) ? new URL(url).password : '';
    return password === '' ? [] : [password, decoded(password)];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
