import type { AuditEntry } from '../../contract/audit.ts';
import { AUDIT_VERSION } from '../../contract/audit.ts';
import { REQUEST_RECORD_VERSION } from '../../contract/request-record.ts';
import type { AuditQuestion, LoggedRequest, RequestQuestion } from '../control-ports.ts';
import { jsonText } from '../log-text.ts';
import { holdsText, matchesFilter, REQUEST_MEMBERS, wantedOutcomes } from './request-filter.ts';

/** How the lines of one log are searched. */
export interface LogKind<Question, Line> {
  /** Begins the names of its files. */
  readonly prefix: string;
  /** What stands literally in every line that is looked for, one of each list: lines without need not be read. */
  readonly pieces: (question: Question) => readonly (readonly string[])[];
  /** Makes a line of what JSON held; `null` where it is none, or one of a later version. */
  readonly lineOf: (value: unknown) => Line | null;
  /** When it was written, epoch milliseconds: lines are in this order. */
  readonly writtenMs: (line: Line) => number;
  readonly matches: (line: Line, question: Question) => boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const hasOwnShape = (value: unknown, version: number): boolean =>
  isObject(value) && value.v === version && Number.isFinite(Date.parse(String(value.time)));

const piece = (member: string, value: string | number): string =>
  `"${member}":${typeof value === 'number' ? value : jsonText(value)}`;

/** `logs/requests-<day>.jsonl` */
export const REQUEST_LINES: LogKind<RequestQuestion, LoggedRequest> = {
  prefix: 'requests',
  pieces: (question) => [
    ...REQUEST_MEMBERS.flatMap((member) => {
      const value = question[member];
      return value === undefined || value === '' ? [] : [[piece(member, value)]];
    }),
    ...[wantedOutcomes(question) ?? []]
      .filter(({ length }) => length > 0)
      .map((outcomes) => outcomes.map((one) => piece('outcome', one))),
  ],
  // Written by this program, version and time were looked at: the rest is as `requestLine` wrote it.
  lineOf: (value) => (hasOwnShape(value, REQUEST_RECORD_VERSION) ? (value as LoggedRequest) : null),
  writtenMs: ({ time, latency_ms }) => Date.parse(time) + (latency_ms ?? 0),
  matches: matchesFilter,
};

/** How an action asks for all of a kind: `user.*`. */
const ALL = '.*';

const fitsAction = (action: string, wanted: string): boolean =>
  wanted.endsWith(ALL) ? action.startsWith(wanted.slice(0, -1)) : action === wanted;

const actionPiece = (action: string): string =>
  action.endsWith(ALL) ? piece('action', action.slice(0, -1)).slice(0, -1) : piece('action', action);

/** `logs/audit-<day>.jsonl` */
export const AUDIT_LINES: LogKind<AuditQuestion, AuditEntry> = {
  prefix: 'audit',
  pieces: ({ action, target }) => [
    ...(action === undefined ? [] : [[actionPiece(action)]]),
    ...(target === undefined ? [] : [[piece('target', target)]]),
  ],
  // As above.
  lineOf: (value) => (hasOwnShape(value, AUDIT_VERSION) ? (value as AuditEntry) : null),
  writtenMs: ({ time }) => Date.parse(time),
  matches: (line, { action, target, text }) =>
    (action === undefined || fitsAction(line.action, action)) &&
    (target === undefined || line.target === target) &&
    (text === undefined || holdsText(line, text.toLowerCase())),
};
