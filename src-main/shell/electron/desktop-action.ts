/** What menus, tray and links may ask of the program. */
export type DesktopAction =
  | { readonly do: 'open' | 'copy-address' | 'pause' | 'resume' | 'quit' | 'api-docs' | 'licence' }
  | { readonly do: 'show'; readonly path: string };

/** Takes an action. */
export type Perform = (action: DesktopAction) => void;
