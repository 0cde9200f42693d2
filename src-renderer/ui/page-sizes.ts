/** How many may stand on a page; the server gives no more. */
export const PAGE_SIZES = [50, 100, 200, 500] as const;
