"""The status list as a signed message, whole or as a difference, and reading one: ``docs/operate/codes.md``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import cbor2

from wangge.base import signing
from wangge.base.signing import SigningKey
from wangge.domains.codes import coding
from wangge.domains.codes.coding import Content, Torn
from wangge.domains.codes.rules import STALE_AFTER
from wangge.domains.codes.tokens import Seen, opened

WHOLE, DIFFERENCE = "list", "diff"


class Key(IntEnum):
    """The keys of the payload's map."""

    WHAT = 0
    ISSUER = 1
    VERSION = 2
    MADE = 3
    DAY_FROM = 4
    DAY_UNTIL = 5
    HASH = 6
    REVOKED = 7
    STALE = 8
    CONTENT = 9
    FROM = 10
    FROM_HASH = 11


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a list. The daily numbers are those of [day_from, day_until); ``made``: when it was last true."""

    issuer: str
    version: int
    made: datetime
    day_from: datetime
    day_until: datetime
    content: bytes


def whole(path: Path, one: Edition, now: datetime) -> bytes:
    """A signed list with everything in it. ``path``: the key file."""
    return signing.sign(path, cbor2.dumps(_head(path, one, WHOLE, one.content), canonical=True), now)


def since(path: Path, old: Edition, new: Edition, now: datetime) -> bytes:
    """A signed difference of two versions of one day; of a version to itself: that it is still true."""
    said = _head(path, new, DIFFERENCE, _changes(old.content, new.content))
    said |= {Key.FROM: old.version, Key.FROM_HASH: coding.digest(old.content)}
    return signing.sign(path, cbor2.dumps(said, canonical=True), now)


@lru_cache(maxsize=64)
def _changes(old: bytes, new: bytes) -> bytes:
    """Worked out once for all scanners that hold the same version."""
    return coding.encode(coding.difference(coding.decode(old), coding.decode(new)))


def _head(path: Path, one: Edition, what: str, content: bytes) -> dict[int, object]:
    return {
        Key.WHAT: what, Key.ISSUER: one.issuer, Key.VERSION: one.version, Key.MADE: int(one.made.timestamp()),
        Key.DAY_FROM: int(one.day_from.timestamp()), Key.DAY_UNTIL: int(one.day_until.timestamp()),
        Key.HASH: coding.digest(one.content), Key.STALE: int(STALE_AFTER.total_seconds()), Key.CONTENT: content,
        Key.REVOKED: sorted(bytes.fromhex(key.kid) for key in signing.known(path) if key.revoked),
    }  # fmt: skip


def take(raw: bytes, keys: Sequence[SigningKey], held: tuple[int, Content] | None) -> tuple[int, Content]:
    """What a phone holds after this message, as a phone works it out: version and content. Raises Torn with the reason.

    ``held``: what it holds before. Refused are bad signatures, a difference from another version, and an older one.
    """
    seen, payload = opened(raw, keys)
    if seen is not Seen.GOOD:
        raise Torn(seen)
    said = cbor2.loads(payload)
    version, content = said[Key.VERSION], coding.decode(said[Key.CONTENT])
    if held and version < held[0]:
        raise Torn("older than the one held")
    if said[Key.WHAT] == DIFFERENCE:
        if held is None or said[Key.FROM] != held[0] or said[Key.FROM_HASH] != coding.digest(coding.encode(held[1])):
            raise Torn("a difference from another list")
        content = coding.apply(held[1], content)
    if coding.digest(coding.encode(content)) != said[Key.HASH]:
        raise Torn("another content than was signed")
    return version, content
