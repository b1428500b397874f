"""A status list in bytes: sorted numbers as Rice-coded gaps, two bits for what each is. ``docs/operate/codes.md``.

One content has one encoding, so that a phone that applied a difference can be held to the same bytes by their hash.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.codes.numbers import DOMAIN

FORMAT = 1
_HEAD = 9  # count (4 bytes), Rice parameter (1), bytes of gaps (4)

#: What each number is: 1 yellow, 2 red, 3 void; in a difference also 0, gone from the list.
Entries = Mapping[int, int]


class Torn(Exception):
    """These bytes are no list."""


@dataclass(frozen=True, slots=True)
class Content:
    """The two sections: numbers of the day, and numbers on paper."""

    daily: Entries = field(default_factory=dict)
    printed: Entries = field(default_factory=dict)


def encode(content: Content) -> bytes:
    """The one encoding of a content."""
    return bytes((FORMAT,)) + _section(content.daily) + _section(content.printed)


def decode(raw: bytes) -> Content:
    """The inverse. Raises Torn."""
    if not raw or raw[0] != FORMAT:
        raise Torn("another format")
    daily, at = _read(raw, 1)
    printed, at = _read(raw, at)
    if at != len(raw):
        raise Torn("bytes are left over")
    return Content(daily, printed)


def digest(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def difference(old: Content, new: Content) -> Content:
    """What has to be written over ``old``: the new state of every number that changed, 0 where it is gone."""
    return Content(_changes(old.daily, new.daily), _changes(old.printed, new.printed))


def _changes(old: Entries, new: Entries) -> Entries:
    changed = dict(set(new.items()) - set(old.items()))
    return changed | dict.fromkeys(old.keys() - new.keys(), 0)


def apply(old: Content, changes: Content) -> Content:
    """``old`` with a difference written over it."""
    return Content(_written(old.daily, changes.daily), _written(old.printed, changes.printed))


def _written(old: Entries, changes: Entries) -> Entries:
    return {number: state for number, state in {**old, **changes}.items() if state}


def parameter(count: int) -> int:
    """The Rice parameter for so many numbers: the k at which k bits and a unary rest are shortest, in whole numbers so
    that every machine comes to the same."""
    k = 0
    while count and (1 << k + 1) * count * 1000 <= 962 * DOMAIN:
        k += 1
    return k


def _section(entries: Entries) -> bytes:
    numbers = sorted(entries)
    k, bits, before = parameter(len(numbers)), [], -1
    for number in numbers:
        gap, before = number - before - 1, number
        bits.append("1" * (gap >> k) + "0" + (f"{gap & (1 << k) - 1:0{k}b}" if k else ""))
    gaps = _packed("".join(bits))
    states = _packed("".join(f"{entries[number]:02b}" for number in numbers))
    return len(numbers).to_bytes(4) + bytes((k,)) + len(gaps).to_bytes(4) + gaps + states


def _packed(bits: str) -> bytes:
    """Bits in bytes, the first one highest; what is missing of the last byte is 0."""
    size = -(-len(bits) // 8)
    return int(bits.ljust(size * 8, "0"), 2).to_bytes(size) if bits else b""


def _bits(raw: bytes) -> str:
    return f"{int.from_bytes(raw):0{8 * len(raw)}b}" if raw else ""


def _read(raw: bytes, at: int) -> tuple[Entries, int]:
    begins = at + _HEAD
    if begins > len(raw):
        raise Torn("it ends too early")
    count, k, size = int.from_bytes(raw[at : at + 4]), raw[at + 4], int.from_bytes(raw[at + 5 : begins])
    ends = begins + size + -(-count // 4)
    if ends > len(raw) or k != parameter(count):
        raise Torn("it ends too early")
    bits, states = _bits(raw[begins : begins + size]), _bits(raw[begins + size : ends])
    found: dict[int, int] = {}
    place, number = 0, -1
    for index in range(count):
        stop = bits.find("0", place)
        if stop < 0 or stop + 1 + k > len(bits):
            raise Torn("a gap is cut off")
        number += (stop - place << k | int(bits[stop + 1 : stop + 1 + k] or "0", 2)) + 1
        place = stop + 1 + k
        found[number] = int(states[2 * index : 2 * index + 2], 2)
    if number >= DOMAIN or -(-place // 8) != size:
        raise Torn("a number lies outside, or bytes are left over")
    return found, ends


def entropy(count: int, states: Mapping[int, int]) -> float:
    """The fewest bytes that any coding of so many random numbers with these counts of states needs: for the bench."""
    choose = math.lgamma(DOMAIN + 1) - math.lgamma(count + 1) - math.lgamma(DOMAIN - count + 1)
    mixed = -sum(number * math.log(number / count) for number in states.values() if number)
    return (choose + mixed) / math.log(2) / 8
