"""From rows to doors and back: each person once, nobody whom another list has asked, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from wangge.base import bulk, clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.base.sets import keys
from wangge.domains.lists import queries
from wangge.domains.lists.actions.asking import ask_rows, last_answer
from wangge.domains.lists.actions.taking import response_of
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.rules import ITEM, ListState, RowState
from wangge.domains.people.queries import door_of
from wangge.domains.work.actions import Wanted, put_items
from wangge.domains.work.models import Attempt, TaskItem
from wangge.domains.work.rules import Outcome

ANSWER = ("outcome", "channel", "checked_at", "checker", "checker_post")
WRITTEN = ["state", "reason", "item", *ANSWER]


@transaction.atomic
def take_list(*, list_: HandedList, by: By) -> HandedList:
    """Take a list that was looked at: whoever is matched and not known already goes on the list of their door."""
    by.need(Right.IMPORT_RECORDS, list_.place.path)
    one = HandedList.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=list_.pk)
    if one.state == ListState.READING:
        raise Problem("look_first")
    if one.state != ListState.LOOKED:
        return one
    response_of(one)
    one.state, one.taken_at = ListState.TAKEN, clock.now()
    one.accepted_at, one.accepted_by = one.accepted_at or clock.now(), one.accepted_by or by.account
    one.save(update_fields=["state", "taken_at", "accepted_at", "accepted_by"])
    data = {"rows": queries.rows(one).count()}
    record(
        "lists.list_taken", by=by, subject=one.uuid, place=one.place.uuid, response=one.response.uuid, data=data
    )  # fmt: skip
    send_matched(list_=one, by=by)
    return one


@transaction.atomic
def send_matched(*, list_: HandedList, by: By) -> dict[str, int]:
    """Send on every matched row of a list that was taken: known already, on another list's way, or to the door.

    Returns how many of each. Again, it finds nothing left to do.
    """
    response = response_of(list_)
    if list_.state != ListState.TAKEN:
        return {}
    rows = list(queries.rows(list_).filter(state=RowState.MATCHED, person__isnull=False))
    earlier = queries.earlier(list_, (row.person_id for row in rows if row.person_id), clock.now())
    known = [row for row in rows if (before := earlier.get(row.person_id or 0)) and _take_over(row, before)]
    fresh = [row for row in rows if row.state == RowState.MATCHED]
    send = _ask if list_.questions else _check
    known += send(list_, fresh, by)
    fresh = [row for row in fresh if row.state == RowState.ASKED]
    bulk.update(rows, WRITTEN)
    answer_sources(known)
    counts = {"known": len(known), "joined": len(rows) - len(known) - len(fresh), "asked": len(fresh)}
    if rows:
        record(
            "lists.rows_sent", by=by, subject=list_.uuid, place=list_.place.uuid, response=response.uuid, data=counts
        )  # fmt: skip
    return counts


def _check(list_: HandedList, rows: Sequence[ListRow], by: By) -> list[ListRow]:
    """A list without questions asks one thing: whether they are there. Nobody is known of it beforehand."""
    wanted = {row.pk: _wanted(row) for row in rows}
    put_items(response=list_.response, wanted=wanted.values(), by=by)
    items = _items(one.uuid for one in wanted.values())
    for row in rows:
        row.state, row.reason, row.item = RowState.ASKED, "", items[wanted[row.pk].uuid]
    return []


def _ask(list_: HandedList, rows: Sequence[ListRow], by: By) -> list[ListRow]:
    """Put the list's questions; returns the rows whose answers are fresh. A row whom no ask lists stays matched."""
    lines, known = ask_rows(list_, rows, by), list[ListRow]()
    for row in rows:
        line = lines.get(row.pk)
        if line and line.item:
            row.state, row.reason, row.item = RowState.ASKED, "", line.item
        elif line and line.at:
            row.state, row.reason, row.outcome = RowState.KNOWN, "answered_already", Outcome.DONE
            row.checked_at, row.checker, row.checker_post = line.at, line.account, line.post
            known.append(row)
    return known


def _take_over(row: ListRow, before: ListRow) -> bool:
    """What another list knows of this person, or is about to; True where it is known. Nobody is asked twice."""
    if before.state == RowState.ASKED:
        row.state, row.reason, row.item = RowState.ASKED, "asked_for_another", before.item
        return False
    row.state, row.reason = RowState.KNOWN, "checked_for_another"
    for name in ANSWER:
        setattr(row, name, getattr(before, name))
    return True


def _wanted(row: ListRow) -> Wanted:
    if row.person is None:
        raise ValueError("nobody to ask")
    return Wanted(door_of(row.person.home), ITEM, row.uuid, row.list.due_at, row.person)


def _items(uuids: Iterable[UUID]) -> dict[UUID, TaskItem]:
    return {one.uuid: one for one in TaskItem.objects.within(EVERYTHING).filter(uuid__in=list(uuids))}


@transaction.atomic
def settle_rows(*, by: By, task: UUID | None = None, cause: UUID | None = None) -> int:
    """Note what came of rows whose visit or call is over: outcome, checker, time. Returns how many ended.

    Something taken back leaves its row matched, to be sent again or decided otherwise; where it was put again, behind
    the door to which somebody moved, the row waits for that.
    """
    found = list(queries.finished_items(task).select_for_update(of=("self",)))
    elsewhere = queries.put_again(found)
    along = [row for row in found if _goes_along(row, elsewhere)]
    bulk.update(along, ["item"])
    rows = [row for row in found if row.item is None or row.item.state != TaskItem.State.OPEN]
    checks = _checks(rows)
    for row in rows:
        _settle(row, checks)
    bulk.update(rows, WRITTEN)
    done = [row for row in rows if row.state == RowState.DONE]
    answer_sources(done)
    of: dict[int, list[ListRow]] = defaultdict(list)
    for row in rows:
        of[row.list_id].append(row)
    for some in of.values():
        data = {
            "rows": sum(row.state == RowState.DONE for row in some),
            "back": sum(row.state != RowState.DONE for row in some),
        }
        record("lists.rows_checked", by=by, subject=some[0].list.uuid, cause=cause, data=data)
    return len(done)


def _goes_along(row: ListRow, elsewhere: Mapping[UUID, TaskItem]) -> bool:
    again = elsewhere.get(row.item.cause) if row.item and row.item.state == TaskItem.State.WITHDRAWN else None
    row.item = again or row.item
    return again is not None


def _checks(rows: Sequence[ListRow]) -> dict[int, list[Attempt]]:
    """Every try at the tasks of these rows, the latest first."""
    found: dict[int, list[Attempt]] = defaultdict(list)
    tasks = {row.item.task_id for row in rows if row.item}
    for one in Attempt.objects.within(EVERYTHING).filter(task__in=tasks).order_by("-at", "-id"):
        found[one.task_id].append(one)
    return found


def _settle(row: ListRow, checks: dict[int, list[Attempt]]) -> None:
    item = row.item
    if item is None or item.state == TaskItem.State.WITHDRAWN:
        row.state, row.reason, row.item = RowState.MATCHED, "taken_back", None
        return
    tries = checks.get(item.task_id, [])
    theirs = (one for one in tries if one.person_id in (None, row.person_id) and one.outcome == item.outcome)
    check = next(theirs, None)
    row.state, row.outcome = RowState.DONE, item.outcome
    row.checked_at, row.channel, row.checker, row.checker_post = item.closed_at, "", None, None
    if check:
        row.checked_at, row.channel, row.checker, row.checker_post = check.at, check.channel, check.account, check.post
    elif answer := last_answer(row):  # a questionnaire that was filled in is no try: its answers say who asked
        row.checked_at, row.checker, row.checker_post = answer.at, answer.account, answer.post


def answer_sources(rows: Iterable[ListRow]) -> None:
    """Give answers back to the rows of other offices' lists that were forwarded here, up to where they came from."""
    answered = {row.pk: row for row in rows}
    while answered:
        every = ListRow.objects.within(EVERYTHING)
        same = dict(every.filter(repeats__in=keys(answered)).values_list("pk", "repeats"))
        answered |= {key: answered[first] for key, first in same.items() if first}
        sources = list(every.filter(onward__in=keys(answered), state=RowState.FORWARDED))
        for source in sources:
            row = answered[source.onward_id or 0]
            source.state, source.reason, source.person = RowState.DONE, "", row.person
            for name in ANSWER:
                setattr(source, name, getattr(row, name))
        bulk.update(sources, ["state", "reason", "person", *ANSWER])
        answered = {source.pk: source for source in sources}
