"""The keys that sign residents' codes and the status list: Ed25519, in the key file, each with a short id.

One key signs; those before it are still known, so that what they signed is good until it expires. A stolen key is
revoked: from then on nothing it ever signed is taken. Only public parts leave the file.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cwt import COSE, COSEKey
from cwt.cose_key_interface import COSEKeyInterface

from wangge.base import keys
from wangge.base.keys import Content

KID_BYTES = 4
ALG, KID = 1, 4  # protected headers of COSE (RFC 9052)
EDDSA = -8


@dataclass(frozen=True, slots=True)
class SigningKey:
    """``kid``: the first bytes of the public key's SHA-256, in hex. ``until``: what it signed is over by then at the
    latest; None for the key that signs now. ``revoked``: since when nothing of it is taken."""

    kid: str
    seed: bytes
    public: bytes
    since: datetime
    until: datetime | None = None
    revoked: datetime | None = None

    @property
    def x(self) -> str:
        """The public key as JWK writes it: base64url without padding (RFC 8037)."""
        return base64.urlsafe_b64encode(self.public).decode().rstrip("=")


def public_of(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def kid_of(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[: 2 * KID_BYTES]


def known(path: Path) -> list[SigningKey]:
    """Every key of the file, the latest first; revoked ones too."""
    found = [_key(kid, one) for kid, one in keys.load(path).signing.items()]
    return sorted(found, key=lambda one: one.since, reverse=True)


def _key(kid: str, raw: Mapping[str, str]) -> SigningKey:
    seed = base64.b64decode(raw["key"])
    until, revoked = (datetime.fromisoformat(raw[name]) if name in raw else None for name in ("until", "revoked"))
    return SigningKey(kid, seed, public_of(seed), datetime.fromisoformat(raw["since"]), until, revoked)


def current(path: Path, now: datetime) -> SigningKey:
    """The key that signs, made when it is first asked for."""
    if not keys.load(path).signs:
        keys.change(path, lambda content: None if content.get("signs") else _add(content, now))
    return next(one for one in known(path) if one.kid == keys.load(path).signs)


def _add(content: Content, now: datetime) -> None:
    seed = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    kid = kid_of(public_of(seed))
    content.setdefault("signing", {})[kid] = {"key": base64.b64encode(seed).decode(), "since": now.isoformat()}
    content["signs"] = kid


def rotate(path: Path, now: datetime, lives: timedelta) -> SigningKey:
    """A new key signs from now on. What the one before signed is good for ``lives`` at the longest; keys past that go.

    A revoked key stays in the file: whoever still holds it as good must be able to learn better.
    """

    def turn(content: Content) -> None:
        known_keys = content.setdefault("signing", {})
        for kid, one in list(known_keys.items()):
            one.setdefault("until", (now + lives).isoformat())
            if datetime.fromisoformat(one["until"]) < now and "revoked" not in one:
                del known_keys[kid]
        _add(content, now)

    keys.load(path)  # makes the file where there is none
    keys.change(path, turn)
    return current(path, now)


def revoke(path: Path, kid: str, now: datetime, lives: timedelta) -> bool:
    """Nothing this key ever signed is taken any more; where it is the key that signs, another one takes its place.

    False where there is no such key. Twice is once.
    """
    if kid not in keys.load(path).signing:
        return False
    keys.change(path, lambda content: content["signing"][kid].setdefault("revoked", now.isoformat()))
    if keys.load(path).signs == kid:
        rotate(path, now, lives)
    return True


@lru_cache(maxsize=8)
def _signer(kid: str, seed: bytes) -> COSEKeyInterface:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return COSEKey.from_pem(pem, kid=bytes.fromhex(kid))


def sign(path: Path, payload: bytes, now: datetime) -> bytes:
    """The payload in a tagged COSE_Sign1; algorithm and key id are both under the signature."""
    key = current(path, now)
    headers = {ALG: EDDSA, KID: bytes.fromhex(key.kid)}
    signed: bytes = COSE.new().encode(payload, _signer(key.kid, key.seed), protected=headers)
    return signed
