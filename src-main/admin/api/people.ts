import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../../contract/audit.ts';
import { PeopleCounts, PlannedPerson } from '../../contract/people.ts';
import { Id, Time } from '../../contract/values.ts';
import type { RecordChange } from '../../core/ports.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { handOutCsv } from '../people/hand-out.ts';
import type { PlannedList } from '../people/plan-list.ts';
import { MOST_BYTES, type ReadTable, readTable, TableProblem, textOfFile } from '../people/read-table.ts';
import { previewPeople, type TakeOptions, takePeople, unknownNames } from '../people/take-people.ts';
import { auditChange } from '../resources/record-audit.ts';
import { invalid, withPlacesOfBody } from '../resources/record-rules.ts';
import { type RecordContext, withRetries } from '../resources/record-writing.ts';

const MOST_MISTAKES = 20;

const PeopleList = z
  .strictObject({
    /** Rows as text, such as what was copied from a spreadsheet. */
    text: z.string().max(MOST_BYTES).optional(),
    /** The bytes of a file, base64: UTF-8, UTF-16 or GBK. */
    file: z
      .base64()
      .max(Math.ceil(MOST_BYTES / 3) * 4)
      .optional(),
    /** Tells what would become of each row, and changes nothing. */
    dry_run: z.boolean().default(false),
    /** Leaves out the rows that are wrong; else nothing is done where one is. */
    skip_mistakes: z.boolean().default(false),
    /** The id of the group of new people whose row names none. */
    group: Id.optional(),
    make_groups: z.boolean().default(false),
    update: z.boolean().default(true),
    /** A Proxy-Key for each person of the list who has none. */
    keys: z.boolean().default(false),
    expires_at: Time.optional(),
    /** Of groups that are made, and of new people in no group. */
    channels: z.union([z.literal('*'), z.array(Id).max(1000)]).default([]),
  })
  .refine(({ text, file }) => (text === undefined) !== (file === undefined), 'send either text or file')
  .openapi('PeopleList');

const PeopleAnswer = z
  .object({
    done: z.boolean().openapi({ description: 'false where it was only asked what would become of the list' }),
    counts: PeopleCounts,
    new_groups: z.array(z.string()),
    unknown_groups: z.array(z.string()),
    unused_columns: z.array(z.string()),
    has_header: z.boolean(),
    encoding: z.string(),
    rows: z.array(PlannedPerson),
    hand_out: z
      .string()
      .nullable()
      .openapi({ description: 'CSV with the new Proxy-Keys in full, this once; null where none was made' }),
  })
  .openapi('PeopleAnswer');

const takeList = createRoute({
  method: 'post',
  path: '/users/import',
  summary: 'Takes people in from the rows of a spreadsheet',
  description:
    'Columns are name, department, e-mail, phone and group, in English or Chinese and in any order. All rows that can be taken in are, in one commit.',
  tags: ['Users'],
  request: { body: jsonBody(PeopleList) },
  responses: { 200: jsonAnswer(PeopleAnswer, 'What became of each row'), ...ERRORS },
});

type List = z.infer<typeof PeopleList>;

const optionsOf = ({ group, make_groups, update, keys, expires_at, channels }: List): TakeOptions => ({
  group: group ?? null,
  makeGroups: make_groups,
  update,
  keys,
  channels,
  expiresAt: expires_at ?? null,
});

const tableOf = ({ text, file }: List): Promise<ReadTable> =>
  readTable(
    file === undefined ? { text: text ?? '', encoding: 'utf-8' } : textOfFile(Buffer.from(file, 'base64')),
  );

/** @throws Refusal with the first mistakes, and how many more there are */
function refuseMistakes({ plan: { people } }: PlannedList): void {
  const wrong = people.filter(({ fate }) => fate === 'mistake');
  if (wrong.length === 0) return;
  const issues = wrong
    .slice(0, MOST_MISTAKES)
    .map(({ row, reason }) => ({ path: `row ${row}`, message: reason?.message ?? 'is wrong' }));
  const more = wrong.length - issues.length;
  throw invalid(more === 0 ? issues : [...issues, { path: '', message: `and ${more} more` }]);
}

/** Writes down each record, and the whole. */
async function auditPeople(
  { audit, placesOf }: RecordContext,
  actor: Actor,
  changes: readonly RecordChange[],
  before: RecordContext['store']['current'],
  counts: PeopleCounts,
): Promise<void> {
  await Promise.all(
    changes.map(({ section, id, record }) => {
      const earlier = section === 'users' ? (before.users[id] ?? null) : null;
      const action = earlier === null ? 'create' : 'update';
      return auditChange(audit, placesOf, actor, {
        section,
        id,
        action,
        before: earlier,
        after: record ?? null,
      });
    }),
  );
  await audit.append({ actor, action: 'people.import', target: null, details: { ...counts } });
}

/** @throws Refusal where the table is no list of people */
async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TableProblem ? invalid([{ path: '', message: error.message }]) : error;
  }
}

/** People from a spreadsheet. */
export function peopleRoutes(context: RecordContext & Pick<AdminContext, 'proxyUrl'>) {
  const { store, proxyUrl } = context;
  return apiRouter().openapi(takeList, async (request) => {
    const list = request.req.valid('json');
    const options = optionsOf(list);
    const unknown = unknownNames(store, options);
    if (unknown.length > 0) throw invalid(unknown.map((message) => ({ path: '', message })));
    const table = await refusing(() => tableOf(list));
    const preview = await refusing(() => previewPeople(context, table, options));
    const answer = (planned: PlannedList, done: boolean, hand_out: string | null) => ({
      done,
      counts: planned.plan.counts,
      new_groups: [...planned.plan.newGroups],
      unknown_groups: [...planned.plan.unknownGroups],
      unused_columns: [...planned.columns.unused],
      has_header: planned.columns.hasHeader,
      encoding: table.encoding,
      rows: [...planned.plan.people],
      hand_out,
    });
    if (list.dry_run) return request.json(answer(preview, false, null), 200);
    if (!list.skip_mistakes) refuseMistakes(preview);
    const before = store.current;
    const taken = await withRetries(() => withPlacesOfBody([], () => takePeople(context, table, options)));
    await auditPeople(context, request.get('actor'), taken.changes, before, taken.plan.counts);
    const handOut = taken.handed.length === 0 ? null : await handOutCsv(taken.handed, proxyUrl());
    return request.json(answer(taken, true, handOut), 200);
  });
}
