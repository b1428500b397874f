"""Sealed envelopes and blind indexes for what must not be read from a stolen disk.

One envelope per row: version byte, key id byte, 12-byte nonce, AES-256-GCM ciphertext of a JSON object. The
envelope is bound to its row (table and uuid are the associated data), so that it cannot be moved to another.
A blind index is HMAC-SHA256 of a normalised value: equal values are found, nothing else is learned.
"""

import hmac
import json
import os
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from wangge.base.keys import KeyMissing, Keys, load

VERSION = 1


class Tampered(Exception):
    """The envelope is not this row's, or was changed."""


def _keys() -> Keys:
    return load(settings.WANGGE_KEYS)


def _bound(table: str, row: UUID) -> bytes:
    return f"{table}:{row}".encode()


def seal(table: str, row: UUID, content: dict[str, Any]) -> bytes:
    """Seal a JSON object for one row of one table; an empty object is sealed as well."""
    keys = _keys()
    nonce = os.urandom(12)
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    cipher = AESGCM(keys.sealing[keys.current]).encrypt(nonce, body, _bound(table, row))
    return bytes((VERSION, keys.current)) + nonce + cipher


def unseal(table: str, row: UUID, envelope: bytes | memoryview) -> dict[str, Any]:
    """Open a row's envelope. Raises KeyMissing with the id of the key, or Tampered."""
    raw = bytes(envelope)
    if not raw:
        return {}
    number = raw[1]
    key = _keys().sealing.get(number)
    if key is None:
        raise KeyMissing(f"sealing key {number}")
    try:
        body = AESGCM(key).decrypt(raw[2:14], raw[14:], _bound(table, row))
    except InvalidTag as error:
        raise Tampered(f"{table} {row}") from error
    content: dict[str, Any] = json.loads(body)
    return content


def blind(kind: str, value: str) -> str:
    """The blind index of a normalised value, 64 hex characters; '' for ''."""
    if not value:
        return ""
    return hmac.digest(_keys().blind, f"{kind}:{value}".encode(), "sha256").hex()
