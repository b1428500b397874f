"""Tokens with which another system acts as an account: made, ended, found by what is shown of them once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.events.actions import record
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.entry import demanded_of, has_factor
from wangge.domains.duty.models import Account, ApiToken
from wangge.domains.duty.queries import by_of, holdings_of
from wangge.domains.duty.rules import Proof

PREFIX = "wgt_"  # lets a scanner of code and logs recognise a token that was left there
SECRET_BYTES = 32
LONGEST = timedelta(days=366)
MOST = 20  # tokens of one account that are in use at a time


@dataclass(frozen=True, slots=True)
class TokenInput:
    """A token as asked for: what uses it, until which civil day (included), narrowed to which rights (none: all)."""

    name: str
    expires_on: date
    rights: tuple[Right, ...] = ()


def read_token(*, name: str, expires_on: str, rights: Sequence[str] = ()) -> TokenInput:
    """A checked TokenInput. Raises Problems with every mistake at once."""
    problems: list[Problem] = []
    name = " ".join(name.split())[:60]
    if not name:
        problems.append(Problem("token_name_missing", field="name"))
    try:
        day = date.fromisoformat(expires_on.strip())
    except ValueError:
        day = date.min
    if not clock.today() <= day <= clock.today() + LONGEST:
        problems.append(Problem("token_day", field="expires_on", last=clock.today() + LONGEST))
    if problems:
        raise Problems(problems)
    known = [right for text in rights if (right := member(Right, text))]
    return TokenInput(name, day, tuple(sorted(set(known))))


def _digest(secret: str) -> str:
    """A fast hash is enough: the token is 256 random bits, there is nothing to guess from. Not a keyed one, which
    nobody could work out again when the key changes."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, account: Account, typed: TokenInput, by: By) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown now and never again."""
    if tokens_of(account).filter(valid()).count() >= MOST:
        raise Problem("token_too_many", most=MOST)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        account=account, name=typed.name, digest=_digest(secret), rights=[right.value for right in typed.rights],
        created_at=clock.now(), expires_on=typed.expires_on,
    )  # fmt: skip
    record(
        "duty.token_made", by=by, subject=token.uuid,
        data={"account": str(account.uuid), "expires_on": typed.expires_on.isoformat(), "rights": token.rights},
    )  # fmt: skip
    return token, secret


@transaction.atomic
def end_token(*, account: Account, uuid: UUID, by: By) -> ApiToken:
    """End an account's own token; it is refused from this moment on. Twice is once. Raises ApiToken.DoesNotExist."""
    token = ApiToken.objects.select_for_update().get(account=account, uuid=uuid)
    if token.ended_at is None:
        token.ended_at = clock.now()
        token.save(update_fields=["ended_at"])
        record("duty.token_ended", by=by, subject=token.uuid, data={"account": str(account.uuid)})
    return token


def tokens_of(account: Account) -> QuerySet[ApiToken]:
    """Every token of an account for other systems, the latest first, ended ones too."""
    return ApiToken.objects.filter(account=account, username="").order_by("-created_at", "-id")


def valid() -> Q:
    """Tokens and keys that open something today, as far as they themselves are concerned."""
    return Q(ended_at__isnull=True, expires_on__gte=clock.today())


def in_use(token: ApiToken) -> bool:
    """Whether a token opens anything now, as far as the token itself is concerned."""
    return token.ended_at is None and token.expires_on >= clock.today()


def token_of(secret: str) -> ApiToken | None:
    """The valid token with this secret, its account active; None for every other reason alike."""
    if not secret.startswith(PREFIX):
        return None
    found = ApiToken.objects.filter(valid(), digest=_digest(secret), account__is_active=True)
    return found.select_related("account").first()


def note_use(token: ApiToken) -> None:
    """Remember the day of use; one write a day, not one a request."""
    today = clock.today()
    if token.last_used_on != today:
        unseen = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
        ApiToken.objects.filter(unseen, pk=token.pk).update(last_used_on=today)


def by_token(token: ApiToken) -> By:
    """Who a token acts as: its account's posts at this moment, narrowed to the token's rights.

    A token made before its account came to a post that asks for a second factor opens nothing until there is one.
    """
    held = list(holdings_of(token.account))
    if demanded_of(token.account, held) is Proof.SECOND_FACTOR and not has_factor(token.account):
        return By(account=token.account.uuid, post=None)
    by = by_of(token.account, held)
    if not token.rights:
        return by
    return replace(by, scopes={right: scope for right, scope in by.scopes.items() if right.value in token.rights})
