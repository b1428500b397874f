"""Rows that are not this office's: forwarded to the office responsible or returned to the sender, with receipt."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import offices
from wangge.domains.lists import queries
from wangge.domains.lists.actions.resolving import held
from wangge.domains.lists.actions.taking import finish, response_of, write_rows
from wangge.domains.lists.inputs import again
from wangge.domains.lists.matching import Matching
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.rules import ListState, ReturnReason, RowState
from wangge.domains.places.models import Place


@transaction.atomic
def forward_rows(*, list_: HandedList, rows: Iterable[ListRow], by: By, to: Place | None = None) -> list[HandedList]:
    """Forward rows to the offices of the areas they lie in (or all to the office of ``to``); each gets one list.

    Raises Problem where a row lies in no area, or no office answers for it.
    """
    by.need(Right.IMPORT_RECORDS, list_.place.path)
    response_of(list_)
    of: dict[int, list[ListRow]] = defaultdict(list)
    posts: dict[int, Post] = {}
    for row in rows:
        one = held(row)
        office = _office(list_, to or one.area)
        posts[office.place_id] = office
        of[office.place_id].append(one)
    return [_forward(list_, posts[key], some, by) for key, some in of.items()]


def _office(list_: HandedList, area: Place | None) -> Post:
    """Who answers for an area, and neither has the list already nor sent it here."""
    if area is None:
        raise Problem("forward_where", field="to")
    found = offices(area)
    if not found:
        raise Problem("forward_no_office", field="to", place=area.name)
    around, places = list_, set[int]()
    while around:
        places.add(around.place_id)
        if around.above_id is None:
            break
        around = HandedList.objects.within(EVERYTHING).get(pk=around.above_id)
    office = found[0]
    if office.place_id in places:
        raise Problem("forward_in_circle", field="to", place=office.place.name)
    return office


def _forward(list_: HandedList, office: Post, rows: Sequence[ListRow], by: By) -> HandedList:
    child, new = HandedList.objects.within(EVERYTHING).get_or_create(
        above=list_, place=office.place,
        defaults={
            "response": list_.response, "post": office.uuid, "title": list_.title, "sender": list_.sender,
            "batch": list_.batch, "received_at": clock.now(), "due_at": list_.due_at, "heading": list_.heading,
            "shape": list_.shape, "questions": list_.questions, "state": ListState.LOOKED,
        },
    )  # fmt: skip
    if new and (above := queries.top(list_)):
        child.top = queries.sealed_top(child, above)
        child.save(update_fields=["top"])
    child = HandedList.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=child.pk)
    there = set(queries.rows(child).values_list("number", flat=True))
    if again_ := [row.number for row in rows if row.number in there]:
        raise Problem("forwarded_before", field="to", rows="、".join(map(str, again_[:5])), place=office.place.name)
    contents = [queries.content(row) for row in rows]
    typed = [((row.number, one.get("cells", [])), again(one)) for row, one in zip(rows, contents, strict=True)]
    made = write_rows(child, typed, Matching(Scope(prefixes=(office.place.path,))))
    onward = {row.number: row for row in queries.rows(child).filter(number__in=[row.number for row in made])}
    for row in rows:
        row.state, row.reason, row.onward = RowState.FORWARDED, "", onward[row.number]
        row.save(update_fields=["state", "reason", "onward"])
    _open(child, by)
    record(
        "lists.rows_forwarded", by=by, subject=child.uuid, place=office.place.uuid, response=list_.response.uuid,
        data={"rows": len(made), "list": str(list_.uuid), "to": str(office.uuid)},
    )  # fmt: skip
    return child


def _open(child: HandedList, by: By) -> None:
    """More rows for an office that has reported already: its list is open again."""
    if child.state == ListState.LOOKED:
        finish(child, by)
    elif child.state == ListState.REPORTED:
        child.state, child.reported_at = ListState.TAKEN, None
        child.save(update_fields=["state", "reported_at"])


@transaction.atomic
def accept_list(*, list_: HandedList, by: By) -> HandedList:
    """Sign for a list that another office forwarded. Again changes nothing."""
    by.need(Right.IMPORT_RECORDS, list_.place.path)
    one = HandedList.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=list_.pk)
    if one.accepted_at is None:
        one.accepted_at, one.accepted_by = clock.now(), by.account
        one.save(update_fields=["accepted_at", "accepted_by"])
        record("lists.list_accepted", by=by, subject=one.uuid, place=one.place.uuid, response=one.response.uuid)
    return one


@transaction.atomic
def return_row(*, row: ListRow, reason: ReturnReason, by: By) -> ListRow:
    """Give a row back to whoever sent it, with the reason. To an office of the system it comes back as work."""
    by.need(Right.IMPORT_RECORDS, row.list.place.path)
    one = held(row)
    one.state, one.reason, one.person, one.item = RowState.RETURNED, reason.value, None, None
    one.checked_at, one.checker, one.checker_post = clock.now(), by.account, by.post
    one.save()
    source = ListRow.objects.within(EVERYTHING).filter(onward=one, state=RowState.FORWARDED).first()
    if source:
        source.state, source.reason = RowState.TO_RESOLVE, f"back_{reason.value}"
        source.save(update_fields=["state", "reason"])
    record(
        "lists.row_returned", by=by, subject=one.list.uuid, place=one.list.place.uuid,
        response=one.list.response.uuid, data={"row": one.number, "reason": reason.value},
    )  # fmt: skip
    return one
