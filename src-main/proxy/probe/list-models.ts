import { ProxyError } from '../../contract/errors.ts';
import type { ProbeAnswer } from './ask-upstream.ts';
import { jsonOf, type Mask, refusalIn } from './probe-words.ts';

/** More than any platform offers. */
const MOST_MODELS = 10_000;
const MOST_PAGES = 50;
/** Longer ones are no names. UTF-16 units. */
const LONGEST_ID = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const IS_NAME = /^[^\u0000-\u001f\u007f]+$/;

export interface ModelPages {
  readonly idsIn: (answer: unknown) => readonly string[] | null;
  readonly nextPage: (answer: unknown) => string | null;
  /** Asks for one page. @param page its query members, `''` for the first */
  readonly ask: (page: string) => Promise<ProbeAnswer>;
  readonly mask: Mask;
}

/** The ids on all pages, sorted, each once. @throws ProxyError where the platform refuses, or answers something else */
export async function listModels(pages: ModelPages): Promise<readonly string[]> {
  const ids = new Set<string>();
  let page: string | null = '';
  for (let asked = 0; page !== null && asked < MOST_PAGES && ids.size < MOST_MODELS; asked += 1) {
    const answer = wholeAnswer(await pages.ask(page), pages.mask);
    for (const id of pages.idsIn(answer) ?? notAList()) {
      if (id.length <= LONGEST_ID && IS_NAME.test(id)) ids.add(id);
    }
    const next = pages.nextPage(answer);
    page = next === page ? null : next;
  }
  // A hostile platform may call a model like the key it was shown.
  const masked = pages.mask([...ids].join('\n')).split('\n');
  return [...new Set(masked)]
    .filter((id) => id !== '')
    .sort()
    .slice(0, MOST_MODELS);
}

function wholeAnswer(answer: ProbeAnswer, mask: Mask): unknown {
  const refusal = refusalIn(answer, mask);
  if (refusal === null) return jsonOf(answer.body);
  if (answer.error !== null) throw new ProxyError(answer.error.code, refusal);
  throw new ProxyError('channel_unavailable', `the platform answered ${answer.status}: ${refusal}`);
}

function notAList(): never {
  throw new ProxyError(
    'upstream_protocol_error',
    'the platform answered with something other than a list of models',
  );
}
