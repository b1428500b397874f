"""The public keys, for whoever verifies a code: a scanner, another city, anybody."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from wangge.base import clock, signing
from wangge.base.signing import SigningKey
from wangge.domains.codes.queries.statuses import in_use, issuer_of
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import naming
from wangge.domains.protocol.rules import Named


def with_codes() -> list[Response]:
    """Every open Response that has codes now."""
    return [one for one in naming(Named.CODES) if in_use(one)]


def public_keys() -> list[dict[str, Any]]:
    """Each key as it is published; the one that signs now first. A stolen one stays, with the instant since when."""
    signing.current(settings.WANGGE_KEYS, clock.now())
    return [_shown(one) for one in signing.known(settings.WANGGE_KEYS)]


def published(responses: Iterable[Response]) -> dict[str, Any]:
    """The published set: whose codes these are, and the keys that sign them."""
    return {"issuers": [issuer_of(one) for one in responses], "keys": public_keys()}


def _shown(one: SigningKey) -> dict[str, Any]:
    return {
        "kid": one.kid, "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": one.x, "from": _told(one.since),
        "until": _told(one.until), "revoked": _told(one.revoked),
    }  # fmt: skip


def _told(at: datetime | None) -> str | None:
    return at.astimezone(clock.LOCAL).isoformat(timespec="seconds") if at else None
