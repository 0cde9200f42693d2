/** The codes with which the gateway itself closes a session (RFC 6455 §7.4.1). */
export const CLOSE = { goingAway: 1001, policy: 1008 } as const;
