import { z } from 'zod';
import type { Channel } from '../contract/document.ts';
import { definePlatform } from './define.ts';
import { openaiModels } from './model-lists.ts';
import { openaiChat } from './small-calls.ts';

/** The newest general version of the data-plane API that takes deployments in the path. */
const API_VERSION = '2024-10-21';
const IN_DEPLOYMENTS =
  /^\/v1\/(chat\/completions|completions|embeddings|images\/(?:generations|edits)|audio\/(?:speech|transcriptions|translations))$/;

const PASTED_VERSION = /api-version["']?\s*[=:]\s*["']?([^&#\s'"]+)/i;
/** A date with its time, as JSON writes the dates of YAML. */
const WITH_TIME = /^(\d{4}-\d{2}-\d{2})T[\d:.]+Z$/;
/** `2024-10-21` as it is, behind `api-version=`, in quotes, or as the date that some YAML readers make of it. */
function meantVersion(written: unknown): unknown {
  if (written instanceof Date) return written.toISOString().slice(0, 10);
  if (typeof written !== 'string') return written;
  const version = PASTED_VERSION.exec(written)?.[1] ?? written.replace(/^[\s'"]+|[\s'"]+$/g, '');
  return version.replace(WITH_TIME, '$1');
}

const Settings = z.looseObject({
  /** `api-version` of the requests that do not name one. */
  api_version: z.preprocess(
    meantVersion,
    z
      .string()
      .regex(/^[\w.-]{1,64}$/, `is no version such as ${API_VERSION}`)
      .optional(),
  ),
});

/** The version that stands in a whole address that was pasted. */
function versionInAddress(address: string | undefined): string | null {
  const query = address?.split('?', 2)[1]?.split('#', 1)[0];
  return query === undefined ? null : new URLSearchParams(query.trim()).get('api-version');
}

function apiVersion({ settings, base_url }: Channel): string {
  const parsed = Settings.safeParse(settings ?? {});
  return (parsed.success ? parsed.data.api_version : undefined) ?? versionInAddress(base_url) ?? API_VERSION;
}

export const azure = definePlatform({
  id: 'azure',
  aliases: ['azure_openai'],
  label: 'Azure OpenAI',
  dialect: 'azure',
  basePrefixes: ['/openai/v1', '/openai'],
  hosts: ['.openai.azure.com', '.cognitiveservices.azure.com', '.services.ai.azure.com'],
  credential: (apiKey) => ['api-key', apiKey],
  ownsPath: (path) => path.startsWith('/openai/'),
  place: (operation, { model }) => {
    const inDeployment = IN_DEPLOYMENTS.exec(operation.path);
    // The v1 surface needs no deployment and no version.
    if (inDeployment === null) return `/openai${operation.path}`;
    return model === null ? null : `/openai/deployments/${encodeURIComponent(model)}/${inDeployment[1]}`;
  },
  query: ({ path, channel }) =>
    path.startsWith('/openai/v1/') ? [] : [['api-version', apiVersion(channel)]],
  modelInPath: true,
  streamUsage: true,
  endsWithDone: true,
  settings: Settings,
  modelList: openaiModels('/openai/models'),
  smallCall: openaiChat('max_completion_tokens'),
});
