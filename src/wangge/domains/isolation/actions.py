"""Orders: proposed from reasons, confirmed by an authority, superseded, withdrawn, ended."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation import queries
from wangge.domains.isolation.models import Order, OrderReason, Stage
from wangge.domains.isolation.rules import OrderState, Plan, Reason, plan
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response


@dataclass(frozen=True, slots=True)
class Because:
    """A reason with the thing it comes from: a result, a case or an exposure."""

    kind: str
    cause: UUID
    reason: Reason


@dataclass(frozen=True, slots=True)
class Replanned:
    """What a new look at one person's reasons changed: the order to work by now, and orders that fell."""

    order: Order | None
    fallen: tuple[Order, ...] = ()


@transaction.atomic
def replan(
    *, response: Response, person: Person, because: Sequence[Because], protocol: str, by: By,
    provisional_hours: float = 0, cause: UUID | None = None,
) -> Replanned:  # fmt: skip
    """Make a person's orders fit the reasons that stand now. Looking again without a change changes nothing.

    No reason left: what stands is withdrawn. The same reasons as the order in force: it stays as it was decided,
    also under a newer edition. Otherwise one order is proposed, for all reasons together.
    """
    standing = queries.standing(person, response)
    wanted = plan([one.reason for one in because])
    if wanted is None:
        return Replanned(None, tuple(_withdraw(one, by, cause) for one in standing.values()))
    in_force, proposed = standing.get(OrderState.IN_FORCE), standing.get(OrderState.PROPOSED)
    fallen: tuple[Order, ...] = ()
    if in_force and _answered(in_force, because):
        fallen, in_force = (_withdraw(in_force, by, cause),), None
    if in_force and _serves(in_force, wanted, because, provisional_hours):
        _set_reasons(in_force, because)
        idle = [] if proposed is None or _milder_waits(proposed, in_force, wanted, provisional_hours) else [proposed]
        return Replanned(in_force, tuple(_withdraw(one, by, cause) for one in idle))
    if proposed and _same(proposed, wanted):
        _set_reasons(proposed, because)
        return Replanned(proposed, fallen)
    fallen += (_withdraw(proposed, by, cause),) if proposed else ()
    if _served(person, response, wanted, because, provisional_hours):
        return Replanned(in_force, fallen)
    order = _propose(response, person, wanted, protocol, in_force, provisional_hours)
    _set_reasons(order, because)
    record(
        "isolation.order_proposed", by=by, subject=order.uuid, place=person.home.uuid, response=response.uuid,
        protocol=protocol, clause=wanted.clause, cause=cause,
        data={"role": wanted.role, "person": str(person.uuid), "provisional": order.provisional},
    )  # fmt: skip
    return Replanned(order, fallen)


def _answered(in_force: Order, because: Sequence[Because]) -> bool:
    """Whether a protective step's first screen was answered, and not by a case: then it ends, whatever else stands."""
    kept = _causes(in_force) & {one.cause for one in because}
    return in_force.provisional and not kept and not any(one.kind == "case" for one in because)


def _serves(in_force: Order, wanted: Plan, because: Sequence[Because], provisional_hours: float) -> bool:
    """Whether the order in force already does what is wanted; a day's precaution never replaces an authority's act."""
    precaution = bool(provisional_hours) and not in_force.provisional
    return precaution or _causes(in_force) == {one.cause for one in because} or _same(in_force, wanted)


def _milder_waits(proposed: Order, in_force: Order, wanted: Plan, provisional_hours: float) -> bool:
    """Whether a later edition's milder plan for the same reasons waits for its authority: it is not taken back."""
    return proposed.protocol != in_force.protocol and (bool(provisional_hours) or _same(proposed, wanted))


def _served(
    person: Person, response: Response, wanted: Plan, because: Sequence[Because], provisional_hours: float
) -> bool:
    """Whether the plan's days are over, or an order for these very reasons ended by its term: none is made again.

    A protective step is counted in hours from now, not in days: a result just before midnight still gets its own.
    """
    if not provisional_hours and clock.end_of(wanted.stages[-1].last_day) <= clock.now():
        return True
    ended = Order.objects.within(EVERYTHING).filter(
        person=person, response=response, role=wanted.role, state=OrderState.ENDED, end_cause="term_over"
    )
    return any(_ever(order) >= {one.cause for one in because} for order in ended)


def _ever(order: Order) -> set[UUID]:
    return set(order.reasons.values_list("cause", flat=True))


def _causes(order: Order) -> set[UUID]:
    return set(order.reasons.filter(withdrawn_at__isnull=True).values_list("cause", flat=True))


def _same(order: Order, wanted: Plan) -> bool:
    stages = [(stage.measure, stage.first_day, stage.last_day) for stage in order.stages.all()]
    return order.role == wanted.role and stages == [(s.measure, s.first_day, s.last_day) for s in wanted.stages]


def _set_reasons(order: Order, because: Sequence[Because]) -> None:
    """Exactly these reasons stand; others of this order are marked withdrawn, never deleted."""
    causes = [one.cause for one in because]
    order.reasons.exclude(cause__in=causes).filter(withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    order.reasons.filter(cause__in=causes, withdrawn_at__isnull=False).update(withdrawn_at=None)
    OrderReason.objects.bulk_create(
        (
            OrderReason(order=order, kind=one.kind, cause=one.cause, role=one.reason.role, since=one.reason.since,
                        clause=one.reason.clause)
            for one in because
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _propose(
    response: Response, person: Person, wanted: Plan, protocol: str, in_force: Order | None, provisional_hours: float
) -> Order:
    """A proposal; or, for a protective step, an order that stands at once under the Response's own document."""
    now = clock.now()
    order = Order(
        uuid=uuid7(), response=response, person=person, role=wanted.role, state=OrderState.PROPOSED,
        protocol=protocol, clause=wanted.clause, starts_at=clock.start_of(wanted.stages[0].first_day),
        ends_at=clock.end_of(wanted.stages[-1].last_day), proposed_at=now, supersedes=in_force,
    )  # fmt: skip
    if provisional_hours:
        order.provisional, order.state = True, OrderState.IN_FORCE
        order.starts_at, order.ends_at, order.confirmed_at = now, now + timedelta(hours=provisional_hours), now
        order.authority, order.document_no = response.authority, response.document_no
        order.ground, order.remedy = response.ground, response.remedy
        if in_force:
            _change(in_force, OrderState.SUPERSEDED, "stricter_reason")
    order.save(force_insert=True)
    Stage.objects.bulk_create(
        Stage(order=order, measure=s.measure, first_day=s.first_day, last_day=s.last_day) for s in wanted.stages
    )
    return order


def _change(order: Order, state: OrderState, why: str) -> Order:
    order.state, order.ended_at, order.end_cause = state, clock.now(), why
    order.save(update_fields=["state", "ended_at", "end_cause"])
    return order


def _withdraw(order: Order, by: By, cause: UUID | None) -> Order:
    was = order.state
    order.reasons.filter(withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    _change(order, OrderState.WITHDRAWN, "no_reason_left")
    record(
        "isolation.order_withdrawn", by=by, subject=order.uuid, place=order.person.home.uuid,
        response=order.response.uuid, protocol=order.protocol, clause=order.clause, cause=cause, data={"was": was},
    )  # fmt: skip
    return order


@transaction.atomic
def confirm_orders(
    *, orders: Sequence[Order], authority: str, document_no: str, ground: str, remedy: str, by: By
) -> list[Order]:
    """The competent authority's act, in bulk: one document, one fact in the log, the same statements for any number.

    Confirming again changes nothing. Raises Problems that name what the law still asks for.
    """
    paper = Paper(authority.strip()[:120], document_no.strip()[:80], ground.strip()[:300], remedy.strip()[:300])
    if missing := [name for name, value in asdict(paper).items() if not value]:
        raise Problems([Problem("order_needs", field=name) for name in missing])
    keys = {one.pk for one in orders}
    mine = Order.objects.within(by.scope(Right.CONFIRM_ORDERS)).filter(pk__in=keys).select_for_update(of=("self",))
    rows = list(mine.select_related("response").order_by("id"))
    if len(rows) < len(keys):
        raise NotAllowed(Right.CONFIRM_ORDERS)
    confirmed = [one for one in rows if one.state == OrderState.PROPOSED]
    _put_in_force(confirmed, paper, by)
    if confirmed:
        record(
            "isolation.orders_confirmed", by=by, response=confirmed[0].response.uuid, protocol=confirmed[0].protocol,
            data={"orders": [str(one.uuid) for one in confirmed]},
        )  # fmt: skip
    return confirmed


@dataclass(frozen=True, slots=True)
class Paper:
    """What an order must carry by law; the field names are the form's."""

    authority: str
    document_no: str
    ground: str
    remedy: str


def _put_in_force(orders: Sequence[Order], paper: Paper, by: By) -> None:
    """In few statements for many orders; the older order of the same person in the same Response is replaced."""
    now = clock.now()
    if any(one.response.closed_at for one in orders):
        raise Problem("response_closed")
    if late := next((one for one in orders if one.ends_at <= now), None):
        raise Problem("order_over", until=clock.day_of(late.ends_at))
    everywhere = Order.objects.within(EVERYTHING)
    for response in {one.response_id for one in orders}:
        people = [one.person_id for one in orders if one.response_id == response]
        older = everywhere.filter(response=response, person__in=people, state=OrderState.IN_FORCE)
        older.update(state=OrderState.SUPERSEDED, ended_at=now, end_cause="replaced")
    changes = asdict(paper) | {
        "state": OrderState.IN_FORCE, "confirmed_at": now, "confirmed_account": by.account, "confirmed_post": by.post,
    }  # fmt: skip
    everywhere.filter(pk__in=[one.pk for one in orders]).update(**changes)
    for one in orders:
        for name, value in changes.items():
            setattr(one, name, value)


@transaction.atomic
def end_past(*, now: datetime, by: By) -> list[Order]:
    """End the orders whose term is over; nobody is held a minute longer because nobody looked."""
    ended = [_change(order, OrderState.ENDED, "term_over") for order in queries.past_end(now)]
    if ended:
        record("isolation.orders_ended", by=by, data={"orders": [str(one.uuid) for one in ended]})
    return ended


@transaction.atomic
def end_orders_of(*, person: Person, why: str, by: By, cause: UUID | None = None) -> list[Order]:
    """End every standing order about somebody, with its cause (died)."""
    return _end_all(Q(person=person), why, by, cause)


@transaction.atomic
def end_orders_in(*, response: Response, by: By, cause: UUID | None = None) -> list[Order]:
    """End every standing order of a Response that was closed."""
    return _end_all(Q(response=response), "response_closed", by, cause)


def _end_all(which: Q, why: str, by: By, cause: UUID | None) -> list[Order]:
    standing = Order.objects.within(EVERYTHING).filter(which, state__in=queries.STANDING)
    ended = [_change(order, OrderState.ENDED, why) for order in standing]
    if ended:
        record("isolation.orders_ended", by=by, cause=cause, data={"orders": [str(one.uuid) for one in ended]})
    return ended


@transaction.atomic
def stand_again(*, person: Person, since: datetime, by: By, cause: UUID | None = None) -> list[Order]:
    """Confirmed orders that fell since an instant only because their reasons had gone to another record: when the
    reasons are back, the authority's act stands as it was. Not where another order is in force by now."""
    fell = Order.objects.within(EVERYTHING).filter(
        person=person, state=OrderState.WITHDRAWN, end_cause="no_reason_left", ended_at__gte=since,
        confirmed_at__isnull=False, ends_at__gt=clock.now(), response__closed_at__isnull=True,
    )  # fmt: skip
    taken = Order.objects.within(EVERYTHING).filter(person=person, state=OrderState.IN_FORCE)
    again = list(fell.exclude(response__in=taken.values("response")).order_by("id").select_for_update(of=("self",)))
    for one in again:
        one.reasons.filter(withdrawn_at__gte=since).update(withdrawn_at=None)
        _change(one, OrderState.IN_FORCE, "")
        Order.objects.within(EVERYTHING).filter(pk=one.pk).update(ended_at=None)
    if again:
        record("isolation.orders_stand_again", by=by, cause=cause, data={"orders": [str(one.uuid) for one in again]})
    return again
