"""Sessions: ended by the person, by a lost device, or with the last post."""

from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.domains.duty.models import Account, ApiToken, Code, Enrolment, Sitting
from wangge.domains.duty.queries import holdings_of


def id_of(session_key: str) -> UUID:
    """A session's name in pages: its key must not stand there."""
    return derived("sitting", session_key)


@transaction.atomic
def end_sitting(*, account: Account, uuid: UUID, by: By) -> bool:
    """End one of one's own sessions; False when it is gone already."""
    keys = Sitting.objects.filter(account=account).values_list("session_key", flat=True)
    chosen = [key for key in keys if id_of(key) == uuid]
    Sitting.objects.filter(session_key__in=chosen).delete()
    if chosen:
        record("duty.sessions_ended", by=by, subject=account.uuid, data={"count": 1})
    return bool(chosen)


@transaction.atomic
def end_others(*, account: Account, keep: str, by: By) -> int:
    """End all of one's own sessions but the one with this key."""
    count, _each = Sitting.objects.filter(account=account).exclude(session_key=keep).delete()
    if count:
        record("duty.sessions_ended", by=by, subject=account.uuid, data={"count": count})
    return count


def end_everything(account: Account) -> None:
    """Sessions, enrolled phones, tokens and unused codes of an account."""
    ApiToken.objects.filter(account=account, ended_at__isnull=True).update(ended_at=clock.now())
    Sitting.objects.filter(account=account).delete()
    Enrolment.objects.filter(account=account, ended_at__isnull=True).update(ended_at=clock.now())
    Code.objects.filter(account=account, used_at__isnull=True, expires_at__gt=clock.now()).update(
        expires_at=clock.now()
    )


@transaction.atomic
def close_account(*, account: Account, by: By, cause: UUID | None = None) -> bool:
    """Without any post left, sessions and phones end; signing in leads to one's own page alone. Twice is once."""
    if holdings_of(account).exists():
        return False
    had = Sitting.objects.filter(account=account).exists()
    had = had or Enrolment.objects.filter(account=account, ended_at__isnull=True).exists()
    end_everything(account)
    if had:
        record("duty.access_ended", by=by, subject=account.uuid, cause=cause)
    return had


def drop_sittings() -> int:
    """Sessions that are past their end."""
    return Sitting.objects.filter(expire_date__lt=clock.now()).delete()[0]
