import { ERROR_STATUS } from '../../contract/errors.ts';
import type { RequestRecord } from '../../contract/request-record.ts';
import type { Dimensions } from '../../contract/statistics.ts';
import { modelMatcher } from '../model-glob.ts';

/** What a name counts as where there would be too many. */
export const OTHER = 'other';

/** More different ones than these within an hour are nobody's real use. */
const MOST_MODELS = 1_000;
const MOST_ERRORS = 200;
const MOST_ENDPOINTS = 500;
const LONGEST_NAME = 200;
const ERROR_CODE = /^[\w.:-]{1,64}$/;

/** The part of a record that names are made of, as it also stands in the request log. */
export type NamedRecord = Pick<
  RequestRecord,
  'user' | 'key_id' | 'channel' | 'endpoint' | 'model' | 'protocol' | 'outcome' | 'error_code'
>;

/**
 * Names the dimensions of a request so that they stay few whatever clients and platforms send. Users, keys and channels
 * are as many as are configured.
 */
export class UsageNames {
  #isConfigured: (model: string) => boolean = () => false;
  readonly #models = new Set<string>();
  readonly #errors = new Set<string>();
  readonly #endpoints = new Set<string>();

  /** Follows the configuration. @param models every name and glob in any channel's `models` and `model_map` */
  configure(models: readonly string[]): void {
    this.#isConfigured = modelMatcher(models) ?? (() => false);
  }

  /** Forgets which names there were: another hour may have others. */
  reset(): void {
    this.#models.clear();
    this.#errors.clear();
    this.#endpoints.clear();
  }

  /** @param few fold whatever clients and platforms may name freely, because there are too many rows already */
  of(record: NamedRecord, few: boolean): Dimensions {
    return {
      user: record.user ?? '',
      key: record.key_id ?? '',
      channel: record.channel ?? '',
      endpoint: few ? OTHER : bounded(record.endpoint, this.#endpoints, MOST_ENDPOINTS),
      model: record.model === null ? '' : few ? OTHER : this.#model(record.model, record.outcome),
      protocol: record.protocol,
      outcome: record.outcome,
      error: record.error_code === null ? '' : this.#error(record.error_code, few),
    };
  }

  #model(model: string, outcome: RequestRecord['outcome']): string {
    const served = outcome === 'success' || outcome === 'partial';
    if (!served && !this.#isConfigured(model)) return OTHER;
    return bounded(model, this.#models, MOST_MODELS);
  }

  #error(code: string, few: boolean): string {
    if (Object.hasOwn(ERROR_STATUS, code)) return code;
    return few || !ERROR_CODE.test(code) ? OTHER : bounded(code, this.#errors, MOST_ERRORS);
  }
}

function bounded(name: string, known: Set<string>, most: number): string {
  if (known.has(name)) return name;
  if (known.size >= most || name.length > LONGEST_NAME) return OTHER;
  known.add(name);
  return name;
}
