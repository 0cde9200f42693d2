import type { z } from 'zod';
import { useFormats } from './formats.ts';
import { useCommonTexts } from './strings.ts';

type Issue = z.core.$ZodIssue;

/** Checks what a form holds. @returns errors by path, empty where all is well */
export type Check = (values: unknown) => Record<string, string>;

/**
 * Checks a form with the contract that the server checks it with, and says what is wrong in the reader's language.
 * @param own texts for fields whose rule a general text does not explain, by the first member of the path
 */
export function useContractRules(schema: z.ZodType, own: Readonly<Record<string, string>> = {}): Check {
  const t = useCommonTexts();
  const { number } = useFormats();
  const textOf = (issue: Issue): string => {
    const ownText = own[String(issue.path[0])];
    if (ownText !== undefined) return ownText;
    if (issue.code === 'too_small') {
      if (issue.origin === 'string' || issue.origin === 'array') return t('requiredField');
      const least = { limit: number(Number(issue.minimum)) };
      return issue.inclusive === false ? t('mustBeMoreThan', least) : t('mustBeAtLeast', least);
    }
    if (issue.code === 'too_big') {
      const most = { limit: number(Number(issue.maximum)) };
      return issue.origin === 'string' ? t('tooLong', most) : t('mustBeAtMost', most);
    }
    if (issue.code === 'invalid_type') {
      if (issue.input === undefined || issue.input === null) return t('requiredField');
      if (issue.expected === 'int') return t('mustBeWhole');
    }
    return issue.message;
  };
  return (values) => {
    const result = schema.safeParse(values, { reportInput: true });
    if (result.success) return {};
    // Fields show their first error.
    const issues = result.error.issues.map((issue) => [issue.path.join('.'), textOf(issue)] as const);
    return Object.fromEntries(issues.toReversed());
  };
}
