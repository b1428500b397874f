"""What the picture at a venue's door says: which venue, which poster or minute, and that we made it.

28 characters: what kind, the venue's key, a number, and twelve bytes of HMAC-SHA256 under a key that follows from the
key file's secret. So a code is checked without a database, and nobody can make one who does not hold the key file.
"""

import base64
import binascii
import hmac
import re
import struct
from enum import IntEnum
from typing import NamedTuple

from django.conf import settings

from wangge.base.keys import load

BODY = struct.Struct(">BII")
MAC = 12  # bytes
TEXT = re.compile(r"[A-Za-z0-9_-]{28}")
MINUTE = 60  # seconds
MOST = 250_000  # codes remembered; nobody else can make any


class Kind(IntEnum):
    """``number`` is the poster's version; the minute since 1970; or the version whose screen may show minutes."""

    POSTER = 1
    MINUTE = 2
    SCREEN = 3


class Code(NamedTuple):
    """A code that was read: ours, whatever has become of its venue since."""

    kind: Kind
    venue: int
    number: int


class Codes:
    """Writes and reads codes with a key that is worked out once. Make a new one after the key file changed."""

    def __init__(self) -> None:
        self._read: dict[str, Code] = {}
        self._key = hmac.digest(load(settings.WANGGE_KEYS).secret.encode(), b"venue codes", "sha256")

    def write(self, code: Code) -> str:
        """The text of a code, 28 characters that need no escaping in an address."""
        body = BODY.pack(*code)
        return base64.urlsafe_b64encode(body + self._mac(body)).decode()

    def read(self, text: str) -> Code | None:
        """None for one that is forged, foreign or torn. Those that are ours are remembered."""
        if known := self._read.get(text):
            return known
        if not TEXT.fullmatch(text):
            return None
        raw = binascii.a2b_base64(text.translate(_STANDARD))
        body, mac = raw[: BODY.size], raw[BODY.size :]
        if not hmac.compare_digest(mac, self._mac(body)):
            return None
        kind, venue, number = BODY.unpack(body)
        if len(self._read) >= MOST:
            self._read.clear()
        self._read[text] = code = Code(Kind(kind), venue, number)
        return code

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:MAC]


_STANDARD = str.maketrans("-_", "+/")


def minute_of(at: float) -> int:
    """The number of the minute in which a second of Unix time lies."""
    return int(at) // MINUTE
