/** The mark of AIProxy: a gate between two lines. */
export const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2f6feb"/>' +
  '<path d="M5 16h7m8 0h7M12 8v16m8-16v16" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>';
