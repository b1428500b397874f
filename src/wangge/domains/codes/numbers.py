"""The number of the day: a keyed permutation of a person's slot, so that no two days' numbers can be joined.

A balanced Feistel network over 24 bits. Its round functions are tables drawn from SHAKE-256 under the day's key, which
is cheaper for a whole city than a keyed hash for every number, and as random. The domain is exactly the 2^24 numbers,
so that no walking on is needed: every slot has one number of each day, and every number one slot.
"""

import hashlib
import hmac
from datetime import date
from functools import lru_cache

BITS = 24
DOMAIN = 1 << BITS
_HALF = BITS // 2
_MASK = (1 << _HALF) - 1
_ROUNDS = 8


def key_of(secret: bytes, day: date) -> bytes:
    """The key of a civil day, from a Response's secret in the key file."""
    return hmac.digest(secret, b"code numbers of " + day.isoformat().encode(), "sha256")


@lru_cache(maxsize=8)
def _tables(key: bytes) -> tuple[tuple[int, ...], ...]:
    """A random function of 12 bits for each round."""
    made = []
    for number in range(_ROUNDS):
        stream = hashlib.shake_256(bytes((number,)) + key).digest(2 << _HALF)
        made.append(tuple(int.from_bytes(stream[at : at + 2]) & _MASK for at in range(0, len(stream), 2)))
    return tuple(made)


def number_of(key: bytes, slot: int) -> int:
    """The number of a slot under a day's key. Raises ValueError outside 0 … 2^24-1."""
    left, right = _halves(slot)
    for table in _tables(key):
        left, right = right, left ^ table[right]
    return left << _HALF | right


def slot_of(key: bytes, number: int) -> int:
    """The slot behind a number: for the server alone, which holds the key."""
    left, right = _halves(number)
    for table in reversed(_tables(key)):
        left, right = right ^ table[left], left
    return left << _HALF | right


def _halves(value: int) -> tuple[int, int]:
    if not 0 <= value < DOMAIN:
        raise ValueError(f"{value} does not lie below 2^{BITS}")
    return value >> _HALF, value & _MASK
