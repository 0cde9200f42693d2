/** Whether this is `npm run test:systems`, which has the time for more rounds. */
export const isLongRun = process.env.AIPROXY_TEST_LONG === '1';

/** How often something random is tried. @param few in `npm test` @param many in `npm run test:systems` */
export const rounds = (few: number, many: number): number => (isLongRun ? many : few);
