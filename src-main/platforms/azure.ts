import { z } from 'zod';
import { definePlatform } from './define.ts';
import { openaiModels } from './model-lists.ts';
import { openaiChat } from './small-calls.ts';

/** The newest general version of the data-plane API that takes deployments in the path. */
const API_VERSION = '2024-10-21';
const IN_DEPLOYMENTS =
  /^\/v1\/(chat\/completions|completions|embeddings|images\/(?:generations|edits)|audio\/(?:speech|transcriptions|translations))$/;

const Settings = z.looseObject({
  /** `api-version` of the requests that do not name one. */
  api_version: z.string().min(1).max(64).optional(),
});

function apiVersion(settings: unknown): string {
  const parsed = Settings.safeParse(settings ?? {});
  return (parsed.success ? parsed.data.api_version : undefined) ?? API_VERSION;
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
    path.startsWith('/openai/v1/') ? [] : [['api-version', apiVersion(channel.settings)]],
  modelInPath: true,
  streamUsage: true,
  endsWithDone: true,
  settings: Settings,
  modelList: openaiModels('/openai/models'),
  smallCall: openaiChat('max_completion_tokens'),
});
