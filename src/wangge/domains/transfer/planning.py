"""Plans: proposed by the planner, moved by hand, checked by the same rules, adopted with a reason or not at all."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem as Refusal
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import queries
from wangge.domains.transfer.models import Passenger, TransferPlan, Trip
from wangge.domains.transfer.planner import Proposal, propose
from wangge.domains.transfer.queries import PLANS
from wangge.domains.transfer.rules import (
    BOARDING,
    Household,
    Plan,
    Stop,
    plan_cost,
)
from wangge.domains.transfer.rules import Trip as Way
from wangge.domains.transfer.rules_faults import Violation, faults
from wangge.domains.transfer.setting import Setting, instant, minute, setting

SECONDS = 8.0


def make_plan(
    *, response: Response, area: Place, by: By, seconds: float = SECONDS
) -> tuple[TransferPlan | None, Proposal]:
    """A draft by the planner with its cost and bound; or what is missing. Takes so many seconds at most."""
    by.need(Right.PLAN_TRANSFER, area.path, area.grid_id)
    given = setting(response=response, area=area, by=by)
    made = propose(given.problem, seconds=seconds)
    if made.plan is None:
        return None, made
    return _save(response, area, given, made, by), made


@transaction.atomic
def _save(response: Response, area: Place, given: Setting, made: Proposal, by: By) -> TransferPlan:
    plan = TransferPlan.objects.create(
        uuid=uuid7(), response=response.uuid, area=area, day=given.day, cost=made.cost, bound=made.bound,
        seconds=made.seconds, made_at=clock.now(), post=by.post,
    )  # fmt: skip
    for number, way in enumerate(made.plan.trips if made.plan else (), 1):
        Trip.objects.create(
            uuid=uuid7(), plan=plan, number=number, vehicle=given.vehicles[way.vehicle], site=given.sites[way.hotel],
            stops=[_stop(given, stop) for stop in way.stops], begins_at=instant(given.day, way.begins),
            arrives_at=instant(given.day, way.arrives), meal=way.meal, toilet=way.toilet,
            people=[str(one.uuid) for key in way.households for one in given.people[key]],
        )  # fmt: skip
    record(
        "transfer.planned", by=by, subject=plan.uuid, place=area.uuid, response=response.uuid,
        data={"trips": len(made.plan.trips if made.plan else ()), "cost": made.cost, "bound": made.bound},
    )  # fmt: skip
    return plan


def _stop(given: Setting, stop: Stop) -> list[str]:
    return [stop.compound, instant(given.day, stop.arrives).isoformat(), instant(given.day, stop.leaves).isoformat()]


def check(plan: TransferPlan, by: By) -> tuple[Setting, Plan, list[Violation]]:
    """A saved plan before the rules as everything is now: the problem, the plan, and what is wrong with it."""
    response = response_named(plan.response)
    trips = queries.trips_of(plan)
    seated = [uuid for one in trips for uuid in one.people]
    scope = by.scope(Right.PLAN_TRANSFER)
    people = list(queries.waiting(scope, plan.response))
    known = {str(one.uuid) for one in people}
    gone = Passenger.objects.within(EVERYTHING).filter(uuid__in=[one for one in seated if one not in known])
    people += list(gone.filter(off_at__isnull=True, refused_at__isnull=True).select_related("person", "door"))
    given = setting(response=response, area=plan.area, by=by, people=people)
    return given, (made := as_plan(plan, given, trips)), faults(given.problem, made)


def as_plan(plan: TransferPlan, given: Setting, trips: Sequence[Trip]) -> Plan:
    """A saved plan as the rules see it; whoever came off the list meanwhile is on no trip."""
    keys = {str(one.uuid): key for key, some in given.people.items() for one in some}
    return Plan(tuple(
        Way(
            str(one.uuid), str(one.vehicle.uuid), str(one.site.uuid),
            tuple(Stop(c, minute(given.day, _at(a)), minute(given.day, _at(b))) for c, a, b in one.stops),
            minute(given.day, one.arrives_at), tuple(dict.fromkeys(keys[u] for u in one.people if u in keys)),
            one.meal, one.toilet,
        )
        for one in trips
    ))  # fmt: skip


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@transaction.atomic
def move_household(*, plan: TransferPlan, household: str, trip: UUID | None, by: By) -> list[Violation]:
    """Move those of a door and class to another trip of a draft, or off every trip; the trip calls where they live.
    Returns what is wrong with the plan then: nothing is refused before it is adopted."""
    one = _draft(plan, by)
    given, _made, _wrong = check(one, by)
    some = [str(each.uuid) for each in given.people.get(household, ())]
    if not some:
        raise Refusal("transfer_household_unknown")
    for each in one.trips.select_for_update():
        if set(some) & set(each.people):
            each.people = [uuid for uuid in each.people if uuid not in some]
            each.save(update_fields=["people"])
    if trip:
        to = one.trips.filter(uuid=trip).first()
        if to is None:
            raise Refusal("transfer_trip_unknown")
        to.people = [*to.people, *some]
        _call_at(to, next(h for h in given.problem.households if h.key == household), given)
        to.save(update_fields=["people", "stops", "arrives_at"])
    one.by_hand = True
    wrong = _rechecked(one, by)
    record("transfer.moved", by=by, subject=one.uuid, place=one.area.uuid, response=one.response)
    return wrong


def _call_at(trip: Trip, household: Household, given: Setting) -> None:
    """A trip calls at a household's compound: where it does not yet, a stop is put at the end of its way."""
    if any(stop[0] == household.compound for stop in trip.stops):
        return
    last, leaves = trip.stops[-1][0], _at(trip.stops[-1][2])
    problem, site = given.problem, str(trip.site.uuid)
    arrives = leaves + timedelta(minutes=problem.drive(last, household.compound))
    away = arrives + timedelta(minutes=BOARDING)
    trip.stops = [*trip.stops, [household.compound, arrives.isoformat(), away.isoformat()]]
    trip.arrives_at = away + timedelta(minutes=problem.drive(household.compound, site))


@transaction.atomic
def change_trip(*, plan: TransferPlan, trip: UUID, vehicle: UUID, site: UUID, by: By) -> list[Violation]:
    """Give a draft's trip another vehicle or another hotel. Returns what is wrong with the plan then."""
    one = _draft(plan, by)
    scope = by.scope(Right.PLAN_TRANSFER)
    row = one.trips.filter(uuid=trip).first()
    other = queries.vehicles(scope).filter(uuid=vehicle, response=one.response).first()
    to = queries.sites(scope).filter(uuid=site, response=one.response).first()
    if row is None or other is None or to is None:
        raise Refusal("transfer_trip_unknown")
    row.vehicle, row.site = other, to
    row.save(update_fields=["vehicle", "site"])
    one.by_hand = True
    wrong = _rechecked(one, by)
    record("transfer.moved", by=by, subject=one.uuid, place=one.area.uuid, response=one.response)
    return wrong


def _draft(plan: TransferPlan, by: By) -> TransferPlan:
    one = TransferPlan.objects.select_for_update(of=("self",)).select_related("area").get(pk=plan.pk)
    by.need(Right.PLAN_TRANSFER, one.area.path, one.area.grid_id)
    if one.state != TransferPlan.State.DRAFT:
        raise Refusal("transfer_plan_not_draft")
    return one


def _rechecked(one: TransferPlan, by: By) -> list[Violation]:
    """Cost and faults again; a plan moved by hand keeps the solver's bound, which holds for every plan."""
    given, made, wrong = check(one, by)
    one.cost = plan_cost(given.problem, made)
    one.save(update_fields=["cost", "by_hand"])
    return wrong


@transaction.atomic
def adopt(*, plan: TransferPlan, why: str, by: By) -> TransferPlan:
    """The plan holds from now on. With a hard fault never; with any other where a person says why, which is sealed.
    What an earlier plan has not begun is replaced. Raises Problem."""
    one = _draft(plan, by)
    _given, _made, wrong = check(one, by)
    if any(each.hard for each in wrong):
        raise Refusal("transfer_hard_fault")
    if wrong and not why.strip():
        raise Refusal("transfer_why_missing", field="why")
    older = TransferPlan.objects.filter(response=one.response, state=TransferPlan.State.ADOPTED, area=one.area)
    for each in older:
        if not each.trips.filter(started_at__isnull=False, ended_at__isnull=True).exists():
            TransferPlan.objects.filter(pk=each.pk).update(state=TransferPlan.State.REPLACED)
    for trip in one.trips.all():
        Passenger.objects.within(EVERYTHING).filter(uuid__in=trip.people, hand__in=["door", "meeting"]).update(
            trip=trip
        )
    one.state, one.adopted_at = TransferPlan.State.ADOPTED, clock.now()
    one.faults = sorted({each.fault.value for each in wrong})
    if why.strip():
        one.sealed = sealing.seal(PLANS, one.uuid, {"why": why.strip()[:300]}, response=one.response)
    one.save(update_fields=["state", "adopted_at", "faults", "sealed"])
    record(
        "transfer.adopted", by=by, subject=one.uuid, place=one.area.uuid, response=one.response,
        data={"trips": one.trips.count(), "faults": one.faults},
    )  # fmt: skip
    return one
