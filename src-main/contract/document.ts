import { z } from 'zod';
import { Price, PriceId } from './price.ts';
import {
  Address,
  Bytes,
  Cidr,
  Count,
  Id,
  ModelGlob,
  Name,
  Port,
  Priority,
  SECRET,
  Seconds,
  Secret,
  Status,
  Time,
  Weight,
} from './values.ts';

/** The schema version this program writes. Older documents are migrated when they are read. */
export const DOCUMENT_VERSION = 1;

export const Limits = z.looseObject({
  requests_per_minute: Count.optional(),
  burst: Count.optional(),
  tokens_per_minute: Count.optional(),
  concurrency: Count.optional(),
  quota: z
    .array(
      z.looseObject({
        per: z.enum(['day', 'month', 'total']),
        requests: Count.optional(),
        tokens: Count.optional(),
        cost: z.number().positive().optional(),
      }),
    )
    .optional(),
});

export const User = z.looseObject({
  name: Name.optional(),
  department: Name.optional(),
  contact: z.looseObject({ email: Name.optional(), phone: Name.optional() }).optional(),
  group: Id.optional(),
  status: Status.optional(),
  /** Channel ids, or `"*"` for all of them; none where it is left out. */
  channels: z.union([z.literal('*'), z.array(Id)]).optional(),
  /** Globs of the models they may use; left out, all. What the group and the Proxy-Key allow narrows it further. */
  models: z.array(ModelGlob).optional(),
  ip_allowlist: z.array(Cidr).optional(),
  failover: z.boolean().optional(),
  limits: Limits.optional(),
  notes: Name.optional(),
  created_at: Time.optional(),
  updated_at: Time.optional(),
});

export const KeyChannel = z.looseObject({
  id: Id,
  priority: Priority.optional(),
  weight: Weight.optional(),
});

export const ProxyKey = z.looseObject({
  key: Secret,
  user: Id,
  name: Name.optional(),
  status: Status.optional(),
  /** Narrows the user's channels; left out, all of them. */
  channels: z.array(KeyChannel).optional(),
  /** Globs of the models it may be used for, among those that user and group allow; left out, all of them. */
  models: z.array(ModelGlob).optional(),
  failover: z.boolean().optional(),
  expires_at: Time.optional(),
  /** Rotated keys, still valid until their time. */
  previous: z.array(z.looseObject({ key: Secret, expires_at: Time })).optional(),
  limits: Limits.optional(),
  notes: Name.optional(),
  created_at: Time.optional(),
  updated_at: Time.optional(),
});

export const Group = z.looseObject({
  name: Name.optional(),
  channels: z.union([z.literal('*'), z.array(Id)]).optional(),
  /** Globs of the models that its users may use; left out, all. */
  models: z.array(ModelGlob).optional(),
  failover: z.boolean().optional(),
  limits: Limits.optional(),
  created_at: Time.optional(),
  updated_at: Time.optional(),
});

const PathMap = z.record(z.string().startsWith('/'), z.string().startsWith('/'));

export const Channel = z.looseObject({
  name: Name.optional(),
  platform: z.string().min(1).max(64),
  /** Left out, the platform's own address. An address may be `env:NAME`. */
  base_url: Address.optional(),
  websocket_url: Address.optional(),
  /** Overrides the name in `Host` and TLS SNI. */
  host: z.string().min(1).max(255).optional(),
  api_key: Secret.optional(),
  api_keys: z.array(Secret).min(1).optional(),
  status: Status.optional(),
  priority: Priority.optional(),
  weight: Weight.optional(),
  models: z.array(ModelGlob).optional(),
  model_map: z.record(z.string(), z.string().min(1)).optional(),
  path_rewrite: PathMap.optional(),
  websocket_endpoints: PathMap.optional(),
  supports_websocket: z.boolean().optional(),
  /** Sent with every request, in place of the client's headers of these names. */
  headers: z.record(z.string(), z.string().meta(SECRET)).optional(),
  connect_timeout: Seconds.optional(),
  /** To the first byte of the answer. */
  timeout: Seconds.optional(),
  idle_timeout: Seconds.optional(),
  max_retries: z.number().int().min(0).max(10).optional(),
  retry_timeouts: z.boolean().optional(),
  max_body: Bytes.optional(),
  outbound_proxy: Address.optional(),
  allow_private: z.boolean().optional(),
  limits: Limits.optional(),
  health: z.looseObject({}).optional(),
  settings: z.looseObject({}).optional(),
  created_at: Time.optional(),
  updated_at: Time.optional(),
});

const Tls = z.looseObject({ cert: z.string().min(1), key: z.string().min(1) });

const Listener = z.looseObject({
  /** An address, or `localhost` for both loopback addresses. */
  host: z.string().min(1).max(255).optional(),
  port: Port.optional(),
  tls: Tls.optional(),
  /** TLS ends in front of this listener. */
  behind_tls: z.boolean().optional(),
});

export const System = z.looseObject({
  proxy: Listener.extend({
    cors_origins: z.union([z.literal('*'), z.array(z.string())]).optional(),
  }).optional(),
  console: Listener.optional(),
  /** SHA-256 of the admin token, hexadecimal. */
  admin_token_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta(SECRET)
    .optional(),
  console_origins: z.array(z.string()).optional(),
  cors_origins: z.union([z.literal('*'), z.array(z.string())]).optional(),
  /** The user that requests from this computer without a key run as; none where it is left out. */
  anonymous_user: Id.optional(),
  internal_allow: z
    .looseObject({
      stats: z.array(Cidr).optional(),
      dashboard: z.array(Cidr).optional(),
      metrics: z.array(Cidr).optional(),
    })
    .optional(),
  trusted_proxies: z.array(Cidr).optional(),
  time_zone: z.string().max(64).optional(),
  config_reload_interval: Seconds.optional(),
  log_level: z.enum(['debug', 'info', 'warn', 'error']).optional(),
  log_retention_days: z.number().int().min(1).max(3650).optional(),
  max_connections: z.number().int().min(1).max(1_000_000).optional(),
  rate_limit: Limits.optional(),
  /**
   * Whether bodies of requests and answers may ever be kept; left out, nobody was asked yet. Only what is chosen is
   * stored so far: nothing keeps bodies, and nothing else reads this.
   */
  records: z.looseObject({ bodies: z.enum(['never', 'allowed']).optional() }).optional(),
});

/** All sections at once; the same names stand in the files, in the admin API and in TypeScript. */
export const DocumentSchema = z.looseObject({
  version: z.literal(DOCUMENT_VERSION),
  users: z.record(Id, User),
  proxy_keys: z.record(Id, ProxyKey),
  groups: z.record(Id, Group),
  channels: z.record(Id, Channel),
  system: System,
  /** By the glob of the models they are for. */
  prices: z.record(PriceId, Price),
  alerts: z.record(Id, z.looseObject({})),
});

export type Limits = z.infer<typeof Limits>;
export type User = z.infer<typeof User>;
export type ProxyKey = z.infer<typeof ProxyKey>;
export type KeyChannel = z.infer<typeof KeyChannel>;
export type Group = z.infer<typeof Group>;
export type Channel = z.infer<typeof Channel>;
export type System = z.infer<typeof System>;
export type Document = z.infer<typeof DocumentSchema>;

/** The sections that are maps of records, keyed by id. */
export const MAP_SECTIONS = ['users', 'proxy_keys', 'groups', 'channels', 'prices', 'alerts'] as const;
export type MapSection = (typeof MAP_SECTIONS)[number];
export type SectionName = MapSection | 'system';

/** Which of the three files of the data folder holds which sections. */
export const DOCUMENT_FILES = {
  'users.json': ['users', 'proxy_keys', 'groups'],
  'channels.json': ['channels'],
  'system.json': ['system', 'prices', 'alerts'],
} as const satisfies Record<string, readonly SectionName[]>;

/** A document in which nothing is set yet. */
export function emptyDocument(): Document {
  return {
    version: DOCUMENT_VERSION,
    users: {},
    proxy_keys: {},
    groups: {},
    channels: {},
    system: {},
    prices: {},
    alerts: {},
  };
}
