import { createHash } from 'node:crypto';

/** A secret of no meaning. */
export interface Canary {
  /** As it is configured. */
  readonly value: string;
  /** Without the prefix that tells its kind. */
  readonly secret: string;
}

/**
 * Makes one. A dot stands in each run of five characters, which neither ids nor hashes have, so that none is found by
 * chance.
 * @param prefix what keys of its kind begin with
 */
function canary(name: string, prefix = ''): Canary {
  const secret = createHash('sha256')
    .update(name)
    .digest('hex')
    .slice(0, 24)
    .replace(/.{4}(?=.)/g, '$&.')
    // Digits alone would look like versions, addresses and milliseconds.
    .replace(/\d/g, (digit) => 'QxZvWkJpYg'[Number(digit)] ?? '');
  return { value: `${prefix}${secret}`, secret };
}

/** Only its hash is known to the program, so it must look like one that the program made. */
function adminToken(): Canary {
  const secret = createHash('sha256').update('admin').digest('base64url').slice(0, 32);
  return { value: `at-${secret}`, secret };
}

/** Everything secret that the program under test is given. */
export const CANARIES = {
  annsKey: canary('ann', 'pk-'),
  annsOldKey: canary('ann, before', 'pk-'),
  annsOtherKey: canary('ann, a key of her own making'),
  disabledKey: canary('disabled', 'pk-'),
  expiredKey: canary('expired', 'pk-'),
  keyOfDisabled: canary('bob', 'pk-'),
  openaiKey: canary('openai', 'sk-'),
  firstOfTwo: canary('first of two', 'sk-'),
  secondOfTwo: canary('second of two'),
  anthropicKey: canary('anthropic', 'sk-ant-'),
  geminiKey: canary('gemini', 'AIza'),
  dashscopeKey: canary('dashscope', 'sk-'),
  azureKey: canary('azure'),
  keyFromEnvironment: canary('environment'),
  headerSecret: canary('header'),
  bearerInHeader: canary('bearer in header'),
  proxyPassword: canary('outbound proxy'),
  runToken: canary('run', 'at-'),
  adminToken: adminToken(),
  unknownKey: canary('unknown', 'pk-'),
  legacyKey: canary('legacy', 'sk-'),
} as const satisfies Record<string, Canary>;

export type CanaryName = keyof typeof CANARIES;

/** The canaries that are searched for by any five characters. */
export const SECRETS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CANARIES)
    .filter(([name]) => name !== 'adminToken')
    .map(([name, { secret }]) => [name, secret]),
);

/** A canary as it is configured. */
export const canaryValue = (name: CanaryName): string => CANARIES[name].value;
