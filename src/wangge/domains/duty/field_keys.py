"""Keys with which a phone's OpenRosa client (ODK Collect) works as an account: one a phone, ended with one tap.

Kept is HA1 of the digest scheme (RFC 2617), sealed. It verifies basic as well, and fast: the password is a hundred
random bits, so that a slow hash would protect nothing.
"""

import hashlib
import hmac
import secrets

from django.db import transaction
from django.db.models import QuerySet

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account, ApiToken
from wangge.domains.duty.tokens import MOST, TokenInput, valid

TABLE = "wangge_apitoken"
REALM = "Wangge"  # part of every HA1: another realm would make every key invalid
RIGHTS = (Right.WORK_DOORS,)
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # 31 that are not mistaken for each other when typed by hand


def _random(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(count))


def ha1(username: str, password: str) -> str:
    """MD5(username:realm:password), as the protocol has it. MD5 is no weakness here: nothing short is behind it."""
    return hashlib.md5(f"{username}:{REALM}:{password}".encode(), usedforsecurity=False).hexdigest()


@transaction.atomic
def make_field_key(*, account: Account, typed: TokenInput, by: By) -> tuple[ApiToken, str]:
    """A new key for a phone, and its password, which is shown now and never again."""
    by.scope(Right.WORK_DOORS)
    if field_keys_of(account).filter(valid()).count() >= MOST:
        raise Problem("token_too_many", most=MOST)
    password = "-".join(_random(5) for _ in range(4))
    key = ApiToken(
        account=account, name=typed.name, digest=hashlib.sha256(password.encode()).hexdigest(), username=_random(8),
        rights=[right.value for right in RIGHTS], created_at=clock.now(), expires_on=typed.expires_on,
    )  # fmt: skip
    key.sealed = sealing.seal(TABLE, key.uuid, {"ha1": ha1(key.username, password)})
    key.save()
    record(
        "duty.token_made", by=by, subject=key.uuid,
        data={"account": str(account.uuid), "expires_on": typed.expires_on.isoformat(), "rights": key.rights},
    )  # fmt: skip
    return key, password


def field_keys_of(account: Account) -> QuerySet[ApiToken]:
    """Every phone's key of an account, the latest first, ended ones too."""
    return ApiToken.objects.filter(account=account).exclude(username="").order_by("-created_at", "-id")


def field_key(username: str) -> ApiToken | None:
    """The valid key with this user name, its account active; None for every other reason alike."""
    if not username:
        return None
    return (
        ApiToken.objects.filter(valid(), username=username, account__is_active=True).select_related("account").first()
    )


def secret_of(key: ApiToken) -> str:
    """What basic and digest are verified against."""
    return str(sealing.unseal(TABLE, key.uuid, key.sealed)["ha1"])


def fits(secret: str, username: str, password: str) -> bool:
    """Whether this is the password behind a secret; takes as long whatever it is."""
    return hmac.compare_digest(secret, ha1(username, password.strip().lower()))
