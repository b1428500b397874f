"""What happens at doors moves the lines of open asks: tries without an answer, and doors that were ticked off."""

from collections.abc import Sequence

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.actions.recording import mark
from wangge.domains.asking.actions.sending import KIND
from wangge.domains.asking.models import AskSubject
from wangge.domains.asking.queries import answers as reads
from wangge.domains.asking.queries import coming
from wangge.domains.asking.rules import TRIED, SubjectState
from wangge.domains.protocol.queries import still_open
from wangge.domains.work.actions import put_list
from wangge.domains.work.differing import counting
from wangge.domains.work.models import Attempt, Task, TaskItem
from wangge.domains.work.rules import Outcome, verdict


@transaction.atomic
def follow_task(*, task: Task, by: By) -> int:
    """Work out again, from every try at a task, where the lines of open asks at its door stand. Twice is once.

    A line is answered by answers alone: where the door was ticked off without them, its thing to do is put again.
    Returns how many lines changed.
    """
    lines = [line for line in reads.open_lines(task.door, None) if line.ask.response_id == task.response_id]
    items = {item.cause: item for item in TaskItem.objects.within(EVERYTHING).filter(
        cause__in=[line.uuid for line in lines]).order_by("id")}  # fmt: skip
    tries = list(counting(task))
    changed = 0
    for line in lines:
        state = _state(line, items.get(line.uuid), tries)
        if state is not None and state != line.state:
            mark([line], state)
            changed += 1
    _put_again(task, [line for line in lines if _ticked_off(items.get(line.uuid))], by)
    return changed


def _state(line: AskSubject, item: TaskItem | None, tries: Sequence[Attempt]) -> SubjectState | None:
    """Where a line stands: how its item was ended, else the latest try that was about it."""
    if item is not None and item.state == TaskItem.State.ENDED and item.outcome:
        return TRIED.get(verdict(Outcome(item.outcome)).column)
    mine = [one for one in tries if one.person_id in (None, line.person_id) and one.at >= (line.ask.sent_at or one.at)]
    columns = [verdict(Outcome(one.outcome)).column for one in mine]
    said = [TRIED[column] for column in columns if column in TRIED]
    return said[-1] if said else None


def _ticked_off(item: TaskItem | None) -> bool:
    return item is not None and item.state == TaskItem.State.DONE


def _put_again(task: Task, lines: Sequence[AskSubject], by: By) -> None:
    """Done at the door, and nothing answered: it stays to be done, however often that happens."""
    if not lines or not still_open(task.response):
        return
    for ask in {line.ask.pk: line.ask for line in lines}.values():
        mine = AskSubject.objects.within(EVERYTHING).filter(pk__in=[one.pk for one in lines if one.ask.pk == ask.pk])
        put_list(
            response=task.response, area=coming.smallest_around(ask, mine), lines=coming.as_wanted(mine), kind=KIND,
            due_at=ask.deadline, by=by, cause=ask.uuid, again=True,
        )  # fmt: skip
