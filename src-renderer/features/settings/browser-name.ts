/** What browsers call themselves, the ones that claim to be others first. */
const BROWSERS = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome|Chromium)\//],
  ['Safari', /\bVersion\/.*\bSafari\//],
] as const;

const SYSTEMS = [
  ['Windows', /\bWindows\b/],
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad)\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
] as const;

const first = (names: readonly (readonly [string, RegExp])[], agent: string): string | undefined =>
  names.find(([, mark]) => mark.test(agent))?.[0];

/** A browser in two words, such as `Firefox, Windows`; what is none as it names itself. @returns `null` where it named nothing */
export function browserOf(agent: string | null): string | null {
  if (agent === null || agent === '') return null;
  const browser = first(BROWSERS, agent);
  if (browser === undefined) return agent.slice(0, 60);
  const system = first(SYSTEMS, agent);
  return system === undefined ? browser : `${browser}, ${system}`;
}
