// The bytes of a status list: sorted numbers as Rice-coded gaps, two bits for the state of each. One content has one
// encoding: whoever applied a difference comes to the same bytes, and their hash says so. docs/operate/codes.md.

import { DOMAIN } from "./code";

const FORMAT = 1;
const HEAD = 9;

export interface Section {
  /** In ascending order. */
  numbers: Uint32Array;
  /** 1 yellow, 2 red, 3 void; in a difference also 0: gone. */
  states: Uint8Array;
}

export interface Content {
  daily: Section;
  printed: Section;
}

export class Torn extends Error {}

export function decodeContent(bytes: Uint8Array): Content {
  if (bytes[0] !== FORMAT) throw new Torn("another format");
  const daily = readSection(bytes, 1);
  const printed = readSection(bytes, daily.end);
  if (printed.end !== bytes.length) throw new Torn("bytes are left over");
  return { daily: daily.section, printed: printed.section };
}

export function encodeContent({ daily, printed }: Content): Uint8Array<ArrayBuffer> {
  const parts = [Uint8Array.of(FORMAT), writeSection(daily), writeSection(printed)];
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A content with a difference written over it. */
export function applyChanges(old: Content, changes: Content): Content {
  return { daily: merged(old.daily, changes.daily), printed: merged(old.printed, changes.printed) };
}

function merged(old: Section, changes: Section): Section {
  const numbers = new Uint32Array(old.numbers.length + changes.numbers.length);
  const states = new Uint8Array(numbers.length);
  let [size, left, right] = [0, 0, 0];
  while (left < old.numbers.length || right < changes.numbers.length) {
    const [mine, theirs] = [old.numbers[left] ?? DOMAIN, changes.numbers[right] ?? DOMAIN];
    const state = theirs <= mine ? changes.states[right]! : old.states[left]!;
    if (state) {
      numbers[size] = Math.min(mine, theirs);
      states[size] = state;
      size += 1;
    }
    if (mine <= theirs) left += 1;
    if (theirs <= mine) right += 1;
  }
  return { numbers: numbers.slice(0, size), states: states.slice(0, size) };
}

/** The state of a number: 0 where it is not in the list. */
export function stateOf({ numbers, states }: Section, number: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === number ? states[low]! : 0;
}

/** The Rice parameter for so many numbers, in whole numbers so that every machine comes to the same. */
function parameter(count: number): number {
  let k = 0;
  while (count && 2 ** (k + 1) * count * 1000 <= 962 * DOMAIN) k += 1;
  return k;
}

function readSection(bytes: Uint8Array, start: number): { section: Section; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = start + HEAD;
  if (begin > bytes.length) throw new Torn("it ends too early");
  const [count, k, size] = [view.getUint32(start), view.getUint8(start + 4), view.getUint32(start + 5)];
  const end = begin + size + Math.ceil(count / 4);
  if (end > bytes.length || k !== parameter(count)) throw new Torn("it ends too early");
  const [numbers, states] = [new Uint32Array(count), new Uint8Array(count)];
  const bit = (at: number) => (bytes[begin + (at >> 3)]! >> (7 - (at & 7))) & 1;
  let [place, number] = [0, -1];
  for (let index = 0; index < count; index += 1) {
    let gap = 0;
    for (; place < size * 8 && bit(place); place += 1) gap += 1;
    place += 1;
    if (place + k > size * 8) throw new Torn("a gap is cut off");
    for (let end_ = place + k; place < end_; place += 1) gap = gap * 2 + bit(place);
    number += gap + 1;
    numbers[index] = number;
    states[index] = (bytes[begin + size + (index >> 2)]! >> (6 - 2 * (index & 3))) & 3;
  }
  if (number >= DOMAIN || Math.ceil(place / 8) !== size) throw new Torn("a number lies outside, or bytes are left over");
  return { section: { numbers, states }, end };
}

function writeSection({ numbers, states }: Section): Uint8Array<ArrayBuffer> {
  const count = numbers.length;
  const k = parameter(count);
  const gaps = new Uint8Array(Math.ceil(bitsOf(numbers, k) / 8));
  let [place, before] = [0, -1];
  const set = (at: number) => (gaps[at >> 3] = gaps[at >> 3]! | (0x80 >> (at & 7)));
  for (const number of numbers) {
    const gap = number - before - 1;
    before = number;
    for (let ones = gap >> k; ones > 0; ones -= 1) set(place++);
    place += 1;
    for (let at = k - 1; at >= 0; at -= 1, place += 1) if ((gap >> at) & 1) set(place);
  }
  const whole = new Uint8Array(HEAD + gaps.length + Math.ceil(count / 4));
  const view = new DataView(whole.buffer);
  view.setUint32(0, count);
  view.setUint8(4, k);
  view.setUint32(5, gaps.length);
  whole.set(gaps, HEAD);
  for (let index = 0; index < count; index += 1) {
    const at = HEAD + gaps.length + (index >> 2);
    whole[at] = whole[at]! | (states[index]! << (6 - 2 * (index & 3)));
  }
  return whole;
}

function bitsOf(numbers: Uint32Array, k: number): number {
  let [bits, before] = [0, -1];
  for (const number of numbers) {
    bits += ((number - before - 1) >> k) + 1 + k;
    before = number;
  }
  return bits;
}
