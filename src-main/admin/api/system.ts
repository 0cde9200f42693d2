import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../../contract/audit.ts';
import { System } from '../../contract/document.ts';
import { restartRequired, systemRefusals } from '../../core/listener-rules.ts';
import { mergePatch } from '../../core/merge-patch.ts';
import type { Stored } from '../../core/ports.ts';
import { sameValue } from '../../core/same-value.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS } from '../api-router.ts';
import { Refusal } from '../console-error.ts';
import { etagOf, ifMatchOf, type Precondition } from '../if-match.ts';
import { auditChange } from '../resources/record-audit.ts';
import { invalid, objectBody, refuseInvalid, withPlacesOfBody } from '../resources/record-rules.ts';
import { answerRecord } from '../resources/record-view.ts';
import { type RecordContext, withRetries } from '../resources/record-writing.ts';
import { IfMatch, patchBody, recordAnswer } from '../resources/resource-contract.ts';

type SystemContext = RecordContext & Pick<AdminContext, 'tlsProblem'>;

const Shown = System.omit({ admin_token_hash: true });

const SystemAnswer = Shown.extend({
  restart_required: z
    .array(z.string())
    .openapi({ readOnly: true, description: 'What is set, and counts only when the program starts again' }),
}).openapi('System');

const responses = { 200: recordAnswer(SystemAnswer, 'The settings'), ...ERRORS };

const readSystem = createRoute({
  method: 'get',
  path: '/system',
  summary: 'Reads the settings of the program',
  tags: ['System'],
  responses,
});

const changeSystem = createRoute({
  method: 'patch',
  path: '/system',
  summary: 'Changes settings of the program',
  description:
    'They count at once, except for those in `restart_required`. Refused is what would open the console to the network ' +
    'without TLS, or shut out who changes it. The admin token is changed with `POST /admin-token`.',
  tags: ['System'],
  request: { headers: IfMatch, body: patchBody('SystemInput') },
  responses,
});

function viewOf(system: System, started: System) {
  const { admin_token_hash: _, ...shown } = system;
  return { ...shown, restart_required: restartRequired(started, system) };
}

interface SystemWrite {
  readonly body: unknown;
  readonly host: string;
  readonly precondition: Precondition | null;
  readonly actor: Actor;
}

/** What was sent, without what the server sets. @throws Refusal */
function sentOf(body: unknown): Readonly<Record<string, unknown>> {
  const { restart_required: _, ...sent } = objectBody(body);
  if (!Object.hasOwn(sent, 'admin_token_hash')) return sent;
  throw invalid([{ path: 'admin_token_hash', message: 'is not set here: use POST /api/v1/admin-token' }]);
}

function refuseLockOut(context: SystemContext, next: System, before: System, host: string): void {
  const refusals = systemRefusals(next, before, host).map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }));
  const certificates = (['proxy', 'console'] as const).flatMap((listener) => {
    const tls = next[listener]?.tls;
    if (tls === undefined || sameValue(tls, before[listener]?.tls)) return [];
    const problem = context.tlsProblem(tls);
    return problem === null ? [] : [{ path: `${listener}.tls`, message: problem }];
  });
  const issues = [...refusals, ...certificates];
  if (issues.length > 0) throw invalid(issues);
}

function expectVersion(
  { record, version }: Stored<System>,
  started: System,
  precondition: Precondition | null,
) {
  if (precondition === null || precondition(version)) return;
  const current = viewOf(record, started);
  throw new Refusal(
    'precondition_failed',
    'The settings were changed meanwhile.',
    { current },
    { etag: etagOf(version) },
  );
}

async function writeSystem(
  context: SystemContext,
  started: System,
  write: SystemWrite,
): Promise<Stored<System>> {
  const { store, placesOf, audit } = context;
  const sent = sentOf(write.body);
  return withRetries(async () => {
    const stored = store.getSystem();
    expectVersion(stored, started, write.precondition);
    const next = objectBody(mergePatch(stored.record, sent));
    refuseInvalid('system', System, next, stored.record);
    if (sameValue(next, stored.record)) return stored;
    // It has just been checked by its schema.
    refuseLockOut(context, next as System, stored.record, write.host);
    const patch = Object.fromEntries(Object.keys(sent).map((member) => [member, next[member]]));
    await withPlacesOfBody(['system'], () => store.patchSystem(patch, stored.version));
    const change = {
      section: 'system',
      id: null,
      action: 'update',
      before: stored.record,
      after: next,
    } as const;
    await auditChange(audit, placesOf, write.actor, change);
    return store.getSystem();
  });
}

/** The settings of the program. */
export function systemRoutes(context: SystemContext) {
  const started = context.store.current.system;
  const router = apiRouter();
  router.openAPIRegistry.register('SystemInput', Shown.partial());
  // The section was checked by the schema that the description was made of.
  return router
    .openapi(readSystem, (request) => {
      const stored = context.store.getSystem();
      return answerRecord(request, viewOf(stored.record, started), stored) as never;
    })
    .openapi(changeSystem, async (request) => {
      const { actor, body } = request.var;
      const host = request.req.header('host') ?? '';
      const write = { body, host, actor, precondition: ifMatchOf(request) };
      const stored = await writeSystem(context, started, write);
      return answerRecord(request, viewOf(stored.record, started), stored) as never;
    });
}
