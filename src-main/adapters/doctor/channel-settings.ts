import type { Channel } from '../../contract/document.ts';
import type { CompiledChannel } from '../../core/compiled-channel.ts';
import { meantAddress } from '../../core/pasted-address.ts';
import type { Platform } from '../../core/platform.ts';
import { envNameOf, resolveEnv } from '../../core/secret-reference.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Every `env:NAME` of a channel. */
function referencesOf(channel: Channel): string[] {
  const { base_url, websocket_url, api_key, api_keys = [], outbound_proxy } = channel;
  const written = [base_url, websocket_url, api_key, ...api_keys, outbound_proxy];
  return written.filter((value) => value !== undefined && envNameOf(value) !== null) as string[];
}

const OPERATION_AT_END =
  /\/(?:chat\/completions|completions|embeddings|responses|messages|models|images\/generations|[^/]+:\w+)\/?$/;
const REPEATED = /\/([^/]+)\/\1(?=\/|$)/;

/** What looks like a slip of the pen in an address. @returns what it is and what to write, or `null` */
export function addressSlip(
  written: string,
  ownPrefixes: readonly string[],
): readonly [string, string] | null {
  const meant = meantAddress(written);
  if (!URL.canParse(meant)) return null;
  const { pathname, search, hash, searchParams } = new URL(meant);
  const operation = OPERATION_AT_END.exec(pathname)?.[0];
  const repeated = REPEATED.exec(pathname);
  if (operation !== undefined)
    return [
      `base_url ends in ${operation}, which is left out because the request's own path follows it`,
      'Leave that end out of base_url.',
    ];
  if (repeated !== null) return [`base_url says /${repeated[1]} twice`, `Write /${repeated[1]} once.`];
  if ((search !== '' && !searchParams.has('api-version')) || hash !== '')
    return ['base_url has a query or fragment, which is not sent', 'Leave out what follows the path.'];
  if (ownPrefixes.some((prefix) => pathname.replace(/\/+$/, '').endsWith(prefix + prefix)))
    return ['base_url names the path of the API twice', 'Write it once, or leave it out.'];
  return null;
}

function examineHost(
  { id, platform, base }: CompiledChannel,
  recognise: (hostname: string) => Platform | undefined,
): DoctorFinding[] {
  const known = recognise(base.hostname);
  if (known === undefined || known.dialect === platform.dialect) return [];
  if (platform.id === 'custom' || platform.id === 'openai_compatible') return [];
  return [
    findingsAbout('channels', `channel ${id}`).warning(
      `${base.hostname} is ${known.label}'s address, and the channel says platform: ${platform.id}`,
      `Write platform: ${known.id}, or correct base_url.`,
    ),
  ];
}

/**
 * What can be told of an active channel without asking anybody: variables that are not set, slips in its address.
 * @param recognise the platform that lives at a host name
 */
export function examineSettings(
  compiled: CompiledChannel,
  env: Env,
  recognise: (hostname: string) => Platform | undefined,
): DoctorFinding[] {
  const { id, channel, platform, fault } = compiled;
  const about = findingsAbout('channels', `channel ${id}`);
  const unset = referencesOf(channel).filter((reference) => resolveEnv(reference, env) === null);
  if (unset.length > 0) {
    const names = unset.map((reference) => envNameOf(reference)).join(', ');
    return [
      about.error(
        `${names} ${unset.length === 1 ? 'is' : 'are'} not set in this environment`,
        'Export it before AIProxy starts; if AIProxy runs as a service, only that service needs it.',
      ),
    ];
  }
  if (fault !== null) return [about.error(fault, 'Correct the channel, or disable it.')];
  const slip = addressSlip(resolveEnv(channel.base_url ?? '', env) ?? '', platform.basePrefixes);
  const slips = slip === null ? [] : [about.warning(...slip)];
  const needsKey = platform.baseUrl !== null && !platform.allowPrivate;
  const keyless = needsKey && compiled.keys.length === 0 && compiled.headers === null;
  const keys = keyless
    ? [about.warning(`it has no api_key, which ${platform.label} asks for`, 'Add api_key to the channel.')]
    : [];
  return [...slips, ...keys, ...examineHost(compiled, recognise)];
}
