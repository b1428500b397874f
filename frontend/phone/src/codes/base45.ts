// Base45 (RFC 9285): what a QR code carries in its alphanumeric mode.

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const VALUES = new Map(Array.from(LETTERS, (letter, value) => [letter, value]));

/** Throws a RangeError where the text is no base45. */
export function decode45(text: string): Uint8Array<ArrayBuffer> {
  const values = Array.from(text, (letter) => VALUES.get(letter) ?? NaN);
  if (values.length % 3 === 1) throw new RangeError("base45: one letter is left over");
  const bytes: number[] = [];
  for (let at = 0; at < values.length; at += 3) {
    const whole = at + 2 < values.length;
    const value = values[at]! + 45 * values[at + 1]! + (whole ? 2025 * values[at + 2]! : 0);
    if (!(value <= (whole ? 0xffff : 0xff))) throw new RangeError("base45: these letters stand for nothing");
    if (whole) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}
