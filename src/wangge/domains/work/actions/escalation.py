"""Work that goes up a level: because it is late, or because of what was met at the door."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import who_answers
from wangge.domains.protocol import queries as protocols
from wangge.domains.work import tallies
from wangge.domains.work.models import Task
from wangge.domains.work.queries import overdue

BATCH = 200  # tasks named in one event


def levels_above(tasks: Sequence[Task]) -> dict[int, Post]:
    """For each task (by key) the level it goes to next; those at the top are absent.

    It is the level above whoever answers now: where the branch stands in for a vacant grid, work that the branch
    could not do does not come back to the branch.
    """
    at = {task.pk: task.raised_to or task.post for task in tasks}
    answering = who_answers(at.values())
    found: dict[int, Post] = {}
    for key, post in at.items():
        holding = answering[post.pk]
        if higher := (holding.post if holding else post).parent:
            found[key] = higher
    return found


@transaction.atomic
def raise_task(*, task: Task, by: By, why: str) -> bool:
    """Send one task up now, on the record. False when there is no level above."""
    post = levels_above([task]).get(task.pk)
    if post is None:
        return False
    task.raised_to, task.raised_at, task.raised_with = post, clock.now(), None
    task.save(update_fields=["raised_to", "raised_at", "raised_with"])
    record(
        "work.task_raised", by=by, subject=task.uuid, place=task.door.uuid, response=task.response.uuid,
        data={"to": str(post.uuid), "why": why},
    )  # fmt: skip
    return True


@transaction.atomic
def raise_late(*, now: datetime, by: By) -> int:
    """Send up what is past its deadline, one level each time the protocol's hours have gone by again."""
    waited = [task for task in overdue(now) if _waited(task, now)]
    higher = levels_above(waited)
    ready = [task for task in waited if task.pk in higher]
    for start in range(0, len(ready), BATCH):
        part = ready[start : start + BATCH]
        for task in part:
            task.raised_to, task.raised_at, task.raised_with = higher[task.pk], now, None
        Task._base_manager.bulk_update(part, ["raised_to", "raised_at", "raised_with"])
        record("work.late_raised", by=by, data={"tasks": [str(task.uuid) for task in part]})
    for response in {task.response for task in ready}:
        tallies.refresh(response, [task.door for task in ready if task.response_id == response.pk])
    return len(ready)


def _waited(task: Task, now: datetime) -> bool:
    if task.raised_at is None or task.raised_at < task.due_at:
        return True
    hours = protocols.in_force(task.response).escalate_hours
    return now - task.raised_at >= timedelta(hours=hours)
