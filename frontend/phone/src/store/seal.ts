// AES-256-GCM with the browser's own WebCrypto. Each envelope is bound to its place in the store: one copied over
// another does not open.

export interface Sealed {
  /** The id of the key that opens it. */
  key: string;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

export interface NamedKey {
  id: string;
  key: CryptoKey;
}

const text = new TextEncoder();

export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

export const importKey = (raw: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", bytesOf(raw), "AES-GCM", false, ["encrypt", "decrypt"]);

export async function seal(key: NamedKey, place: string, content: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: text.encode(place) };
  const sealed = await crypto.subtle.encrypt(how, key.key, text.encode(JSON.stringify(content)));
  return { key: key.id, iv, sealed };
}

/** Throws when the key is another one, or the envelope was changed or moved. */
export async function open<T>(key: CryptoKey, place: string, { iv, sealed }: Sealed): Promise<T> {
  const how = { name: "AES-GCM", iv, additionalData: text.encode(place) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed))) as T;
}
