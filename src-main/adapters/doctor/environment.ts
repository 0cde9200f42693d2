import { type DoctorFinding, findingsAbout } from './finding.ts';

type Env = Readonly<Record<string, string | undefined>>;

const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'] as const;
const about = (name: string) => findingsAbout('environment', name);

/** Both spellings of a variable, those that are set. */
const spellings = (env: Env, name: string): [string, string][] =>
  [name, name.toLowerCase()].flatMap((spelling) => {
    const value = env[spelling]?.trim();
    return value === undefined || value === '' ? [] : [[spelling, value] as [string, string]];
  });

function urlOf(value: string): URL | null {
  const text = value.includes('://') ? value : `http://${value}`;
  return URL.canParse(text) ? new URL(text) : null;
}

const bare = (hostname: string): string => hostname.toLowerCase().replace(/^\[|\]$/g, '');

/** Whether an address leads to the proxy's own port on this computer. */
const leadsHere = (url: URL, port: number): boolean =>
  LOCAL_NAMES.some((name) => name === bare(url.hostname)) && Number(url.port || 80) === port;

/** The names of this computer that `NO_PROXY` leaves to the proxy; an entry may have a port or a leading dot. */
function notExempt(env: Env): string[] {
  const entries = spellings(env, 'NO_PROXY')
    .flatMap(([, value]) => value.split(/[\s,]+/))
    .map((entry) =>
      entry
        .toLowerCase()
        .replace(/^\*?\./, '')
        .replace(/^\[?([^\]]*?)\]?(?::\d+)?$/, '$1'),
    );
  if (entries.includes('*')) return [];
  // Few programs understand ::1 here, and http://localhost is tried by name first.
  return LOCAL_NAMES.slice(0, 2).filter((name) => !entries.includes(name));
}

function examineProxy(name: string, value: string, env: Env, port: number): DoctorFinding {
  const url = urlOf(value);
  if (url === null) return about(name).warning('is not an address', `Unset ${name}, or correct it.`);
  // Not the whole value: it may hold a password.
  const where = url.host;
  if (leadsHere(url, port)) {
    return about(name).error(
      `points at AIProxy itself (${where}), which is a gateway and no forward proxy: every program here that honours it fails`,
      `Unset ${name}, and point the SDKs here with their base URL instead: aiproxy env.`,
    );
  }
  if (/^https_proxy$/i.test(name)) {
    return about(name).info(
      `${where} is for https addresses: AIProxy's own traffic to the platforms does not go through it`,
      'Nothing to do unless the platforms can be reached only through that proxy.',
    );
  }
  const missing = notExempt(env);
  if (missing.length === 0)
    return about(name).ok(`${where}; NO_PROXY keeps this computer's own names out of it`);
  return about(name).warning(
    `programs that honour it ask ${where} for ${missing.join(' and ')}, and so pass AIProxy by`,
    'Set NO_PROXY and no_proxy to localhost,127.0.0.1,::1 where those programs are started.',
  );
}

/** Proxy variables that lead an SDK's local traffic elsewhere, or back into AIProxy. @param port the proxy's own */
export function examineProxyVariables(env: Env, port: number): DoctorFinding[] {
  const found = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => spellings(env, name));
  if (found.length === 0) return [about('proxy variables').ok('none is set')];
  return found.map(([name, value]) => examineProxy(name, value, env, port));
}

const SDKS = [
  { sdk: 'openai', base: 'OPENAI_BASE_URL', keys: ['OPENAI_API_KEY'] },
  { sdk: 'anthropic', base: 'ANTHROPIC_BASE_URL', keys: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'] },
  { sdk: 'gemini', base: 'GOOGLE_GEMINI_BASE_URL', keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'] },
  { sdk: 'dashscope', base: 'DASHSCOPE_HTTP_BASE_URL', keys: ['DASHSCOPE_API_KEY'] },
] as const;

/** SDK variables of this shell that pass AIProxy by: the key is there, the address leads elsewhere. */
export function examineSdkVariables(env: Env, port: number): DoctorFinding[] {
  return SDKS.flatMap(({ sdk, base, keys }) => {
    const key = keys.find((name) => (env[name] ?? '') !== '');
    const url = urlOf(env[base] ?? '');
    if ((env[base] ?? '') !== '' && url !== null) {
      return leadsHere(url, port)
        ? [about(base).ok('points here')]
        : [
            about(base).info(
              `points at ${url.host}, not at this AIProxy`,
              `To use this one: aiproxy env --sdk ${sdk}.`,
            ),
          ];
    }
    if (key === undefined) return [];
    const found = `${key} is set and ${base} is not: the SDK asks the platform itself, past AIProxy`;
    return [about(base).info(found, `To lead it here in this shell: aiproxy env --sdk ${sdk}.`)];
  });
}
