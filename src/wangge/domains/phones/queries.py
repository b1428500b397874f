"""Named reads of phones: what each holds, which keys it may still be given, what became of its commands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.base.keys import KeyMissing
from wangge.domains.duty.models import Account, Enrolment, Holding
from wangge.domains.duty.queries import in_force
from wangge.domains.phones.models import Command, Handed, Phone, ShiftKey

KEYS, COMMANDS = "wangge_shiftkey", "wangge_command"


def shift() -> timedelta:
    """From its last contact, how long a phone can open what it keeps."""
    return timedelta(hours=settings.WANGGE_SHIFT_HOURS)


def key_of(one: ShiftKey) -> str:
    """The key itself, base64url of 32 bytes; empty once it was destroyed."""
    return str(sealing.unseal(KEYS, one.uuid, one.sealed).get("key", ""))


def command(uuid: UUID) -> Command | None:
    """What was sent under an id, by whomever."""
    return Command.objects.within(EVERYTHING).filter(uuid=uuid).first()


def content_of(one: Command) -> dict[str, object]:
    """What is kept of a command: a hash, and what was refused with its words. Empty where this installation does not
    hold the key any more, as after a restore: what became of it stands beside it, readable."""
    try:
        return sealing.unseal(COMMANDS, one.uuid, one.sealed)
    except KeyMissing:
        return {}


def sent_by(account: Account, ids: Iterable[UUID] | None = None) -> ScopedQuerySet[Command]:
    """An account's own commands, the latest first: those of these ids, else all that are kept."""
    found = Command.objects.within(EVERYTHING).filter(account=account).order_by("-received_at", "-id")
    return found if ids is None else found.filter(uuid__in=list(ids))


def held_then(account: Account, task: UUID, at: datetime) -> bool:
    """Whether one of an account's phones held a task when something happened there: it may not have heard yet that the
    door went to somebody else, for as long as it can open its store."""
    there = Q(gone_at__isnull=True) | Q(gone_at__gte=at - shift())
    return Handed.objects.within(EVERYTHING).filter(there, phone__account=account, task=task).exists()


@dataclass(frozen=True, slots=True)
class Listed:
    """An enrolled phone with what it last said of itself; ``phone`` is None where the app was never opened on it."""

    enrolment: Enrolment
    phone: Phone | None
    key_until: datetime | None
    post: str


def listed(scope: Scope, text: str = "") -> QuerySet[Enrolment]:
    """The phones of whoever holds a post in some places, those with entries that have not arrived first."""
    held = Holding.objects.filter(in_force(), scope.q("post__place"))
    here = Q(ended_at__isnull=True, device__ended_at__isnull=True)
    found = Enrolment.objects.filter(here, account__in=held.values("account"))
    if text:
        titled = held.filter(post__title__contains=text)
        found = found.filter(Q(account__name__contains=text) | Q(account__in=titled.values("account")))
    mine = Phone.objects.filter(device=OuterRef("device"), account=OuterRef("account"))
    waits = Subquery(mine.values("unsent_since")[:1])
    found = found.annotate(waits=waits).select_related("account", "device")
    return found.order_by(F("waits").asc(nulls_last=True), "account__name", "id")


def with_state(enrolments: Sequence[Enrolment], scope: Scope) -> list[Listed]:
    """What is known of each, in a fixed number of queries."""
    accounts = [one.account_id for one in enrolments]
    phones = {(one.device_id, one.account_id): one for one in Phone.objects.filter(account__in=accounts)}
    keys = ShiftKey.objects.filter(phone__in=list(phones.values()))
    until = dict(keys.values_list("phone").annotate(last=Max("until")).values_list("phone", "last"))
    held = Holding.objects.filter(in_force(), scope.q("post__place"), account__in=accounts).select_related("post")
    posts = {one.account_id: one.post.title for one in held.order_by("-id")}
    return [
        Listed(one, phone := phones.get((one.device_id, one.account_id)), until.get(phone.pk) if phone else None,
               posts.get(one.account_id, ""))
        for one in enrolments
    ]  # fmt: skip
