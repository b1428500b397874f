"""Work that goes up a level: because it is late, or because of what was met at the door."""

from datetime import datetime, timedelta

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.domains.duty.models import Post
from wangge.domains.protocol import queries as protocols
from wangge.domains.work import tallies
from wangge.domains.work.models import Task
from wangge.domains.work.queries import overdue

BATCH = 200  # tasks named in one event


def above(task: Task) -> Post | None:
    """The level a task goes to next, or None at the top."""
    return (task.raised_to or task.post).parent


@transaction.atomic
def raise_task(*, task: Task, by: By, why: str) -> bool:
    """Send one task up now, on the record. False when there is no level above."""
    post = above(task)
    if post is None:
        return False
    task.raised_to, task.raised_at = post, clock.now()
    task.save(update_fields=["raised_to", "raised_at"])
    record(
        "work.task_raised", by=by, subject=task.uuid, place=task.door.uuid, response=task.response.uuid,
        data={"to": str(post.uuid), "why": why},
    )  # fmt: skip
    return True


@transaction.atomic
def raise_late(*, now: datetime, by: By) -> int:
    """Send up what is past its deadline, one level each time the protocol's hours have gone by again."""
    ready = [task for task in overdue(now) if _waited(task, now)]
    for start in range(0, len(ready), BATCH):
        part = ready[start : start + BATCH]
        for task in part:
            task.raised_to, task.raised_at = above(task), now
        Task._base_manager.bulk_update(part, ["raised_to", "raised_at"])
        record("work.late_raised", by=by, data={"tasks": [str(task.uuid) for task in part]})
    for response in {task.response for task in ready}:
        tallies.refresh(response, [task.door for task in ready if task.response_id == response.pk])
    return len(ready)


def _waited(task: Task, now: datetime) -> bool:
    if task.raised_at is None or task.raised_at < task.due_at:
        return True
    hours = protocols.in_force(task.response).escalate_hours
    return now - task.raised_at >= timedelta(hours=hours)
