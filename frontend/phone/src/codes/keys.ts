// The public keys, as /.well-known/wangge-codes.json and /sync/keys give them.

/** One line of the published set; `x` is base64url (RFC 8037), times are ISO 8601. */
export interface PublishedKey {
  kid: string;
  x: string;
  from: string;
  until: string | null;
  revoked: string | null;
}

export interface PublicKey {
  kid: string;
  raw: Uint8Array<ArrayBuffer>;
  revoked: boolean;
}

export function keysOf(published: readonly PublishedKey[]): PublicKey[] {
  return published.map(({ kid, x, revoked }) => ({ kid, raw: bytesOf64(x), revoked: revoked !== null }));
}

function bytesOf64(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** Keys that a signed list names as stolen are so from now on, also before the set itself is fetched again. */
export function withRevoked(keys: readonly PublicKey[], kids: readonly string[]): PublicKey[] {
  return keys.map((key) => ({ ...key, revoked: key.revoked || kids.includes(key.kid) }));
}
