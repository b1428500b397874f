"""Putting things to do at doors, one task per door, and taking back what is no longer wanted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING, ScopedQuerySet
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import responsible
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.work import tallies
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Outcome

TRIES = 3  # a door whose task is closed in the very instant gets a new one at the next try
CHUNK = 500  # doors per statement: SQLite takes a few thousand parameters, and a lock stays short


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to do: its id follows from its cause, so that asking twice puts it once."""

    door: Place
    kind: str
    cause: UUID
    due_at: datetime
    person: Person | None = None

    @property
    def uuid(self) -> UUID:
        return derived("item", self.cause, self.kind, self.person.uuid if self.person else self.door.uuid)


class ClosedMeanwhile(Exception):
    """Each time a door's task was found, somebody had just closed it: nothing was put."""


class NobodyAnswers(Exception):
    """No post exists above a door: the place tree and the posts do not meet. The worker keeps the run and says so."""


@transaction.atomic
def put_items(*, response: Response, wanted: Iterable[Wanted], by: By, cause: UUID | None = None) -> int:
    """Put things to do; each door gets at most one open task, which collects them. Returns how many were new."""
    new = _unknown(list(wanted))
    doors = list({one.door.pk: one.door for one in new}.values())
    for start in range(0, len(doors), CHUNK):
        part = doors[start : start + CHUNK]
        tasks = _open_tasks(response, part, new)
        _write([one for one in new if one.door.pk in tasks], tasks)
        _pull_deadlines(list(tasks.values()))
    if new:
        tallies.refresh(response, doors)
        record(
            "work.items_put", by=by, response=response.uuid, cause=cause,
            data={"doors": len(doors), "items": len(new), "kinds": sorted({one.kind for one in new})},
        )  # fmt: skip
    return len(new)


def _write(new: list[Wanted], tasks: dict[int, Task]) -> None:
    """New rows; an item that was withdrawn and is wanted again is opened again, so that it stays one item."""
    TaskItem.objects.bulk_create(
        (
            TaskItem(uuid=one.uuid, task=tasks[one.door.pk], person=one.person, kind=one.kind, cause=one.cause,
                     due_at=one.due_at)
            for one in new
        ),
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["uuid"],
        update_fields=["task", "due_at", "state", "outcome", "closed_at"],
    )  # fmt: skip


def _unknown(wanted: list[Wanted]) -> list[Wanted]:
    """What is neither open nor done already: done once is done, nobody is asked twice."""
    by_id = {one.uuid: one for one in wanted}
    ids = list(by_id)
    for start in range(0, len(ids), CHUNK):
        known = TaskItem.objects.within(EVERYTHING).filter(uuid__in=ids[start : start + CHUNK])
        for uuid in known.exclude(state=TaskItem.State.WITHDRAWN).values_list("uuid", flat=True):
            del by_id[uuid]
    return list(by_id.values())


def _open_tasks(response: Response, doors: Sequence[Place], wanted: list[Wanted]) -> dict[int, Task]:
    """The open task of each door, made where there is none. A door that nobody answers for stops the whole verb."""
    soonest: dict[int, datetime] = defaultdict(lambda: datetime.max.replace(tzinfo=clock.now().tzinfo))
    for one in wanted:
        soonest[one.door.pk] = min(soonest[one.door.pk], one.due_at)
    posts = responsible(doors)
    if lost := [door for door in doors if door.pk not in posts]:
        raise NobodyAnswers(f"{len(lost)} doors, first {lost[0].uuid}")
    found: dict[int, Task] = {}
    for _ in range(TRIES):
        _make_tasks(response, [door for door in doors if door.pk not in found], posts, soonest)
        open_ = Task.objects.within(EVERYTHING).filter(response=response, door__in=doors, state=Task.State.OPEN)
        found = {task.door_id: task for task in open_.select_for_update().order_by("id")}
        if len(found) == len(doors):
            return found
    raise ClosedMeanwhile  # the run is done again


def _make_tasks(
    response: Response, doors: Sequence[Place], posts: dict[int, Post], soonest: dict[int, datetime]
) -> None:
    Task.objects.bulk_create(
        (
            Task(uuid=uuid7(), response=response, door=door, grid_id=door.grid_id, post=posts[door.pk],
                 opened_at=clock.now(), due_at=soonest[door.pk])
            for door in doors
        ),
        batch_size=CHUNK,
        ignore_conflicts=True,  # the partial unique index keeps one open task per door
    )  # fmt: skip


def _pull_deadlines(tasks: Sequence[Task]) -> None:
    """A task is due when the first of its open items is."""
    first = (
        TaskItem.objects.within(EVERYTHING)
        .filter(task__in=tasks, state=TaskItem.State.OPEN)
        .values("task")
        .annotate(first=Min("due_at"))
    )
    due = {row["task"]: row["first"] for row in first}
    changed = [task for task in tasks if due.get(task.pk, task.due_at) != task.due_at]
    for task in changed:
        task.due_at = due[task.pk]
    Task.objects.within(EVERYTHING).bulk_update(changed, ["due_at"], batch_size=CHUNK)


@transaction.atomic
def withdraw_items(*, causes: Sequence[UUID], by: By, cause: UUID | None = None) -> int:
    """Take back what is still open because of these causes. What was done at a door stays on record."""
    return _end(Q(cause__in=causes), TaskItem.State.WITHDRAWN, "", by, cause, "work.items_withdrawn")


@transaction.atomic
def finish_items(*, causes: Sequence[UUID], by: By, cause: UUID | None = None) -> int:
    """Mark as done what another fact has done: a sample that arrived in the laboratory was taken."""
    return _end(Q(cause__in=causes), TaskItem.State.DONE, Outcome.DONE.value, by, cause, "work.items_finished")


@transaction.atomic
def void_items(*, causes: Sequence[UUID], by: By, cause: UUID | None = None) -> int:
    """Unmark what a fact had marked as done and the fact is gone: it may be put again. Attempts stay on record."""
    items = TaskItem.objects.within(EVERYTHING).filter(cause__in=causes, state=TaskItem.State.DONE)
    count = items.update(state=TaskItem.State.WITHDRAWN)
    if count:
        record("work.items_voided", by=by, cause=cause, data={"items": count})
    return count


@transaction.atomic
def end_items_of_person(*, person: Person, outcome: Outcome, by: By, cause: UUID | None = None) -> int:
    """End everything open for one person, at every door and in every Response."""
    return _end(Q(person=person), TaskItem.State.ENDED, outcome.value, by, cause, "work.items_ended")


@transaction.atomic
def withdraw_items_in(*, response: Response, by: By, cause: UUID | None = None) -> int:
    """Take back everything open in a Response that was closed."""
    which = Q(task__response=response)
    return _end(which, TaskItem.State.WITHDRAWN, "", by, cause, "work.items_withdrawn")


def _hold(items: ScopedQuerySet[TaskItem]) -> None:
    """Lock the items' tasks in one order until the transaction ends: whoever changes a door takes turns."""
    tasks = Task.objects.within(EVERYTHING).filter(pk__in=items.order_by().values("task"))
    list(tasks.select_for_update().order_by("id").values_list("pk"))


def _end(which: Q, state: TaskItem.State, outcome: str, by: By, cause: UUID | None, fact: str) -> int:
    items = TaskItem.objects.within(EVERYTHING).filter(which, state=TaskItem.State.OPEN)
    _hold(items)
    tasks = list(Task.objects.within(EVERYTHING).filter(items__in=items).select_related("response", "door").distinct())
    ended = items.update(state=state, outcome=outcome, closed_at=clock.now())
    for task in tasks:
        close_if_finished(task)
    for response in {task.response for task in tasks}:
        tallies.refresh(response, [task.door for task in tasks if task.response_id == response.pk])
    if ended:
        record(fact, by=by, cause=cause, data={"items": ended, "doors": len(tasks)})
    return ended


def close_if_finished(task: Task) -> bool:
    """Close a task with nothing open; without anything done it was withdrawn and no round counts it."""
    items = TaskItem.objects.within(EVERYTHING).filter(task=task).values_list("state", "outcome")
    states = {state for state, _ in items}
    if TaskItem.State.OPEN in states:
        _pull_deadlines([task])
        return False
    served = states & {TaskItem.State.DONE, TaskItem.State.ENDED}
    task.state = Task.State.CLOSED if served else Task.State.WITHDRAWN
    task.closed_at = clock.now()
    task.raised_to = None
    task.handover = None
    if TaskItem.State.DONE in states:
        task.outcome = Outcome.DONE
    elif served:
        task.outcome = next(outcome for state, outcome in items if state == TaskItem.State.ENDED)
    task.save(update_fields=["state", "closed_at", "raised_to", "handover", "outcome"])
    return True
