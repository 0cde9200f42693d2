/** The one of two translations that suits the reader: Chinese or else English. */
export function inLanguage<T>(language: string, texts: { readonly en: T; readonly zh: T }): T {
  return /^zh\b/i.test(language) ? texts.zh : texts.en;
}
