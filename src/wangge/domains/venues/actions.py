"""Registering venues, taking check-ins in, and the nightly sealing and dropping of days."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.venues import queries, storage
from wangge.domains.venues.inputs import CheckInInput
from wangge.domains.venues.models import Venue
from wangge.domains.venues.rules import Kept, VenueKind, first_kept, order_of, refusal

MANY = 5000  # ids in one look-up; SQLite takes 32,766 values in a statement


@transaction.atomic
def register_venue(
    *,
    name: str,
    kind: VenueKind,
    place: Place,
    by: By,
    keeper: str = "",
    opened: date | None = None,
    uuid: UUID | None = None,
) -> Venue:
    """Add a venue at a place, open from ``opened`` (today) on. The same ``uuid`` gives the one there is."""
    by.need(Right.WORK_DOORS, place.path, place.grid_id)
    if not name.strip():
        raise Problem("venue_name_missing", field="name")
    given = {"name": name.strip(), "kind": kind, "place": place, "keeper": keeper}
    given["opened"] = opened or clock.today()
    venue, new = Venue.objects.get_or_create(uuid=uuid or uuid7(), defaults=given)
    if new:
        record("venues.registered", by=by, subject=venue.uuid, place=place.uuid, data={"kind": kind.value})
    return venue


def check_in(*, rows: Sequence[CheckInInput], keep_days: int, by: By) -> int:
    """Store check-ins, all or none; returns how many were new. The same uuid of a day is one check-in.

    ``keep_days`` is the protocol's in the Response of the place; 0 where none is open, and nothing is stored.
    Raises Problems, one for each bad row with its uuid in ``values["row"]``, or Problem when a day was
    dropped meanwhile. Check-ins are rows, not events: the log does not repeat them.
    """
    people = _keys(Person.every.within(EVERYTHING), {row.person for row in rows})
    venues = _venues({row.venue for row in rows})
    found = [_problem(row, people, venues, keep_days) for row in rows]
    if problems := [problem for problem in found if problem]:
        raise Problems(problems)
    return storage.add(
        storage.CheckIn(row.uuid, people[row.person], venues[row.venue].pk, int(row.at.timestamp())) for row in rows
    )


def _keys(everybody: "QuerySet[Person]", uuids: Iterable[UUID]) -> dict[UUID, int]:
    wanted, found = list(uuids), dict[UUID, int]()
    for start in range(0, len(wanted), MANY):
        found.update(everybody.filter(uuid__in=wanted[start : start + MANY]).values_list("uuid", "pk"))
    return found


def _venues(uuids: Iterable[UUID]) -> dict[UUID, Venue]:
    wanted = list(uuids)
    parts = (wanted[start : start + MANY] for start in range(0, len(wanted), MANY))
    return {venue.uuid: venue for part in parts for venue in Venue.objects.filter(uuid__in=part)}


def _problem(row: CheckInInput, people: dict[UUID, int], venues: dict[UUID, Venue], keep_days: int) -> Problem | None:
    """Why this row is not taken, if so."""
    today, day, venue = clock.today(), clock.day_of(row.at), venues.get(row.venue)
    if code := refusal(row.at, clock.now(), today, day, keep_days):
        values = {"row": row.uuid, "at": row.at, "day": day, "first": first_kept(today, keep_days)}
        return Problem(code, field="at", **values)
    if venue is None:
        return Problem("venue_unknown", field="venue", row=row.uuid)
    if day < venue.opened or (venue.closed and day >= venue.closed):
        return Problem("venue_closed", field="venue", row=row.uuid, name=venue.name, day=day)
    return None if row.person in people else Problem("visitor_unknown", field="person", row=row.uuid)


def seal_days(*, by: By) -> list[date]:
    """Seal every live day that is over; returns them. Late check-ins of such a day wait meanwhile."""
    days = queries.days_to_seal(clock.today())
    for day in days:
        seal_day(day=day, by=by)
    return days


def seal_day(*, day: date, by: By) -> None:
    """Put a day into the form that answers a tracer fast, and say so in the log. Repeats safely."""
    storage.seal(day)
    known = derived("check-ins", "sealed", day)
    record("venues.day_sealed", by=by, uuid=known, data={"day": day.isoformat()})


def drop_days(*, keep_days: int, by: By) -> list[date]:
    """Delete all days but today and the ``keep_days`` before it (the protocol's); returns them."""
    days = queries.days_to_drop(clock.today(), keep_days)
    for day in days:
        drop_day(day=day, by=by)
    transaction.on_commit(storage.scrub, robust=True)  # takes seconds for a million rows: not inside a transaction
    return days


def drop_where_not_kept(*, orders: Sequence[Kept], by: By) -> int:
    """Delete the check-ins of venues that no open order covers any more, or not for so long, while their day is kept
    for others; returns how many. Repeats safely."""
    today, rows = clock.today(), 0
    for day in storage.days():
        keys = storage.venues_on(day)
        venues = queries.by_key(keys)
        kept = {key: order_of(venues[key].place.path, orders) for key in keys if key in venues}
        over = [key for key in keys if (order := kept.get(key)) is None or day < first_kept(today, order.days)]
        if over:
            rows += _leave_out(day, over, by)
    if rows:
        transaction.on_commit(storage.scrub, robust=True)
    return rows


def _leave_out(day: date, venues: Sequence[int], by: By) -> int:
    rows = storage.leave_out(day, venues)
    if rows:
        record("venues.rows_dropped", by=by, data={"day": day.isoformat(), "rows": rows, "venues": len(venues)})
    return rows


def drop_day(*, day: date, by: By) -> int:
    """Delete one day and say so in the log; returns how many rows it had. ``storage.scrub`` cleans the disk."""
    rows = storage.drop_day(day)
    record(
        "venues.day_dropped", by=by, uuid=derived("check-ins", "dropped", day),
        data={"day": day.isoformat(), "rows": rows},
    )  # fmt: skip
    return rows
