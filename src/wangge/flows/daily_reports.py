"""What daily reports, and their absence, set off.

    an order begins, changes, ends    who is to report, and their pages                        kept, merged
    a day begins                      the day's reports are expected, in one statement         day
    a report came                     silence and its calls are over; what it says counts as answered, what is missing
                                      is brought, whoever has nobody is cared for, a doctor calls                heard
    reports are missing               a call, then a knock, by docs/states/monitoring.md       missing
    a doctor reached nobody           somebody knocks                                          unreached

Everything is worked out from what stands: repeated, it changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.domains.isolation.queries import chosen
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.models import HomeWatch
from wangge.domains.monitoring.rules import CallOutcome, Step, step
from wangge.domains.people.duplicates import merge_of
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import open_responses, response, still_open
from wangge.domains.protocol.rules_monitoring import Monitoring
from wangge.domains.work.actions import Wanted, finish_items, put_items, withdraw_items
from wangge.flows.named_orders import orders_named

PART = 500  # silent people in one run: a transaction stays short
CALL, KNOCK = "call_silent", "knock_silent"


def kept(event: Event) -> None:
    """Answer what happens to orders: whom they are about is to report, or no more."""
    orders = list(chosen(EVERYTHING, orders_named(event)))
    for within in {one.response for one in orders}:
        _keep(within, [one.person_id for one in orders if one.response_id == within.pk], event)


def merged(event: Event) -> None:
    """Answer ``people.merged`` and ``people.merge_undone``."""
    merge = merge_of(UUID(event.data["merge"]))
    for within in open_responses().prefetch_related("phases"):
        _keep(within, [merge.into_id, merge.absorbed_id], event)


def _keep(within: Response, people: Sequence[int] | None, event: Event) -> None:
    ended = actions.keep_watches(response=within, people=people, by=SYSTEM, cause=event.uuid)
    causes = [silence(one.uuid, one.silent_since) for one in ended if one.silent_since]
    withdraw_items(causes=causes, by=SYSTEM, cause=event.uuid)


def silence(watch: UUID, since: datetime) -> UUID:
    """What the calls and knocks of one silence hang on: a new silence has its own."""
    return derived("silence", watch, since.timestamp())


def day(event: Event) -> None:
    """Answer ``clock.day_began``: who is watched today, by today's grids and edition, and what is expected of them."""
    for within in open_responses().prefetch_related("phases"):
        _keep(within, None, event)
        actions.expect(response=within, day=clock.day_of(event.recorded_at), by=SYSTEM)


def missing(event: Event) -> None:
    """Answer ``monitoring.reports_missed``, and ``monitoring.silent_followed`` as long as some are left."""
    if event.response is None or event.data.get("left") is False:
        return
    within = response(event.response)
    if not still_open(within) or (rule := queries.rule_of(within)) is None:
        return
    silent = queries.to_be_asked(within, rule, PART)
    if not silent:
        return
    hot = queries.hot(within, clock.today())
    steps = {one.pk: _step(one, rule, hot) for one in silent}
    wanted = [thing for one in silent for thing in _wanted(one, steps[one.pk], rule)]
    put_items(response=within, wanted=wanted, by=SYSTEM, cause=event.uuid)
    actions.asked(watches=silent, steps=steps, by=SYSTEM, response=within, left=len(silent) == PART)


def _step(one: HomeWatch, rule: Monitoring, hot: bool) -> Step:
    return step(one.misses, hot or one.first, rule.call_after_misses, rule.knock_after_misses)


def _wanted(one: HomeWatch, what: Step, rule: Monitoring) -> list[Wanted]:
    """The call first, and the knock by the time by which they must have been seen; what is open stays one thing."""
    if what is Step.NONE or one.silent_since is None:
        return []
    now, cause = clock.now(), silence(one.uuid, one.silent_since)
    things = [Wanted(one.door, CALL, cause, now + timedelta(hours=rule.call_within_hours), one.person)]
    if what is Step.KNOCK:
        things.append(Wanted(one.door, KNOCK, cause, now + timedelta(hours=rule.knock_within_hours), one.person))
    return things


def unreached(event: Event) -> None:
    """Answer ``monitoring.doctor_called``: whom the doctor did not reach is seen at the door, once for each call."""
    if event.data["outcome"] != CallOutcome.UNREACHED:
        return
    call = queries.call(EVERYTHING, subject_of(event))
    watch, rule = call.watch, queries.rule_of(call.watch.response)
    if rule is None or watch.ended_at or not still_open(watch.response):
        return
    due = clock.now() + timedelta(hours=rule.knock_within_hours)
    wanted = [Wanted(watch.door, KNOCK, call.uuid, due, watch.person)]
    put_items(response=watch.response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def refused(event: Event) -> None:
    """Answer ``monitoring.report_refused``: somebody spoke with them, so nobody has to any more."""
    if since := event.data.get("silent_since"):
        causes = [silence(subject_of(event), datetime.fromisoformat(since))]
        finish_items(causes=causes, by=SYSTEM, cause=event.uuid)


def reports_missing(now: datetime) -> None:
    """Alarm: reports whose hour is over are missing."""
    actions.count_misses(now=now, by=SYSTEM)


def doctors_late(now: datetime) -> None:
    """Alarm: a doctor's call past its hour is shown to the level above."""
    actions.raise_late_calls(now=now, by=SYSTEM)
