"""Reporting a list up: once every row has ended, and the look at what leaves the system is put on record."""

from django.db import transaction

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.lists import queries
from wangge.domains.lists.models import HandedList
from wangge.domains.lists.rules import ListState


@transaction.atomic
def report_up(*, list_: HandedList, by: By) -> HandedList:
    """Close a list whose rows have all ended. Raises Problem while any is open, with how many."""
    by.need(Right.IMPORT_RECORDS, list_.place.path)
    one = HandedList.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=list_.pk)
    if one.state == ListState.REPORTED:
        return one
    if one.state != ListState.TAKEN:
        raise Problem("take_first")
    sums = queries.sums([one])[one.pk]
    if sums["open"]:
        raise Problem("rows_open", count=sums["open"])
    one.state, one.reported_at = ListState.REPORTED, clock.now()
    one.save(update_fields=["state", "reported_at"])
    data = {name: number for name, number in sums.items() if number} | {"late": clock.now() > one.due_at}
    record(
        "lists.reported_up", by=by, subject=one.uuid, place=one.place.uuid, response=one.response.uuid, data=data
    )  # fmt: skip
    return one


@transaction.atomic
def log_report(*, list_: HandedList, by: By) -> None:
    """Put on record that a list's rows leave the system as a file."""
    by.need(Right.IMPORT_RECORDS, list_.place.path)
    count = queries.rows(list_).count()
    log_look(by=by, kind=AccessLog.Kind.EXPORTED, person=None, reason=f"list:{list_.uuid}", count=count)
