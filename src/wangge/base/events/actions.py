"""Recording a fact. The only way into the log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.events.models import Event, FlowRun
from wangge.base.events.subscriptions import answers_to, name_of
from wangge.base.ids import uuid7


@transaction.atomic
def record(
    kind: str,
    *,
    by: By,
    subject: UUID | None = None,
    place: UUID | None = None,
    response: UUID | None = None,
    occurred_at: datetime | None = None,
    protocol: str = "",
    clause: str = "",
    cause: UUID | None = None,
    data: dict[str, Any] | None = None,
    uuid: UUID | None = None,
) -> Event:
    """Append one fact and the runs of the flows that answer it, in the caller's transaction.

    ``data`` holds ids, codes and counts, never a person's name or number. With a given ``uuid`` the same fact
    recorded twice is one event: the first is returned.
    """
    if uuid and (known := Event.objects.filter(uuid=uuid).first()):
        return known
    now = clock.now()
    event = Event.objects.create(
        uuid=uuid or uuid7(), kind=kind, actor=by.account, post=by.post, subject=subject, place=place,
        occurred_at=occurred_at or now, recorded_at=now, response=response, protocol=protocol, clause=clause,
        cause=cause, data=data or {},
    )  # fmt: skip
    FlowRun.objects.bulk_create(FlowRun(event=event, flow=name_of(flow), not_before=now) for flow in answers_to(kind))
    return event
