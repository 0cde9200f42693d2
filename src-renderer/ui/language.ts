import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { LANGUAGES } from '../../src-main/contract/desktop-bridge.ts';

/** What a reader may choose; `system` follows the computer. */
export type LanguageChoice = (typeof LANGUAGES)[number];
export type Language = Exclude<LanguageChoice, 'system'>;

const NAME = 'aiproxy.language';

/** The language chosen in this browser before. */
export function languageChoice(): LanguageChoice {
  const chosen = localStorage.getItem(NAME);
  return chosen === 'en' || chosen === 'zh' ? chosen : 'system';
}

/** Chinese for Chinese systems, else English. */
export function languageOf(choice: LanguageChoice, system = navigator.language): Language {
  if (choice !== 'system') return choice;
  return /^zh\b/i.test(system) ? 'zh' : 'en';
}

function show(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** Every text of the console; each screen adds its own with `defineTexts`. */
export const texts: i18n = i18next.createInstance();
const first = languageOf(languageChoice());
show(first);
texts.use(initReactI18next).init({
  lng: first,
  fallbackLng: false,
  resources: {},
  interpolation: { escapeValue: false },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
});

/** Changes the language at once, and remembers it. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  if (choice === 'system') localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, choice);
  const language = languageOf(choice);
  show(language);
  await texts.changeLanguage(language);
}
