"""Basic and digest (RFC 2617, within the protocol's restrictions), verified from HA1 in memory.

A nonce is signed and carries its time: no process has to remember it, and every one of them takes it.
Basic is offered and taken over HTTPS alone, as the protocol asks.
"""

import base64
import binascii
import hmac
import os
import re
import struct
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from hashlib import md5
from time import time
from urllib.parse import unquote, urlsplit

from django.conf import settings

from wangge.domains.duty.field_keys import REALM, fits

LIVES = 600  # seconds of a nonce; then it is stale, and the client works with the next one without asking anybody
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')


class Verdict(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Basic:
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Digest:
    username: str
    nonce: str
    uri: str
    response: str
    qop: str
    nc: str
    cnonce: str


def read_authorization(header: str, *, secure: bool) -> Basic | Digest | None:
    """What a client shows; None for nothing that counts here."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "basic" and secure:
        return _basic(rest.strip())
    return _digest(rest) if scheme.lower() == "digest" else None


@lru_cache(maxsize=1024)
def _basic(text: str) -> Basic | None:
    try:
        username, colon, password = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Basic(username, password) if colon else None


def _digest(text: str) -> Digest | None:
    found = {name.lower(): quoted or plain for name, quoted, plain in _PAIR.findall(text)}
    if found.get("realm") != REALM or found.get("algorithm", "MD5").upper() != "MD5":
        return None
    if found.get("qop", "auth") != "auth":
        return None
    return Digest(*(found.get(name, "") for name in Digest.__slots__))


def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"openrosa nonce", "sha256")


def new_nonce(now: float | None = None) -> str:
    """Time and chance, signed."""
    head = struct.pack(">d", now or time()) + os.urandom(8)
    return base64.urlsafe_b64encode(head + hmac.digest(_key(), head, "sha256")[:16]).decode()


@lru_cache(maxsize=4096)
def _made_at(nonce: str) -> float | None:
    """When a nonce of ours was made; None for any other."""
    try:
        raw = base64.urlsafe_b64decode(nonce)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 32 or not hmac.compare_digest(hmac.digest(_key(), raw[:16], "sha256")[:16], raw[16:]):
        return None
    return float(struct.unpack(">d", raw[:8])[0])


def verify(shown: Basic | Digest, ha1: str, *, method: str, path: str) -> Verdict:
    """Whether what was shown fits HA1, for this request."""
    if isinstance(shown, Basic):
        return Verdict.RIGHT if fits(ha1, shown.username, shown.password) else Verdict.WRONG
    if unquote(urlsplit(shown.uri).path) != unquote(path):
        return Verdict.WRONG
    if not hmac.compare_digest(response_of(shown, ha1, method).encode(), shown.response.lower().encode()):
        return Verdict.WRONG
    made = _made_at(shown.nonce)
    return Verdict.RIGHT if made is not None and 0 <= time() - made + 60 <= LIVES + 60 else Verdict.STALE


def response_of(shown: Digest, ha1: str, method: str) -> str:
    """RFC 2617, 3.2.2.1; without qop as RFC 2069 has it."""
    ha2 = _md5(f"{method}:{shown.uri}")
    middle = f"{shown.nonce}:{shown.nc}:{shown.cnonce}:{shown.qop}" if shown.qop else shown.nonce
    return _md5(f"{ha1}:{middle}:{ha2}")


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def challenges(*, secure: bool, stale: bool = False) -> list[tuple[str, str]]:
    """The headers of a 401: digest always, basic where nobody can listen."""
    said = (
        f'Digest realm="{REALM}", domain="/openrosa", qop="auth", algorithm=MD5, nonce="{new_nonce()}", '
        f'opaque="wangge"{", stale=true" if stale else ""}'
    )
    basic = [("WWW-Authenticate", f'Basic realm="{REALM}", charset="UTF-8"')] if secure else []
    return [("WWW-Authenticate", said), *basic]
