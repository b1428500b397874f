"""Writing the record of looks."""

from collections.abc import Iterable
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog


def log_look(
    *, by: By, kind: AccessLog.Kind, person: UUID | None, reason: str, task: UUID | None = None, count: int = 1
) -> AccessLog:
    """Record a look before what was looked at is shown."""
    return AccessLog.objects.create(
        at=clock.now(), kind=kind, account=by.account, post=by.post, person=person, task=task,
        reason=reason[:200], count=count,
    )  # fmt: skip


def log_looks(*, by: By, kind: AccessLog.Kind, people: Iterable[UUID], reason: str) -> None:
    """The same for several people, in one statement."""
    now = clock.now()
    AccessLog.objects.bulk_create(
        AccessLog(at=now, kind=kind, account=by.account, post=by.post, person=person, reason=reason[:200])
        for person in dict.fromkeys(people)
    )
