"""Sensors at doors follow orders, and what they say becomes a question at the door, never anybody's status.

isolation.orders_confirmed      where the protocol fits sensors and one is in store: fitting is proposed   propose
isolation.* (also order_changed), edition_began
                                a sensor whose order does not stand any more goes on under another one of
                                the same door that fits sensors, or falls silent at once                  settle
protocol.response_closed        all are silent
sensors.silenced                taking it off is work at the door                                         take_off
sensors.opened                  a question at the door, one open at a time; nothing where it was expected  ask
sensors.tampered, .smoke        somebody looks; somebody calls 119 and the neighbours               look, smoke
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.isolation.changes import elsewhere
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.queries import chosen
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.queries import at_door, door_of
from wangge.domains.places.models import Place
from wangge.domains.protocol.queries import covering_open, in_force, response, still_open
from wangge.domains.protocol.rules import Protocol
from wangge.domains.sensors import actions, queries
from wangge.domains.sensors.actions import Under
from wangge.domains.sensors.models import Fit, Reading, Sensor
from wangge.domains.sensors.rules import Kind, Silent, is_planned
from wangge.domains.work.actions import Wanted, finish_items, put_items, withdraw_items
from wangge.domains.work.models import TaskItem
from wangge.domains.work.queries import tried_at
from wangge.domains.work.rules import Channel
from wangge.flows.named_orders import orders_named

FIT, OFF, ASK, LOOK, FIRE = "fit_sensor", "remove_sensor", "ask_after_opening", "check_sensor", "smoke_alarm"
OURS = frozenset({FIT, OFF, ASK, LOOK, FIRE})
#: Ours: within what time.
WITHIN = {
    FIT: timedelta(hours=24), OFF: timedelta(hours=24), ASK: timedelta(hours=1), LOOK: timedelta(hours=12),
    FIRE: timedelta(0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """An order that stands for somebody behind a door, and the edition that fits sensors for it."""

    order: Order
    edition: Protocol

    @property
    def under(self) -> Under:
        rule = self.edition.sensors
        return Under(
            self.order.response.uuid, self.edition.key, rule.clause if rule else "", self.order.uuid, self.order.ends_at
        )


def ground_at(door: Place, *, held: bool = False) -> Ground | None:
    """The order that ends last of those under which a sensor may be at this door now. ``held``: it stays until the
    caller's transaction is over."""
    people = list(at_door(EVERYTHING, door))
    orders = Order.objects.within(EVERYTHING).filter(
        person__in=people, state=OrderState.IN_FORCE, provisional=False, ends_at__gt=clock.now(),
        response__closed_at__isnull=True,
    )  # fmt: skip
    orders = orders.select_related("response").prefetch_related("response__phases", "stages").order_by("-ends_at", "id")
    found = list(orders.select_for_update(of=("self",)) if held else orders)
    moved = elsewhere(found)
    for order in found:
        edition = in_force(order.response)
        if order.pk not in moved and _fits(order, edition):
            return Ground(order, edition)
    return None


def _fits(order: Order, edition: Protocol) -> bool:
    """Whether the edition in force fits sensors for a measure of this order that runs today."""
    today = clock.today()
    running = {one.measure for one in order.stages.all() if one.first_day <= today <= one.last_day}
    return edition.sensors is not None and bool(running & set(edition.sensors.measures))


@transaction.atomic
def fit(*, sensor: Sensor, door: Place, by: By, uuid: UUID) -> Fit:
    """Fit a device at a door: a door sensor under an order that stands there now. Raises Problem."""
    if sensor.kind == Kind.SMOKE:
        here = covering_open(door)
        if here is None:
            raise Problem("sensor_no_response")
        return actions.fit(sensor=sensor, door=door, under=Under(here.uuid, in_force(here).key), by=by, uuid=uuid)
    if (ground := ground_at(door, held=True)) is None:
        raise Problem("sensor_no_order")
    made = actions.fit(sensor=sensor, door=door, under=ground.under, by=by, uuid=uuid)
    finish_items(causes=[_fitting(ground.order.response.uuid, door)], by=by)
    return made


def take_off(*, fit: Fit, by: By) -> Fit:
    """Take a device off; what was open about it at the door is done."""
    with transaction.atomic():
        one = actions.take_off(fit=fit, by=by)
        finish_items(causes=[derived("take off", one.uuid)], by=by)
        _take_back([one], by)
    return one


def propose(event: Event) -> None:
    """Answer ``isolation.orders_confirmed``."""
    named = [UUID(text) for text in event.data["orders"]]
    orders = list(chosen(EVERYTHING, named))
    moved = elsewhere(orders)
    for order in orders:
        door, edition = door_of(order.person.home), in_force(order.response)
        if (
            order.pk in moved
            or order.state != OrderState.IN_FORCE
            or not _soon(order, edition)
            or not queries.free(door).exists()
        ):
            continue
        if not any(one.sensor.kind == Kind.DOOR for one in queries.at_door(door)):
            _put(order.response.uuid, [_wanted(door, FIT, _fitting(order.response.uuid, door))], event)


def _soon(order: Order, edition: Protocol) -> bool:
    """Whether the edition fits sensors for a measure that runs, or begins, within a day."""
    rule, until = edition.sensors, clock.today() + timedelta(days=1)
    return rule is not None and any(
        one.measure in rule.measures and one.first_day <= until and one.last_day >= clock.today()
        for one in order.stages.all()
    )


def _fitting(within: UUID, door: Place) -> UUID:
    return derived("fit sensor", within, door.uuid)


def settle(event: Event) -> None:
    """Answer what ends or replaces orders, and a new edition."""
    if event.kind == "protocol.edition_began":
        fits = list(queries.live_in(subject_of(event)))
    else:
        fits = list(queries.resting_on(_orders(event)))
    settle_fits(fits, event)


def _orders(event: Event) -> list[UUID]:
    """The orders a fact is about, and those which they replaced."""
    named = orders_named(event)
    replaced = Order.objects.within(EVERYTHING).filter(superseded_by__uuid__in=named)
    return [*named, *replaced.values_list("uuid", flat=True)]


def settle_fits(fits: Sequence[Fit], event: Event) -> None:
    """Look again on what ground each sensor is at its door."""
    ended: dict[Silent, list[Fit]] = {}
    for one in fits:
        if one.order is None:
            continue  # a smoke sensor hangs under no order
        if ground := ground_at(one.door):
            under = ground.under
            if (under.order, under.protocol, under.until) != (one.order, one.protocol, one.until):
                actions.move_under(fit=one, under=under)
            continue
        stands = Order.objects.within(EVERYTHING).filter(uuid=one.order, state=OrderState.IN_FORCE)
        here = list(stands.filter(ends_at__gt=clock.now()))
        why = Silent.NOT_ALLOWED if {each.pk for each in here} - elsewhere(here) else Silent.ORDER_ENDED
        ended.setdefault(why, []).append(one)
    for why, some in ended.items():
        actions.silence(fits=some, why=why, by=SYSTEM, cause=event.uuid)


def closed(within: UUID, cause: UUID) -> None:
    """A Response was closed: nothing is on duty in it any more."""
    actions.silence(fits=list(queries.live_in(within)), why=Silent.RESPONSE_CLOSED, by=SYSTEM, cause=cause)


def silenced(event: Event) -> None:
    """Answer ``sensors.silenced``: open questions are taken back, and the device is taken off."""
    fits = queries.fits_named(UUID(one) for one in event.data["fits"])
    _take_back(fits, SYSTEM, event.uuid)
    wanted = [_wanted(one.door, OFF, derived("take off", one.uuid)) for one in fits if one.off_at is None]
    if event.response and wanted:
        _put(event.response, wanted, event)


def _take_back(fits: Sequence[Fit], by: By, cause: UUID | None = None) -> None:
    """What was to be asked or looked at because of these sensors."""
    open_ = TaskItem.objects.within(EVERYTHING).filter(
        task__door__in=[one.door for one in fits], kind__in=(ASK, LOOK), state=TaskItem.State.OPEN
    )
    withdraw_items(causes=list(open_.values_list("cause", flat=True)), by=by, cause=cause)


def ask(event: Event) -> None:
    """Answer ``sensors.opened``: one open question at a door, and none where the opening was expected."""
    for reading in _named(event):
        one = reading.fit
        if expected(one.door, reading.at):
            actions.not_asked(fit=one)
        elif not _is_asked(one.door):
            # An item is put once for its cause: an opening after somebody has asked is a new question.
            first = derived("opening", one.uuid)
            cause = derived("opening", one.uuid, reading.uuid) if _known(first) else first
            _put(one.response, [_wanted(one.door, ASK, cause)], event)


def _named(event: Event) -> list[Reading]:
    """The readings of a fact whose sensors are on duty still."""
    found = queries.readings_named(UUID(one) for one in event.data["readings"])
    return [one for one in found if one.fit.silent_at is None]


def _is_asked(door: Place) -> bool:
    return TaskItem.objects.within(EVERYTHING).filter(task__door=door, kind=ASK, state=TaskItem.State.OPEN).exists()


def _known(cause: UUID) -> bool:
    return TaskItem.objects.within(EVERYTHING).filter(cause=cause).exists()


def expected(door: Place, at: datetime) -> bool:
    """Whether a door was expected to open: noted, or somebody of ours was there, or something is due there today."""
    visits = tried_at(door, channel=Channel.DOOR, day=clock.day_of(at))
    return is_planned(at, queries.windows(door, at), visits) or _due_today(door, at)


def _due_today(door: Place, at: datetime) -> bool:
    """Work for which somebody comes to this door on that day: a sample, a delivery, an order to be handed over."""
    due = TaskItem.objects.within(EVERYTHING).filter(
        task__door=door, state=TaskItem.State.OPEN, due_at__gte=at, due_at__lte=clock.end_of(clock.day_of(at))
    )
    return due.exclude(kind__in=OURS).exclude(kind__startswith="explain").exclude(kind__startswith="inform").exists()


def look(event: Event) -> None:
    """Answer ``sensors.tampered``."""
    for reading in _named(event):
        _put(reading.fit.response, [_wanted(reading.fit.door, LOOK, derived("moved", reading.fit.uuid))], event)


def smoke(event: Event) -> None:
    """Answer ``sensors.smoke``: the sensors around were silent in the same instant; now somebody calls."""
    one = queries.fit(subject_of(event))
    _put(one.response, [_wanted(one.door, FIRE, event.uuid)], event)


def _wanted(door: Place, kind: str, cause: UUID) -> Wanted:
    return Wanted(door, kind, cause, clock.now() + WITHIN[kind])


def _put(within: UUID, wanted: Iterable[Wanted], event: Event) -> None:
    """Work exists only inside an open Response: what has to be taken off after it stands on the desk's list."""
    here = response(within)
    if still_open(here):
        put_items(response=here, wanted=wanted, by=SYSTEM, cause=event.uuid)
