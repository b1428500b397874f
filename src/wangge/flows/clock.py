"""What the clock sets off. An alarm turns the passing of time into a fact or an act; the night's work answers one."""

from datetime import datetime

from wangge.base import clock
from wangge.base.access import tries
from wangge.base.access.by import SYSTEM
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.domains.asking.actions import close_over, fit_days, learn_costs, renew_all
from wangge.domains.checkpoints.actions import drop_register
from wangge.domains.duty.actions import drop_sittings
from wangge.domains.duty.actions import end_past as holdings_past
from wangge.domains.isolation.actions import end_past
from wangge.domains.isolation.switching import end_milder
from wangge.domains.people.duplicates import find
from wangge.domains.people.queries import door_of
from wangge.domains.protocol.queries import in_force, open_responses
from wangge.domains.testing.queries import at_doors_until
from wangge.domains.testing.rules import Purpose
from wangge.domains.venues.actions import drop_days, drop_where_not_kept, seal_days
from wangge.domains.venues.posters import suspect
from wangge.domains.venues.queries import orders
from wangge.domains.work.actions import Wanted, put_items, raise_late
from wangge.domains.work.tallies import recount


def a_day_begins(now: datetime) -> None:
    """Record ``clock.day_began`` once for each civil day."""
    day = clock.day_of(now)
    record("clock.day_began", by=SYSTEM, data={"day": day.isoformat()}, uuid=derived("day", day))


def late_work(now: datetime) -> None:
    """Work past its deadline goes up a level."""
    raise_late(now=now, by=SYSTEM)


def orders_over(now: datetime) -> None:
    """Orders end at the minute of their end, or of the milder one's that nobody confirmed."""
    end_past(now=now, by=SYSTEM)
    end_milder(now=now, by=SYSTEM)


def asks_over(now: datetime) -> None:
    """Asks stop by themselves at their end."""
    close_over(now=now, by=SYSTEM)


def holdings_over(now: datetime) -> None:
    """Posts held until a day are over at its minute."""
    holdings_past(now=now, by=SYSTEM)


def tests_of_the_day(event: Event) -> None:
    """Answer ``clock.day_began``: samples to be taken at doors today become visits."""
    today = clock.end_of(clock.day_of(event.recorded_at))
    due = [one for one in at_doors_until(today) if one.purpose == Purpose.ROUTINE]
    for response in {one.response for one in due}:
        wanted = [
            Wanted(door_of(one.person.home), "sample", one.uuid, one.due_at, one.person)
            for one in due
            if one.response_id == response.pk
        ]
        put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def asks_of_the_day(event: Event) -> None:
    """Answer ``clock.day_began``: who came and went is noted, minutes are learned, and each day's list fits its day."""
    renew_all(by=SYSTEM)
    learn_costs(by=SYSTEM)
    fit_days(by=SYSTEM)


def night_check(event: Event) -> None:
    """Answer ``clock.day_began``: count every tally again from the facts and put differences on record."""
    for response in open_responses():
        if differences := recount(response):
            record(
                "work.recount_differed", by=SYSTEM, response=response.uuid, cause=event.uuid,
                data={"tallies": len(differences)},
            )  # fmt: skip


def check_ins(event: Event) -> None:
    """Answer ``clock.day_began``: seal yesterday's check-ins, drop the days that no order keeps.

    Only open Responses whose order names check-in keep any: with the last of them all days go, and with the last
    around a venue the venue's.
    """
    for day in seal_days(by=SYSTEM):
        suspect(day=day, by=SYSTEM)
    kept = orders()
    drop_days(keep_days=max((one.days for one in kept), default=0), by=SYSTEM)
    drop_where_not_kept(orders=kept, by=SYSTEM)


def registers(event: Event) -> None:
    """Answer ``clock.day_began``: the lines of visitors' registers that no protocol keeps any more go."""
    rules = [rule for one in open_responses() if (rule := in_force(one).entry)]
    drop_register(keep_days=max((rule.register_days for rule in rules), default=0), by=SYSTEM)


def same_people(event: Event) -> None:
    """Answer ``clock.day_began``: note new pairs of records that may be one person."""
    find(by=SYSTEM)


def sessions(event: Event) -> None:
    """Answer ``clock.day_began``: sessions past their end and old counts of tries go."""
    drop_sittings()
    tries.drop_old()
