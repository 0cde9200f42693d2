import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { texts } from './language.ts';

type Plain<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
type Needed<K> = K extends `${string}_one` ? never : K;

/** The texts of one screen in one language: i18next's `{{value}}` and its plurals `_one` and `_other`. */
type Texts<K extends string> = Readonly<Record<K, string>>;

/** What goes into a text; `count` chooses the plural. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Gives a text in the reader's language. */
export type Translate<K extends string> = (key: Plain<K>, values?: TextValues) => string;

/**
 * Adds the texts of a screen. Chinese has one form for all numbers, so it needs no `_one`.
 * @returns a hook that gives the texts in the reader's language
 */
export function defineTexts<const K extends string>(
  namespace: string,
  en: Texts<K>,
  zh: Texts<Needed<K> & string>,
): () => Translate<K> {
  texts.addResourceBundle('en', namespace, en);
  texts.addResourceBundle('zh', namespace, zh);
  return () => {
    const { i18n } = useTranslation();
    return useMemo(() => {
      const fixed = i18n.getFixedT(i18n.language, namespace);
      // i18next would derive the values from each text, which are not known to it here.
      const options = (values: TextValues = {}): Record<string, unknown> => ({ ...values });
      return (key, values) => String(fixed(key as string, options(values)));
    }, [i18n, i18n.language]);
  };
}
