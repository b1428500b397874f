"""What happened at a door or on the phone, recorded with one tap and safe to send again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.queries import answers_for
from wangge.domains.people.actions import record_death
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door
from wangge.domains.work import tallies
from wangge.domains.work.actions.differences import ended_as, note_difference
from wangge.domains.work.actions.escalation import raise_task
from wangge.domains.work.actions.items import close_if_finished
from wangge.domains.work.differing import contradicted_by, overtaken
from wangge.domains.work.models import Attempt, Task, TaskItem
from wangge.domains.work.queries import settlers
from wangge.domains.work.rules import SETTLING, Channel, Next, Outcome, verdict


@transaction.atomic
def record_attempt(
    *,
    task: Task,
    outcome: Outcome,
    channel: Channel,
    by: By,
    person: Person | None = None,
    at: datetime | None = None,
    uuid: UUID | None = None,
) -> Attempt:
    """Record a try and let its outcome act on what is open: for one person, or for all at the door.

    Sent twice (same ``uuid``) it is one attempt. On a task that is closed meanwhile it is kept and changes nothing; nor
    does one that contradicts what somebody else, of whom this one could not know, has recorded: a person settles it.
    """
    if uuid and (known := Attempt.objects.within(EVERYTHING).filter(uuid=uuid).first()):
        return known
    task = locked(task)
    by.need(Right.WORK_DOORS, task.door.path, task.door.grid_id)
    _check(outcome, person, at, task)
    attempt = _attempt(task, outcome, channel, by, person, at, uuid)
    if counted := contradicted_by(attempt):
        note_difference(counted=counted, other=attempt, by=by)
    elif task.state == Task.State.OPEN and not overtaken(attempt):
        _apply(attempt, task, by)
        tallies.refresh(task.response, [task.door])
    _record("work.attempt_recorded", attempt, by)
    return attempt


@transaction.atomic
def note_answered(*, task: Task, channel: Channel, by: By, at: datetime, uuid: UUID) -> Attempt:
    """Somebody was reached and answered questions: a try as any other, which ends nothing else that waits here.

    The answers are the fact that stands in the log. Sent twice it is one.
    """
    by.need(Right.WORK_DOORS, task.door.path, task.door.grid_id)
    known = Attempt.objects.within(EVERYTHING).filter(uuid=uuid).first()
    return known or _attempt(task, Outcome.DONE, channel, by, None, at, uuid)


def locked(task: Task) -> Task:
    """The task's row, held until the transaction ends: two workers at one door follow each other."""
    Task.objects.within(EVERYTHING).select_for_update().get(pk=task.pk)
    chosen = Task.objects.within(EVERYTHING).select_related("door", "response", "post", "post__parent", "raised_to")
    return chosen.get(pk=task.pk)


def _check(outcome: Outcome, person: Person | None, at: datetime | None, task: Task) -> None:
    if outcome is Outcome.NOT_YET:
        raise Problem("outcome_missing", field="outcome")
    if outcome is Outcome.DIED and person is None:
        raise Problem("who_died", field="person")
    if person and not at_door(EVERYTHING, task.door).filter(pk=person.pk).exists():
        raise Problem("not_at_this_door", field="person")
    if at and at > clock.now() + clock.SLACK:
        raise Problem("in_the_future", field="at")
    if at and at < task.opened_at - clock.SLACK:
        raise Problem("before_the_task", field="at")


def _attempt(
    task: Task,
    outcome: Outcome,
    channel: Channel,
    by: By,
    person: Person | None,
    at: datetime | None,
    uuid: UUID | None,
) -> Attempt:
    return Attempt.objects.create(
        uuid=uuid or uuid7(), task=task, person=person, account=by.account, post=by.post, channel=channel,
        outcome=outcome, at=at or clock.now(), recorded_at=clock.now(),
    )  # fmt: skip


def _record(fact: str, attempt: Attempt, by: By) -> None:
    task = attempt.task
    record(
        fact, by=by, subject=task.uuid, place=task.door.uuid, response=task.response.uuid, occurred_at=attempt.at,
        data={"outcome": attempt.outcome, "channel": attempt.channel,
              "person": str(attempt.person.uuid) if attempt.person else None},
    )  # fmt: skip


def _apply(attempt: Attempt, task: Task, by: By) -> None:
    """Close, keep for another hour, or send up, by the table in ``rules``."""
    outcome, person = Outcome(attempt.outcome), attempt.person
    if outcome is Outcome.DIED and person:
        record_death(person=person, day=clock.day_of(attempt.at), by=by)  # its flow stops every call to them
    step = verdict(outcome).next
    task.outcome = outcome
    task.save(update_fields=["outcome"])
    if step is Next.CLOSE:
        _close_items(attempt, task)
        if not close_if_finished(task):
            task.outcome = Outcome.NOT_YET  # some people behind this door still wait
            task.save(update_fields=["outcome"])
    elif step is Next.RAISE:
        raise_task(task=task, by=by, why=outcome.value)


def _close_items(attempt: Attempt, task: Task) -> None:
    """Closed at the instant of the record: by it one finds again what this try ended."""
    items = TaskItem.objects.within(EVERYTHING).filter(task=task, state=TaskItem.State.OPEN)
    if attempt.person_id:
        items = items.filter(person=attempt.person_id)
    items.update(state=ended_as(attempt), outcome=attempt.outcome, closed_at=attempt.recorded_at)


@transaction.atomic
def settle(*, task: Task, outcome: Outcome, by: By, uuid: UUID | None = None) -> Attempt:
    """The level above ends raised work for good: refused and accepted so, moved and passed on, nobody there."""
    if uuid and (known := Attempt.objects.within(EVERYTHING).filter(uuid=uuid).first()):
        return known
    task = locked(task)
    by.need(Right.WORK_DOORS, task.door.path, task.door.grid_id)
    if task.raised_to is None or not (by.system or answers_for(by.account, settlers(task))):
        raise Problem("only_above_settles")
    if outcome not in SETTLING:
        raise Problem("not_a_settlement", field="outcome")
    attempt = _attempt(task, outcome, Channel.DOOR, by, None, None, uuid)
    if task.state == Task.State.OPEN:
        _close_items(attempt, task)
        close_if_finished(task)
        tallies.refresh(task.response, [task.door])
    _record("work.task_settled", attempt, by)
    return attempt


@transaction.atomic
def log_call(*, task: Task, person: Person, by: By) -> AccessLog:
    """Show a number for one call: the purpose is the task, and the look is on the person's record."""
    by.need(Right.WORK_DOORS, task.door.path, task.door.grid_id)
    return log_look(by=by, kind=AccessLog.Kind.CALLED, person=person.uuid, task=task.uuid, reason=f"task:{task.uuid}")


@transaction.atomic
def open_door(*, task: Task, by: By) -> None:
    """Put on record that somebody opened a door's task and saw who lives there: once per person, task and hour."""
    by.need(Right.WORK_DOORS, task.door.path, task.door.grid_id)
    since = clock.now() - timedelta(hours=1)
    people = set(at_door(EVERYTHING, task.door).values_list("uuid", flat=True))
    known = AccessLog.objects.filter(account=by.account, task=task.uuid, at__gte=since)
    for person in people - set(known.values_list("person", flat=True)):
        log_look(by=by, kind=AccessLog.Kind.OPENED, person=person, task=task.uuid, reason=f"task:{task.uuid}")
