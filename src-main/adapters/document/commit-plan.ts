import type { Document } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { ChannelRules } from '../../core/check-channel.ts';
import { checkWhole, Draft } from './changes.ts';
import type { Pending } from './commit-queue.ts';

/** Which of the waiting changes are made, and the document they result in. */
export interface Plan {
  readonly accepted: readonly Pending[];
  readonly document: Document;
}

/** Does something for a change; where that throws, the change is refused with it. */
function attempt(pending: Pending, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    pending.reject(error);
    return false;
  }
}

function refuseOvertaken(pending: Pending): void {
  if (!pending.overtaken) return;
  const [first] = pending.changes;
  throw new ProxyError('conflict', `${first?.section} "${first?.id}" was edited by hand meanwhile`);
}

function oneByOne(batch: readonly Pending[], base: Document, rules: ChannelRules): Plan {
  let document = base;
  const accepted = batch.filter((pending) =>
    attempt(pending, () => {
      const draft = new Draft(document);
      draft.expectSystem(pending.systemVersion);
      draft.apply(pending.changes);
      checkWhole(draft.document(), document, rules);
      document = draft.document();
    }),
  );
  return { accepted, document };
}

function fits(document: Document, base: Document, rules: ChannelRules): boolean {
  try {
    checkWhole(document, base, rules);
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses the changes that cannot be made and works out what the others result in.
 * The whole is checked once for all of them; only where that fails is the one at fault looked for.
 * @param refuse throws for a change that must not be made whatever it holds
 */
export function planBatch(
  batch: readonly Pending[],
  base: Document,
  rules: ChannelRules,
  refuse: (pending: Pending) => void,
): Plan {
  const open = batch.filter((pending) =>
    attempt(pending, () => {
      refuseOvertaken(pending);
      refuse(pending);
    }),
  );
  const draft = new Draft(base);
  const isGood = open.every((pending) => {
    try {
      draft.expectSystem(pending.systemVersion);
      draft.apply(pending.changes);
      return true;
    } catch {
      return false;
    }
  });
  const document = draft.document();
  return isGood && fits(document, base, rules) ? { accepted: open, document } : oneByOne(open, base, rules);
}
