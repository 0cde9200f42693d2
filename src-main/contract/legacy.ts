import { z } from 'zod';

// The shapes of the files AIProxy replaces. Only what is converted is described; everything else is carried
// over as it is and then judged by the current schemas, because those files may carry any current member.

/** Ids, keys and names are opaque; YAML reads one of digits alone as a number. */
const Text = z.union([z.string(), z.number().transform(String)]);
const Flag = z.boolean().nullish();
const PathMap = z.record(z.string(), z.string()).nullish();

export const LegacyUser = z.looseObject({
  name: Text.nullish(),
  proxy_key: Text.nullish(),
  channels: z.union([Text, z.array(Text)]).nullish(),
  quota_limit: z.number().nullish(),
});

export const LegacyChannel = z.looseObject({
  name: Text.nullish(),
  platform: z.string().nullish(),
  api_key: Text.nullish(),
  base_url: z.string().nullish(),
  websocket_url: z.string().nullish(),
  host: z.string().nullish(),
  path_rewrite: PathMap,
  websocket_endpoints: PathMap,
  supports_websocket: Flag,
  ssl: Flag,
  allow_private: Flag,
});

/** One entry of `api_keys.json`. */
export const LegacyApiKey = z.looseObject({
  proxy_key: Text.nullish(),
  channel: Text.nullish(),
  status: z.string().nullish(),
  description: Text.nullish(),
  user: Text.nullish(),
  quota_limit: z.number().nullish(),
});

export const LegacySystem = z.looseObject({
  log_level: z.string().nullish(),
  rate_limit: z.looseObject({ burst_size: z.number().nullish() }).nullish(),
});

export type LegacyUser = z.infer<typeof LegacyUser>;
export type LegacyChannel = z.infer<typeof LegacyChannel>;
export type LegacyApiKey = z.infer<typeof LegacyApiKey>;
export type LegacySystem = z.infer<typeof LegacySystem>;
