import { assignment, removal, type Shell } from './shell-lines.ts';

/** The SDKs that read where they go from the environment. */
export const SDKS = ['openai', 'anthropic', 'gemini', 'dashscope'] as const;
export type Sdk = (typeof SDKS)[number];

/** The variables an SDK reads; `null` takes one away that would win over ours. */
type Variables = Readonly<Record<string, string | null>>;

/**
 * What each SDK's own source reads. The paths differ: OpenAI's client puts `/chat/completions` behind its base URL,
 * Anthropic's `/v1/messages`, Google's `/v1beta/...`.
 */
function addresses(sdk: Sdk, url: string): Variables {
  const websocket = url.replace(/^http/, 'ws');
  switch (sdk) {
    case 'openai':
      return { OPENAI_BASE_URL: `${url}/v1` };
    case 'anthropic':
      return { ANTHROPIC_BASE_URL: url };
    case 'gemini':
      return { GOOGLE_GEMINI_BASE_URL: url };
    case 'dashscope':
      return {
        DASHSCOPE_HTTP_BASE_URL: `${url}/api/v1`,
        DASHSCOPE_WEBSOCKET_BASE_URL: `${websocket}/api-ws/v1/inference`,
        DASHSCOPE_COMPATIBLE_BASE_URL: `${url}/compatible-mode/v1`,
      };
  }
}

function keys(sdk: Sdk, key: string): Variables {
  switch (sdk) {
    case 'openai':
      return { OPENAI_API_KEY: key };
    case 'anthropic':
      // With both set, older versions of the SDK send the token besides, as the bearer that is looked at first.
      return { ANTHROPIC_API_KEY: key, ANTHROPIC_AUTH_TOKEN: null };
    case 'gemini':
      // GOOGLE_API_KEY wins over GEMINI_API_KEY in Google's SDKs.
      return { GEMINI_API_KEY: key, GOOGLE_API_KEY: null };
    case 'dashscope':
      return { DASHSCOPE_API_KEY: key };
  }
}

/** Every variable that points an SDK at this proxy. @param settings as of {@link environmentLines} */
export const environmentOf = ({
  url,
  key,
  sdk,
}: {
  readonly url: string;
  readonly key?: string | undefined;
  readonly sdk: Sdk;
}): Variables => ({ ...addresses(sdk, url), ...(key === undefined ? {} : keys(sdk, key)) });

/**
 * The lines that point an SDK at this proxy.
 * @param settings `url` without a slash at its end; `key` left out: addresses only
 * @throws UnquotableValue where the shell cannot quote the key
 */
export function environmentLines(settings: {
  readonly url: string;
  readonly key?: string | undefined;
  readonly sdk: Sdk;
  readonly shell: Shell;
}): readonly string[] {
  const { shell } = settings;
  return Object.entries(environmentOf(settings)).map(([name, value]) =>
    value === null ? removal(shell, name) : assignment(shell, name, value),
  );
}
