/** The console's screens and where they are, in the order of its navigation. */
export const SCREEN_PATHS = {
  overview: '/',
  users: '/users',
  keys: '/keys',
  channels: '/channels',
  usage: '/usage',
  requests: '/requests',
  connect: '/connect',
  settings: '/settings',
} as const;

export type Screen = keyof typeof SCREEN_PATHS;

/** The screens in the order of their shortcuts, Ctrl or Cmd with 1 to 8. */
export const SCREENS = Object.keys(SCREEN_PATHS).filter(isScreen);

/** Whether a word names a screen. */
export function isScreen(word: string): word is Screen {
  return Object.hasOwn(SCREEN_PATHS, word);
}
