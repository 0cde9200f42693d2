/** The id of all of the demo's records. */
export const DEMO_ID = 'aiproxy-demo';
