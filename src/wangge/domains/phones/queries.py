"""Named reads of phones: what each holds, which keys it may still be given, what became of its commands."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, ScopedQuerySet
from wangge.domains.duty.models import Account
from wangge.domains.phones.models import Command, Handed, ShiftKey

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
    """What is kept of a command: a hash, and what was refused with its words."""
    return sealing.unseal(COMMANDS, one.uuid, one.sealed)


def sent_by(account: Account, ids: Iterable[UUID] | None = None) -> ScopedQuerySet[Command]:
    """An account's own commands, the latest first: those of these ids, else all that are kept."""
    found = Command.objects.within(EVERYTHING).filter(account=account).order_by("-received_at", "-id")
    return found if ids is None else found.filter(uuid__in=list(ids))


def held_then(account: Account, task: UUID, at: datetime) -> bool:
    """Whether one of an account's phones held a task when something happened there: it may not have heard yet that the
    door went to somebody else, for as long as it can open its store."""
    there = Q(gone_at__isnull=True) | Q(gone_at__gte=at - shift())
    return Handed.objects.within(EVERYTHING).filter(there, phone__account=account, task=task).exists()
