"""Whoever checks in with a telephone number: a key for a day instead of a person, and the number, sealed, beside it.

The key is negative, so that it is no person's, and follows from number and day (BLAKE2b) under a key of the key file:
the same phone has the same key all day, another one tomorrow, and nobody without the key file can tell which. No
register is asked while somebody checks in; a tracer's question works the keys of a number out again. Two numbers with
one key: in a city of five million once in seven hundred thousand days.

The number lies in one envelope a day, under the data key of the Response: with that key every copy is gone.
"""

import hmac
import os
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from wangge.base import sealing
from wangge.base.keys import load, of_response

TABLE = "wangge_checkin_visitor"
LENGTH = 77  # bytes of an envelope: version, Response, nonce, 32 bytes of text, tag
TEXT = 32
LOWEST = -(1 << 63)


def row_of(day: str, key: int) -> str:
    """What an envelope is bound to, as other rows' are to their uuid: the day (ISO 8601) and the key."""
    return f"{day}/{key}"


class Keys:
    """Works out keys of days. Made anew after the key file changed; a change of the keys leaves this one alone."""

    def __init__(self) -> None:
        self._key = hmac.digest(load(settings.WANGGE_KEYS).secret.encode(), b"visitors", "sha256")

    def of(self, day: date, phone: str) -> int:
        """The key of a normalised number on a civil day: negative, 63 bits."""
        return self.on(day)(phone)

    def on(self, day: date) -> Callable[[str], int]:
        """The same for many numbers of one day."""
        begun, own = f"{day.isoformat()}:", self._key

        def key(phone: str) -> int:
            said = blake2b((begun + phone).encode(), digest_size=8, key=own).digest()
            return LOWEST + (int.from_bytes(said) >> 1)

        return key


class Envelopes:
    """Seals numbers for one Response: its key is read once. Raises KeyDestroyed."""

    def __init__(self, response: UUID) -> None:
        self._head = bytes((sealing.OF_RESPONSE,)) + response.bytes
        self._cipher = AESGCM(of_response(settings.WANGGE_KEYS, response))

    def seal(self, day: str, key: int, phone: str) -> bytes:
        """Always as long: spaces behind what is said, as JSON allows. ``day`` as ISO 8601 has it."""
        nonce = os.urandom(12)
        said = f'{{"phone":"{phone}"}}'.encode().ljust(TEXT)
        return self._head + nonce + self._cipher.encrypt(nonce, said, f"{TABLE}:{row_of(day, key)}".encode())


def open_envelope(day: date, key: int, sealed: bytes) -> str:
    """The number of a visitor. Raises KeyMissing and Tampered; the caller puts the look on record."""
    return str(sealing.unseal(TABLE, row_of(day.isoformat(), key), sealed)["phone"])
