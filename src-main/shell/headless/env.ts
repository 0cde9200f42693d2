import { z } from 'zod';
import { environmentLines, SDKS, type Sdk } from '../../contract/sdk-environment.ts';
import { SHELLS, type Shell, UnquotableValue } from '../../contract/shell-lines.ts';
import { proxyAddress } from './configured-proxy.ts';
import type { Invocation } from './invocation.ts';
import { EXIT, type Terminal, UsageError } from './terminal.ts';

const NO_KEY =
  'Note: without --key the key variables stay as they are; a platform key in one of them would be sent to AIProxy.\n';

function choice<T extends string>(invocation: Invocation, name: string, values: readonly T[]): T | undefined {
  const text = invocation.values[name];
  if (text === undefined) return undefined;
  const parsed = z.enum(values).safeParse(text);
  if (!parsed.success) throw new UsageError(`--${name} must be one of ${values.join(', ')}`);
  return parsed.data;
}

function linesOf(
  sdks: readonly Sdk[],
  settings: { readonly url: string; readonly key: string | undefined; readonly shell: Shell },
): readonly string[] {
  try {
    return sdks.flatMap((sdk) => environmentLines({ ...settings, sdk }));
  } catch (error) {
    throw error instanceof UnquotableValue ? new UsageError(`--key ${error.message}`) : error;
  }
}

/**
 * Prints the shell lines for one SDK, or for all of them: `eval "$(aiproxy env --key pk-...)"`.
 * @throws UsageError for an unknown SDK or shell, or a key the shell cannot quote
 */
export async function env(invocation: Invocation, terminal: Terminal): Promise<number> {
  const sdk = choice(invocation, 'sdk', SDKS);
  const shell =
    choice(invocation, 'shell', SHELLS) ?? (terminal.platform === 'win32' ? 'powershell' : 'posix');
  const url = await proxyAddress(invocation, terminal);
  const { key } = invocation.values;
  const lines = linesOf(sdk === undefined ? SDKS : [sdk], { url, key, shell });
  terminal.out(`${lines.join('\n')}\n`);
  if (key === undefined) terminal.err(NO_KEY);
  return EXIT.ok;
}
