"""Sealed envelopes and blind indexes for what must not be read from a stolen disk.

One envelope per row: version byte, key, 12-byte nonce, AES-256-GCM ciphertext of a JSON object. The key is an
id byte (version 1: the register, under the installation's key) or a Response's uuid (version 2: under its data key,
which is destroyed when the Response's data are due). The envelope is bound to its row (table and uuid are the
associated data), so that it cannot be moved to another.
A blind index is HMAC-SHA256 of a normalised value: equal values are found, nothing else is learned.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from wangge.base.keys import KeyDestroyed, KeyMissing, Keys, load, of_response

VERSION = 1
OF_RESPONSE = 2
_other_blind: ContextVar[bytes | None] = ContextVar("other_blind", default=None)
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # what is sealed


class Tampered(Exception):
    """The envelope is not this row's, or was changed."""


def _keys() -> Keys:
    return load(settings.WANGGE_KEYS)


def _bound(table: str, row: UUID | str) -> bytes:
    return f"{table}:{row}".encode()


def seal(table: str, row: UUID, content: dict[str, Any], *, response: UUID | None = None) -> bytes:
    """Seal a JSON object for one row of one table; an empty object is sealed as well.

    With a ``response``, under its data key: what is sealed so can be destroyed in every copy at once.
    """
    nonce = os.urandom(12)
    body = as_json(content).encode()
    if response:
        head, key = bytes((OF_RESPONSE,)) + response.bytes, of_response(settings.WANGGE_KEYS, response)
    else:
        keys = _keys()
        head, key = bytes((VERSION, keys.current)), keys.sealing[keys.current]
    return head + nonce + AESGCM(key).encrypt(nonce, body, _bound(table, row))


def in_use() -> tuple[int, bytes]:
    """The keys that new envelopes and blind indexes are made with: whoever kept them for long asks whether they are."""
    keys = _keys()
    return keys.current, keys.blind


def nonces(count: int) -> list[bytes]:
    """Many nonces at once, each for one envelope."""
    rand = os.urandom(12 * count)
    return [rand[at : at + 12] for at in range(0, 12 * count, 12)]


class Sealer:
    """Sealing and blind indexes of the register for millions of rows: the keys are read once, when it is made.

    ``remember`` works out the index of each value once, for rows that are asked about again and then written.
    """

    def __init__(self, *, remember: bool = False) -> None:
        self.blind: Callable[[str, str], str] = cache(self._blind) if remember else self._blind
        keys = _keys()
        self._head = bytes((VERSION, keys.current))
        self._cipher = AESGCM(keys.sealing[keys.current])
        key = keys.blind if len(keys.blind) <= 64 else hashlib.sha256(keys.blind).digest()
        block = key.ljust(64, b"\0")  # HMAC (RFC 2104) with both halves begun once: a third of the time
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def seal(self, table: str, row: UUID, content: dict[str, Any]) -> bytes:
        """The same envelope as ``seal`` makes."""
        return self.seal_text(os.urandom(12), as_json(content), f"{table}:{row}")

    def seal_text(self, nonce: bytes, content: str, bound: str) -> bytes:
        """The same of a content that is JSON already. ``nonce``: 12 random bytes that were never used before;
        ``bound``: the table, a colon and the row's uuid."""
        return self._head + nonce + self._cipher.encrypt(nonce, content.encode(), bound.encode())

    def blinder(self, kind: str) -> Callable[[str], str]:
        """Makes the indexes of one kind: what begins every value of it is worked in once."""
        inner = self._inner.copy()
        inner.update(f"{kind}:".encode())
        begun, closing = inner.copy, self._outer.copy

        def index(value: str) -> str:
            if not value:
                return ""
            inside, outside = begun(), closing()
            inside.update(value.encode())
            outside.update(inside.digest())
            return outside.hexdigest()

        return index

    def _blind(self, kind: str, value: str) -> str:
        """The same index as ``blind`` makes."""
        if not value:
            return ""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(f"{kind}:{value}".encode())
        outer.update(inner.digest())
        return outer.hexdigest()


def _opened(raw: bytes) -> tuple[bytes, bytes]:
    """The key of an envelope, and the envelope without its head. Raises KeyMissing."""
    keys = _keys()
    if raw[0] == OF_RESPONSE:
        response = UUID(bytes=raw[1:17])
        if response in keys.destroyed:
            raise KeyDestroyed(f"the key of Response {response}, destroyed on {keys.destroyed[response]}")
        if response not in keys.responses:
            raise KeyMissing(f"the key of Response {response}")
        return keys.responses[response], raw[17:]
    if raw[1] not in keys.sealing:
        raise KeyMissing(f"sealing key {raw[1]}")
    return keys.sealing[raw[1]], raw[2:]


def unseal(table: str, row: UUID | str, envelope: bytes | memoryview) -> dict[str, Any]:
    """Open a row's envelope; ``row`` is its uuid, or what else is its own in the table. Raises KeyMissing with the id
    of the key, or Tampered."""
    raw = bytes(envelope)
    if not raw:
        return {}
    key, rest = _opened(raw)
    try:
        body = AESGCM(key).decrypt(rest[:12], rest[12:], _bound(table, row))
    except InvalidTag as error:
        raise Tampered(f"{table} {row}") from error
    content: dict[str, Any] = json.loads(body)
    return content


def blind(kind: str, value: str) -> str:
    """The blind index of a normalised value, 64 hex characters; '' for ''."""
    if not value:
        return ""
    return hmac.digest(_other_blind.get() or _keys().blind, f"{kind}:{value}".encode(), "sha256").hex()


def secret_box() -> Fernet:
    """What second factors are sealed with: bound to the key file's secret, which a change of the keys leaves alone."""
    return Fernet(base64.urlsafe_b64encode(hmac.digest(_keys().secret.encode(), b"second factors", "sha256")))


@contextmanager
def indexing_under(key: bytes) -> Iterator[None]:
    """Blind indexes are worked out under another key, here and for as long as the block lasts: it is to become ours."""
    token = _other_blind.set(key)
    try:
        yield
    finally:
        _other_blind.reset(token)
