"""Ids that leave the system: UUID version 7 (RFC 9562), made by whoever creates the thing.

They are the idempotency key everywhere: the same id sent twice is one thing.
"""

import os
import time
import uuid

# Ids derived from a cause ("the close-contact order of person P in response R") repeat when the flow repeats.
DERIVED = uuid.UUID("6d0c9d3a-51a5-5d8e-9a53-77616e676765")

VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}  # the two bits 10, then two at random


def uuid7() -> uuid.UUID:
    """A new time-ordered id: 48 bits of Unix milliseconds, then 74 random bits."""
    millis = time.time_ns() // 1_000_000
    rand = int.from_bytes(os.urandom(10), "big")
    value = (millis & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (rand >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | rand & ((1 << 62) - 1)
    return uuid.UUID(int=value)


def uuid7s(count: int) -> list[str]:
    """Many new ids of one moment, as text: a tenth of the time, for rows that come by the million."""
    millis = f"{time.time_ns() // 1_000_000 & ((1 << 48) - 1):012x}"
    start, rand = f"{millis[:8]}-{millis[8:]}-7", os.urandom(10 * count).hex()
    return [
        f"{start}{rand[at : at + 3]}-{VARIANT[rand[at + 3]]}{rand[at + 4 : at + 7]}-{rand[at + 7 : at + 19]}"
        for at in range(0, 20 * count, 20)
    ]


def derived(*parts: object) -> uuid.UUID:
    """The id of a thing that follows from others: the same parts always give the same id (UUIDv5)."""
    return uuid.uuid5(DERIVED, "/".join(str(part) for part in parts))
