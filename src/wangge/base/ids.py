"""Ids that leave the system: UUID version 7 (RFC 9562), made by whoever creates the thing.

They are the idempotency key everywhere: the same id sent twice is one thing.
"""

import os
import time
import uuid

# Ids derived from a cause ("the close-contact order of person P in response R") repeat when the flow repeats.
DERIVED = uuid.UUID("6d0c9d3a-51a5-5d8e-9a53-77616e676765")


def uuid7() -> uuid.UUID:
    """A new time-ordered id: 48 bits of Unix milliseconds, then 74 random bits."""
    millis = time.time_ns() // 1_000_000
    rand = int.from_bytes(os.urandom(10), "big")
    value = (millis & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (rand >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | rand & ((1 << 62) - 1)
    return uuid.UUID(int=value)


def derived(*parts: object) -> uuid.UUID:
    """The id of a thing that follows from others: the same parts always give the same id (UUIDv5)."""
    return uuid.uuid5(DERIVED, "/".join(str(part) for part in parts))
