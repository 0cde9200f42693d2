/**
 * Settings that are stored and checked, and that this version does not act upon. Forms hide them, because a field
 * that changes nothing misleads; what is stored stays as it is.
 */
export const HAS_EFFECT: Readonly<Record<'limits' | 'failover' | 'bodies', boolean>> = {
  limits: false,
  failover: false,
  bodies: false,
};
