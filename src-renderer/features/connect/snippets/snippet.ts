import { environmentLines, SDKS } from '../../../../src-main/contract/sdk-environment.ts';
import { SHELLS, UnquotableValue } from '../../../../src-main/contract/shell-lines.ts';
import { anthropicJavaScript, anthropicPython } from './anthropic.ts';
import { curlLine } from './curl.ts';
import { dashScopePython } from './dashscope.ts';
import type { SnippetFacts } from './facts.ts';
import { geminiJavaScript, geminiPython } from './gemini.ts';
import { openAiJavaScript, openAiPython } from './openai.ts';

/** What can be pasted: an SDK, or something that speaks HTTP. */
export const TOOLS = ['openai', 'anthropic', 'gemini', 'dashscope', 'curl', 'environment'] as const;
export type Tool = (typeof TOOLS)[number];

/** How it is written. */
export type Form = 'python' | 'javascript' | (typeof SHELLS)[number];

/** The forms of each tool, the usual one first. */
export const FORMS: Readonly<Record<Tool, readonly [Form, ...Form[]]>> = {
  openai: ['python', 'javascript'],
  anthropic: ['python', 'javascript'],
  gemini: ['python', 'javascript'],
  dashscope: ['python', ...SHELLS],
  curl: ['posix'],
  environment: [...SHELLS],
};

type Writer = (facts: SnippetFacts) => string;

const PROGRAMS: Readonly<Partial<Record<Tool, Readonly<Partial<Record<Form, Writer>>>>>> = {
  openai: { python: openAiPython, javascript: openAiJavaScript },
  anthropic: { python: anthropicPython, javascript: anthropicJavaScript },
  gemini: { python: geminiPython, javascript: geminiJavaScript },
  dashscope: { python: dashScopePython },
  curl: { posix: curlLine },
};

const isShell = (form: Form): form is (typeof SHELLS)[number] => SHELLS.some((shell) => shell === form);

function variables(tool: Tool, form: Form, { url, key }: SnippetFacts): string {
  if (!isShell(form)) return '';
  const sdks = SDKS.filter((sdk) => tool === 'environment' || sdk === tool);
  return sdks.flatMap((sdk) => environmentLines({ url, key, sdk, shell: form })).join('\n');
}

/** The text to be pasted; `null` where that form cannot carry the key. */
export function snippetOf(tool: Tool, form: Form, facts: SnippetFacts): string | null {
  const write = PROGRAMS[tool]?.[form];
  if (write !== undefined) return write(facts);
  try {
    return variables(tool, form, facts);
  } catch (error) {
    if (error instanceof UnquotableValue) return null;
    throw error;
  }
}
