"""What a switch of editions does to running orders. The rule is ``rules.turn``; ``docs/states/switch.md`` is its table.

Set-based: whatever the number of people, one statement for all that end and one for each kind of row that is new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.domains.isolation import queries
from wangge.domains.isolation.actions import Because
from wangge.domains.isolation.models import Order, OrderReason, Stage
from wangge.domains.isolation.rules import Burden, OrderState, Plan, PlannedStage, Turn, burden, plan, turn
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import Protocol, Where

SWITCHED = "edition_switched"


@dataclass(slots=True)
class Resettled:
    """What came of it: orders that ended, proposals that fell, and plans that wait for an authority."""

    ended: list[Order] = field(default_factory=list)
    fallen: list[Order] = field(default_factory=list)
    proposed: list[Order] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A plan to be proposed, with its reasons and the order it would replace."""

    person: Person
    plan: Plan
    because: Sequence[Because]
    replaces: Order | None


@transaction.atomic
def resettle(
    *, response: Response, people: Sequence[Person], because: Mapping[int, Sequence[Because]], edition: Protocol,
    by: By, cause: UUID | None = None,
) -> Resettled:  # fmt: skip
    """Work the standing orders of some people out again under the edition that is in force now.

    ``because`` holds each person's reasons under that edition. Doing it again changes nothing.
    """
    mine: dict[int, dict[str, Order]] = {person.pk: {} for person in people}
    for order in queries.standing_of(people, response):
        mine[order.person_id][order.state] = order
    done, wishes = Resettled(), list[_Wish]()
    for person in people:
        if standing := mine[person.pk]:
            _settle(person, standing, because.get(person.pk, ()), edition, done, wishes)
    _end(done.ended, OrderState.ENDED, edition)
    _end(done.fallen, OrderState.WITHDRAWN, edition)
    done.proposed = _propose(response, wishes, edition)
    _record(response, done, edition, by, cause)
    return done


def _settle(
    person: Person, standing: Mapping[str, Order], because: Sequence[Because], edition: Protocol,
    done: Resettled, wishes: list[_Wish],
) -> None:  # fmt: skip
    """One person. A first screen's protective step is no matter of days: it ends by itself, or with everything."""
    in_force, proposed = standing.get(OrderState.IN_FORCE), standing.get(OrderState.PROPOSED)
    known = [one for one in because if one.kind != "result" and one.reason.parts]
    wanted = plan([one.reason for one in known])
    fresh = proposed is not None and proposed.protocol == edition.key
    if in_force and in_force.provisional:
        verdict = Turn.END if edition.all_off else Turn.KEEP
    elif in_force and in_force.protocol != edition.key:
        verdict = turn(_ahead(in_force), _of(wanted), clock.today())
    else:
        verdict = Turn.KEEP
    if in_force and verdict is Turn.END:
        done.ended.append(in_force)
    if proposed and not fresh:
        done.fallen.append(proposed)
    over = wanted is None or turn(Burden(wanted.stages[-1].last_day, 0), _of(wanted), clock.today()) is Turn.END
    waits = verdict is Turn.PROPOSE or (proposed is not None and (in_force is None or in_force.provisional))
    if wanted and not over and not fresh and waits:
        wishes.append(_Wish(person, wanted, known, in_force))


def _of(wanted: Plan | None) -> Burden | None:
    return burden(wanted.stages, clock.today()) if wanted else None


def _ahead(order: Order) -> Burden:
    """What an order still asks, by the edition it was made under."""
    edition = protocol(order.protocol)
    stages = [
        PlannedStage(one.measure, one.first_day, one.last_day, edition.where(one.measure) is not Where.HOME)
        for one in order.stages.all()
    ]
    return burden(stages, clock.today())


def _end(orders: Sequence[Order], state: OrderState, edition: Protocol) -> None:
    ends = {
        "state": state, "ended_at": clock.now(), "end_cause": SWITCHED, "end_protocol": edition.key,
        "end_clause": edition.switch.clause,
    }  # fmt: skip
    if orders:
        Order.objects.within(EVERYTHING).filter(pk__in=[one.pk for one in orders]).update(**ends)
    for one in orders:
        for name, value in ends.items():
            setattr(one, name, value)


def _propose(response: Response, wishes: Sequence[_Wish], edition: Protocol) -> list[Order]:
    now = clock.now()
    orders = [
        Order(
            uuid=uuid7(), response=response, person=one.person, role=one.plan.role, state=OrderState.PROPOSED,
            protocol=edition.key, clause=one.plan.clause, starts_at=clock.start_of(one.plan.stages[0].first_day),
            ends_at=clock.end_of(one.plan.stages[-1].last_day), proposed_at=now, supersedes=one.replaces,
        )
        for one in wishes
    ]  # fmt: skip
    Order.objects.bulk_create(orders, batch_size=500)
    pairs = list(zip(orders, wishes, strict=True))
    Stage.objects.bulk_create(
        (
            Stage(order=order, measure=part.measure, first_day=part.first_day, last_day=part.last_day)
            for order, one in pairs
            for part in one.plan.stages
        ),
        batch_size=500,
    )
    OrderReason.objects.bulk_create(
        (
            OrderReason(order=order, kind=it.kind, cause=it.cause, role=it.reason.role, since=it.reason.since,
                        clause=it.reason.clause)
            for order, one in pairs
            for it in one.because
        ),
        batch_size=500,
    )  # fmt: skip
    return orders


def _record(response: Response, done: Resettled, edition: Protocol, by: By, cause: UUID | None) -> None:
    """One fact for all that ended, one for all that was planned anew."""
    if done.ended:
        record(
            "isolation.orders_ended", by=by, response=response.uuid, protocol=edition.key, cause=cause,
            clause=edition.switch.clause, data={"orders": [str(one.uuid) for one in done.ended]},
        )  # fmt: skip
    if done.proposed or done.fallen:
        orders = [str(one.uuid) for one in done.proposed]
        record(
            "isolation.orders_resettled", by=by, response=response.uuid, protocol=edition.key, cause=cause,
            clause=edition.switch.clause, data={"orders": orders, "fallen": len(done.fallen)},
        )  # fmt: skip


@transaction.atomic
def end_milder(*, now: datetime, by: By) -> list[Order]:
    """End the orders whose milder plan nobody confirmed in time: nobody is held longer because nobody signed."""
    ended = []
    for lapsed in queries.milder_over(now):
        if lapsed.supersedes:
            _end([lapsed.supersedes], OrderState.ENDED, protocol(lapsed.protocol))
            ended.append(lapsed.supersedes)
    if ended:
        record("isolation.orders_ended", by=by, data={"orders": [str(one.uuid) for one in ended]})
    return ended
