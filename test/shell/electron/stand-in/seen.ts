/** What the program did that a person would see or hear of, for the test to look at. */
export const seen = {
  messages: [] as { readonly message: string; readonly detail: string }[],
  external: [] as string[],
  notifications: [] as { readonly title: string; readonly body: string }[],
  downloads: [] as { readonly name: string; readonly title: string; readonly allowed: boolean }[],
  copied: '',
  focused: 0,
  visible: false,
  tip: '',
};
