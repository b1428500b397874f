// COSE_Sign1 (RFC 9052) with Ed25519: the envelope of a code and of a status list.

import { Tagged, decode, encode } from "cborg";

import type { PublicKey } from "./keys";
import { type Bytes, verify } from "./signature";

const SIGN1 = 18;
const ALG = 1;
const KID = 4;
const EDDSA = -8;

/** What can be said of an envelope before anybody looks inside. */
export type Opened =
  | { seen: "good"; payload: Bytes; kid: string }
  | { seen: "torn" | "forged" | "foreign" | "revoked" };

/** CBOR as we take it: whole, in its shortest form, no key twice. Throws. */
export function read(bytes: Bytes, tags = {}): unknown {
  return decode(bytes, { useMaps: true, strict: true, rejectDuplicateMapKeys: true, tags });
}

interface Parts {
  protectedHeader: Bytes;
  payload: Bytes;
  signature: Bytes;
  algorithm: unknown;
  kid: string;
}

export async function open(bytes: Bytes, keys: readonly PublicKey[]): Promise<Opened> {
  let parts: Parts;
  try {
    parts = partsOf(bytes);
  } catch {
    return { seen: "torn" };
  }
  if (parts.algorithm !== EDDSA) return { seen: "forged" };
  const key = keys.find(({ kid }) => kid === parts.kid);
  if (!key) return { seen: "foreign" };
  if (key.revoked) return { seen: "revoked" };
  const signed = encode(["Signature1", parts.protectedHeader, new Uint8Array(), parts.payload]);
  const good = await verify(key, parts.signature, Uint8Array.from(signed)).catch(() => false);
  return good ? { seen: "good", payload: parts.payload, kid: key.kid } : { seen: "forged" };
}

function partsOf(bytes: Bytes): Parts {
  const message = read(bytes, Tagged.preserve(SIGN1));
  if (!(message instanceof Tagged) || message.tag !== SIGN1 || !Array.isArray(message.value)) throw new TypeError();
  const [protectedHeader, unprotected, payload, signature] = message.value as unknown[];
  if (message.value.length !== 4 || !(unprotected instanceof Map) || unprotected.size) throw new TypeError();
  const header = read(bytesIn(protectedHeader));
  if (!(header instanceof Map) || bytesIn(signature).length !== 64) throw new TypeError();
  return {
    protectedHeader: bytesIn(protectedHeader),
    payload: bytesIn(payload),
    signature: bytesIn(signature),
    algorithm: header.get(ALG),
    kid: hex(bytesIn(header.get(KID))),
  };
}

/** A byte string, in memory of its own. Throws. */
export function bytesIn(value: unknown): Bytes {
  if (!(value instanceof Uint8Array)) throw new TypeError("not a byte string");
  return Uint8Array.from(value);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
