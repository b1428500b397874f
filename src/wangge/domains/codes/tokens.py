"""A code as text: a CWT under COSE_Sign1 with Ed25519, in base45 after ``WG1:``. Made here, and read again.

Layout and verdicts: ``docs/operate/codes.md``; the phone's half is ``frontend/phone/src/codes``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import cbor2
from base45 import b45decode, b45encode
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wangge.base import clock, signing
from wangge.base.signing import ALG, EDDSA, KID, SigningKey
from wangge.domains.codes.numbers import DOMAIN
from wangge.domains.codes.rules import Kind

PREFIX = "WG1:"
ISS, EXP, IAT, HOLDER = 1, 4, 6, -65537  # claims of RFC 8392, and one of our own (private use)
SIGN1 = 18
LONGEST = 1000  # characters; ours have about 200


class Seen(StrEnum):
    """What can be said of a scanned text before anybody looks into a list."""

    GOOD = "good"
    OTHER = "other"  # no code of this kind at all: a poster, a parcel
    TORN = "torn"  # begins as one and cannot be read: torn, rescaled, cut off
    FORGED = "forged"  # the signature is not of its key, or not of the kind we take
    FOREIGN = "foreign"  # a key or an issuer nobody here knows
    REVOKED = "revoked"  # signed with a key that was stolen
    KIND = "kind"  # signed by us, and no resident's code
    CLOCK = "clock"  # issued in the future: one of the two clocks is wrong
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Claims:
    """What stands in a code. No colour: it could go stale."""

    issuer: str
    issued: datetime
    expires: datetime
    number: int
    kind: Kind
    initials: str


def make(path: Path, claims: Claims) -> str:
    """A signed code. ``path``: the key file."""
    payload = cbor2.dumps(
        {
            ISS: claims.issuer, EXP: int(claims.expires.timestamp()), IAT: int(claims.issued.timestamp()),
            HOLDER: [claims.number, int(claims.kind), claims.initials],
        },
        canonical=True,
    )  # fmt: skip
    letters: bytes = b45encode(signing.sign(path, payload, claims.issued))
    return PREFIX + letters.decode()


def read(text: str, keys: Sequence[SigningKey], issuer: str, now: datetime) -> tuple[Seen, Claims | None]:
    """What a scanned text is; the claims where the signature is good, also of a code that is over."""
    text = text.strip()
    if not text.startswith(PREFIX):
        return Seen.OTHER, None
    try:
        raw = b45decode(text[len(PREFIX) :]) if len(text) <= LONGEST else b""
    except ValueError:
        return Seen.TORN, None
    seen, payload = opened(raw, keys)
    claims = _claims(payload) if seen is Seen.GOOD else None
    if seen is not Seen.GOOD or claims is None:
        return (Seen.KIND if seen is Seen.GOOD else seen), None
    if claims.issuer != issuer:
        return Seen.FOREIGN, claims
    if claims.issued > now + clock.SLACK:
        return Seen.CLOCK, claims
    return (Seen.EXPIRED if claims.expires <= now else Seen.GOOD), claims


def opened(raw: bytes, keys: Sequence[SigningKey]) -> tuple[Seen, bytes]:
    """The payload of a COSE_Sign1 whose signature is of one of these keys."""
    try:
        message = cbor2.loads(raw)
        protected, unprotected, payload, signature = message.value
        headers = cbor2.loads(protected)
        algorithm, kid = headers[ALG], headers[KID].hex()
        whole = message.tag == SIGN1 and unprotected == {} and len(signature) == 64 and isinstance(payload, bytes)
    except (ValueError, TypeError, KeyError, AttributeError, cbor2.CBORError):
        return Seen.TORN, b""
    if not whole:
        return Seen.TORN, b""
    key = next((one for one in keys if one.kid == kid), None)
    if algorithm != EDDSA or key is None:
        return (Seen.FORGED if algorithm != EDDSA else Seen.FOREIGN), b""
    if key.revoked:
        return Seen.REVOKED, b""
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, signed)
    except InvalidSignature:
        return Seen.FORGED, b""
    return Seen.GOOD, payload


def _claims(payload: bytes) -> Claims | None:
    """The claims of a signed payload; None where it is something else that we sign, such as a list."""
    try:
        said: dict[int, Any] = cbor2.loads(payload)
        number, kind, initials = said[HOLDER]
        if not (isinstance(said[ISS], str) and isinstance(initials, str) and 0 <= number < DOMAIN):
            return None
        return Claims(said[ISS], _at(said[IAT]), _at(said[EXP]), number, Kind(kind), initials)
    except (ValueError, TypeError, KeyError, OverflowError, cbor2.CBORError):
        return None


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
