import type { Outcome, RequestRecord } from '../../contract/request-record.ts';
import type { RequestQuestion } from '../control-ports.ts';

/** The members of a request that can be asked for by their exact value. */
export const REQUEST_MEMBERS = [
  'user',
  'key_id',
  'channel',
  'model',
  'endpoint',
  'protocol',
  'status',
  'error_code',
  'request_id',
] as const;

/** Which requests are looked for, in the log and in the live feed alike; `''` stands for none. */
export type RequestFilter = Pick<RequestQuestion, (typeof REQUEST_MEMBERS)[number] | 'outcome' | 'text'>;

type Filterable = Pick<RequestRecord, (typeof REQUEST_MEMBERS)[number] | 'outcome'>;

/** The outcomes that are looked for; `null` for any. */
export const wantedOutcomes = ({ outcome }: Pick<RequestFilter, 'outcome'>): readonly Outcome[] | null =>
  outcome === undefined ? null : typeof outcome === 'string' ? [outcome] : outcome;

/** Whether a request is one of those that are looked for. */
export function matchesFilter(request: Filterable, filter: RequestFilter): boolean {
  for (const member of REQUEST_MEMBERS) {
    if (filter[member] !== undefined && filter[member] !== (request[member] ?? '')) return false;
  }
  if (wantedOutcomes(filter)?.includes(request.outcome) === false) return false;
  return filter.text === undefined || holdsText(request, filter.text.toLowerCase());
}

/** Whether any text in a value holds a text. @param lowered in lower case */
export function holdsText(value: unknown, lowered: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(lowered);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((member) => holdsText(member, lowered));
}
