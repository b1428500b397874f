"""Two workers at one door who could not know of each other: both tries are kept, and one person says which counts."""

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.people.actions import record_death
from wangge.domains.work import tallies
from wangge.domains.work.actions.items import close_if_finished
from wangge.domains.work.differing import tried
from wangge.domains.work.models import Attempt, Difference, Task, TaskItem
from wangge.domains.work.rules import Outcome, contradicts

OVER = (TaskItem.State.DONE, TaskItem.State.ENDED)


def ended_as(attempt: Attempt) -> TaskItem.State:
    """How a try leaves what it ends: done, or over without being done."""
    return TaskItem.State.DONE if attempt.outcome == Outcome.DONE else TaskItem.State.ENDED


@transaction.atomic
def note_difference(*, counted: Attempt, other: Attempt, by: By) -> Difference:
    """Put a pair of tries on record for a person to settle. Twice is once."""
    task = counted.task
    one, new = Difference.objects.within(EVERYTHING).get_or_create(
        counted=counted, other=other,
        defaults={"uuid": derived("difference", counted.uuid, other.uuid), "task": task, "found_at": clock.now()},
    )  # fmt: skip
    if new:
        _record("work.difference_found", one, by, counted=counted.outcome, other=other.outcome)
    return one


@transaction.atomic
def settle_difference(*, difference: Difference, other_counts: bool, by: By) -> Difference:
    """Say once which of the two counts, and set the figures right by it. Somebody else than those two says it.

    Said again it is as it was. Raises Problem.
    """
    task = _held(difference)
    by.need(Right.WORK_DOORS, task.door.path, task.door.grid_id)
    row = Difference.objects.within(EVERYTHING).select_for_update(of=("self",))
    difference = row.select_related("counted__person", "other__person", "task").get(pk=difference.pk)
    if difference.settled_at:
        return difference
    if by.account in (difference.counted.account, difference.other.account) and not by.system:
        raise Problem("own_difference")
    if other_counts:
        _swap(difference, task, by)
    _settled(difference, Difference.Says.OTHER if other_counts else Difference.Says.KEPT, by)
    if other_counts:
        _follow(difference, by)
    return difference


def _held(difference: Difference) -> Task:
    """The task's row, held until the transaction ends: tries at this door wait."""
    Task.objects.within(EVERYTHING).select_for_update().get(pk=difference.task_id)
    return Task.objects.within(EVERYTHING).select_related("door", "response").get(pk=difference.task_id)


def _swap(difference: Difference, task: Task, by: By) -> None:
    """What the one had ended, and what is still open for whom the other speaks, ends as the other says: at the instant
    of its record, by which it is found again."""
    wrong, right = difference.counted, difference.other
    if wrong.outcome == Outcome.DIED and wrong.person and wrong.person.died_on:
        raise Problem("difference_died")
    if right.outcome == Outcome.DIED and right.person:
        record_death(person=right.person, day=clock.day_of(right.at), by=by)
    items = TaskItem.objects.within(EVERYTHING).filter(task=task)
    again = items.filter(state__in=OVER, outcome=wrong.outcome, closed_at=wrong.recorded_at)
    left = items.filter(state=TaskItem.State.OPEN)
    left = left.filter(person=right.person_id) if right.person_id else left
    for chosen in (again, left):
        chosen.update(state=ended_as(right), outcome=right.outcome, closed_at=right.recorded_at)
    if task.state != Task.State.WITHDRAWN and not close_if_finished(task):
        task.outcome = Outcome.NOT_YET  # some people behind this door still wait
        task.save(update_fields=["outcome"])
    tallies.refresh(task.response, [task.door])


def _settled(difference: Difference, says: Difference.Says, by: By) -> None:
    difference.settled_at, difference.says = clock.now(), says
    difference.settled_by, difference.settled_post = by.account, by.post
    difference.save(update_fields=["settled_at", "says", "settled_by", "settled_post"])
    _record("work.difference_settled", difference, by, says=says.value)


def _follow(difference: Difference, by: By) -> None:
    """What else is unsettled at this door is held against what counts now."""
    counts = difference.other
    waiting = Difference.objects.within(EVERYTHING).filter(task=difference.task, settled_at__isnull=True)
    for one in waiting.filter(counted=difference.counted).select_related("other").order_by("id"):
        if contradicts(tried(one.other), tried(counts)) or contradicts(tried(counts), tried(one.other)):
            one.counted = counts
            one.save(update_fields=["counted"])
        else:
            _settled(one, Difference.Says.SAME, by)


def _record(fact: str, difference: Difference, by: By, **data: str) -> None:
    task = difference.task
    record(
        fact, by=by, subject=task.uuid, place=task.door.uuid, response=task.response.uuid,
        data={"difference": str(difference.uuid), **data},
    )  # fmt: skip
