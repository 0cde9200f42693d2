/** Random bytes a Proxy-Key or an admin token needs (192 bits). */
export const SECRET_BYTES = 24;
/** Random bytes an id needs (96 bits). */
export const ID_BYTES = 12;

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A Proxy-Key out of {@link SECRET_BYTES} random bytes. */
export function newProxyKey(random: Uint8Array): string {
  return `pk-${base64url(random)}`;
}

/** An admin token out of {@link SECRET_BYTES} random bytes. */
export function newAdminToken(random: Uint8Array): string {
  return `at-${base64url(random)}`;
}

/** An id out of {@link ID_BYTES} random bytes. */
export function newId(kind: 'usr' | 'key' | 'ch' | 'grp', random: Uint8Array): string {
  return `${kind}_${base64url(random)}`;
}
