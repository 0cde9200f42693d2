/** The messages between the preload script and the main process. */
export const BRIDGE = {
  getSettings: 'aiproxy:get-settings',
  changeSettings: 'aiproxy:change-settings',
  notify: 'aiproxy:notify',
  show: 'aiproxy:show',
} as const;
