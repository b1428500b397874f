"""A phone that is given doors for a shift without a network: a look at whoever lives there, on record as such."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog


@transaction.atomic
def look_by_phone(*, behind: Mapping[UUID, Iterable[UUID]], by: By) -> int:
    """Put on record who got people onto a phone: ``behind``: people by the task of their door. Once a day for each
    person and task, however often the phone asks; returns how many looks are new."""
    today = AccessLog.objects.filter(
        account=by.account, kind=AccessLog.Kind.OPENED, at__gte=clock.start_of(clock.today())
    )
    known = set(today.filter(task__isnull=False).values_list("task", "person"))
    now = clock.now()
    new = [
        AccessLog(at=now, kind=AccessLog.Kind.OPENED, account=by.account, post=by.post, person=person, task=task,
                  reason=f"task:{task}")
        for task, people in behind.items() for person in people if (task, person) not in known
    ]  # fmt: skip
    AccessLog.objects.bulk_create(new, batch_size=500)
    return len(new)
