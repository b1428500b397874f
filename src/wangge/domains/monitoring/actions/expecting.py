"""The reports expected of a day, made for everybody in one statement; and those whose hour is over, counted as missed.

Who writes one expected report locks its watch first, then the report, then its tally; the clock does the same for
many. The tallies are counted again from the reports inside the verb that changed them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.sets import keys, run, with_room, written
from wangge.domains.monitoring import queries
from wangge.domains.monitoring.models import HomeWatch, ReportSlot, WatchTally
from wangge.domains.monitoring.rules import COLUMNS, SlotState
from wangge.domains.places.rules import COMMUNITY_LEVEL, SEGMENT
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules_monitoring import ReportSlot as Due

#: Watches of a day with their doors and communities. Parameters: the Response, the day twice.
WATCHED = (
    "FROM wangge_homewatch w JOIN wangge_place d ON d.id = w.door_id "
    f"JOIN wangge_place c ON c.path = substr(d.path, 1, {COMMUNITY_LEVEL * SEGMENT})"
)
ON_DAY = "w.response_id = %s AND w.ended_at IS NULL AND w.first_day <= %s AND w.last_day >= %s"
SAME = (
    "t.response_id = w.response_id AND t.day = %s AND t.place_id = c.id "
    "AND COALESCE(t.grid_id, 0) = COALESCE(d.grid_id, 0)"
)
ZEROS = ", ".join("0" for _ in COLUMNS)
TALLIES = (
    "INSERT INTO wangge_watchtally (response_id, day, slot, due_at, place_id, grid_id, expected, "  # noqa: S608
    f"{', '.join(COLUMNS)}) SELECT DISTINCT w.response_id, {{day}}, {{slot}}, {{due}}, c.id, d.grid_id, 0, {ZEROS} "
    f"{WATCHED} WHERE {ON_DAY} AND NOT EXISTS (SELECT 1 FROM wangge_watchtally t WHERE {SAME} AND t.slot = %s)"
)
SLOTS = (
    "INSERT INTO wangge_reportslot (watch_id, tally_id, state) "  # noqa: S608  # our own names
    f"SELECT w.id, t.id, 'waiting' {WATCHED} JOIN wangge_watchtally t ON {SAME} WHERE {ON_DAY} "
    "AND w.began_at < t.due_at AND NOT EXISTS (SELECT 1 FROM wangge_reportslot x JOIN wangge_watchtally y "
    "ON y.id = x.tally_id WHERE x.watch_id = w.id AND y.day = %s AND y.slot = t.slot)"
)
COUNT = (
    "UPDATE wangge_watchtally SET expected = n.expected, "  # noqa: S608  # our own names
    + ", ".join(f"{one} = n.{one}" for one in COLUMNS)
    + " FROM (SELECT t.id, count(s.id) AS expected, "
    + ", ".join(f"count(CASE WHEN s.state = '{one}' THEN 1 END) AS {one}" for one in COLUMNS)
    + " FROM wangge_watchtally t LEFT JOIN wangge_reportslot s ON s.tally_id = t.id WHERE t.id IN ({chosen}) "
    "GROUP BY t.id) n WHERE n.id = wangge_watchtally.id"
)


@transaction.atomic
def expect(*, response: Response, day: date, by: By) -> int:
    """Expect the day's reports of everybody watched then: those that are not expected yet. Returns how many were new.

    Who began after a report's hour is not asked for it.
    """
    if (rule := queries.rule_of(response, day)) is None:
        return 0
    with_room()
    for slot in rule.slots:
        _tallies(response, day, slot)
    on = _day(day)
    new = written(run(SLOTS, (on, response.pk, on, on, on)), "wangge_reportslot")
    if new:
        recount(list(WatchTally.objects.filter(response=response, day=day).values_list("pk", flat=True)))
        record(
            "monitoring.reports_expected", by=by, response=response.uuid, clause=rule.clause,
            data={"day": day.isoformat(), "reports": new},
        )  # fmt: skip
    return new


def _tallies(response: Response, day: date, slot: Due) -> None:
    on, due = _day(day), connection.ops.adapt_datetimefield_value(queries.due_at(day, slot))
    typed = {"day": "%s", "slot": "%s", "due": "%s"}
    if connection.vendor == "postgresql":  # what is only selected has no type of its own there
        typed = {"day": "%s::date", "slot": "%s::varchar", "due": "%s::timestamptz"}
    run(TALLIES.format(**typed), (on, slot.key, due, response.pk, on, on, on, slot.key))


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def recount(tallies: Collection[int]) -> None:
    """Count these rows again from the reports, in one statement; they are locked first, in one order."""
    held = WatchTally.objects.filter(pk__in=keys(tallies)).select_for_update(of=("self",)).order_by("pk")
    chosen = list(held.values_list("pk", flat=True))
    if chosen:
        those = keys(chosen)
        run(COUNT.format(chosen=those.sql), those.params)


@dataclass(frozen=True, slots=True)
class Missed:
    """What the clock found: how many reports of a Response did not come by their hour."""

    response: Response
    reports: int


@transaction.atomic
def count_misses(*, now: datetime, by: By) -> list[Missed]:
    """Reports whose hour is over are missing, and whoever was to send them is silent: a few statements for all."""
    due = queries.waiting_tallies(now)
    found = []
    for response in {one.response for one in due}:
        tallies = [one.pk for one in due if one.response_id == response.pk]
        if number := _miss(tallies):
            found.append(Missed(response, number))
            record("monitoring.reports_missed", by=by, response=response.uuid, data={"reports": number})
    return found


def _miss(tallies: list[int]) -> int:
    waiting = ReportSlot.objects.filter(tally__in=keys(tallies), state=SlotState.WAITING)
    watches = HomeWatch.objects.within(EVERYTHING).filter(pk__in=waiting.values("watch"), ended_at__isnull=True)
    list(watches.select_for_update(of=("self",)).order_by("id").values_list("pk"))
    watches.update(misses=F("misses") + 1, silent_since=Coalesce("silent_since", "last_at", "began_at"))
    number = waiting.update(state=SlotState.SILENT)
    recount(tallies)
    return number
