"""A changed order is answered by every street that hangs on it: reports, tests, messages, seats, sensors, codes."""

from datetime import timedelta

from tests.domains.isolation.home import EDITION, ordered, proposed
from tests.domains.isolation.test_changing import change
from tests.domains.messages.test_sending import queries as messages
from tests.domains.transfer.taking import Taking
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.domains.codes.queries import status_of
from wangge.domains.isolation import actions, queries
from wangge.domains.isolation.changes import elsewhere
from wangge.domains.isolation.models import Order
from wangge.domains.messages.models import Message
from wangge.domains.messages.rules import State
from wangge.domains.monitoring.models import HomeWatch
from wangge.domains.protocol.models import ResponsePhase
from wangge.domains.transfer.actions import ToTake, list_people
from wangge.domains.transfer.models import Passenger


def begun(stage: Stage, index: int = 1) -> Order:
    """Seven days at home under the ninth edition, which asks for reports and gives a colour."""
    ResponsePhase.objects.update(protocol=EDITION)
    order = ordered(stage, stage.tiny.family[index])
    worker.run_pending()
    return order


def watch(order: Order) -> HomeWatch:
    return HomeWatch.objects.within(EVERYTHING).filter(person=order.person).latest("id")


def test_shorter_reports_and_the_colour_end_with_the_new_day(stage: Stage) -> None:
    order, last = begun(stage), clock.today() + timedelta(days=4)
    assert watch(order).last_day == last + timedelta(days=3)
    change(stage, order, "shortened", last=last)
    worker.run_pending()
    assert watch(order).last_day == last
    with clock.held(clock.start_of(last)):
        assert status_of(order.person, order.response, clock.now()).colour == "yellow"
    with clock.held(clock.end_of(last)):
        actions.end_past(now=clock.now(), by=SYSTEM)
        worker.run_pending()
        assert status_of(order.person, order.response, clock.now()).colour == "green"
        assert watch(order).ended_at


def test_shorter_the_old_end_is_told_to_nobody_any_more_and_the_new_one_is(stage: Stage) -> None:
    order, last = begun(stage), clock.today() + timedelta(days=4)
    change(stage, order, "shortened", last=last)
    worker.run_pending()
    rows = Message.objects.within(EVERYTHING).filter(person=order.person, purpose="order").order_by("id")
    old, new = rows.select_related("dispatch", "response")
    assert (old.state, new.state) == (State.STOPPED, State.QUEUED)
    assert messages.own_values(new)["until"]["zh"] == f"{last.month}月{last.day}日24时"
    change(stage, queries.order(EVERYTHING, order.uuid), "ended")
    worker.run_pending()
    new.refresh_from_db()
    assert new.state == State.STOPPED, "over: its end is told, not the day on which it would have been"


def test_longer_reports_go_on_and_each_test_day_stands_once(stage: Stage) -> None:
    order = begun(stage)
    with clock.held(clock.now() + timedelta(days=2)):
        proposed(stage, order.person, since=clock.today())
        one = change(stage, order, "extended")
        worker.run_pending()
        assert one.into
        assert watch(order).ended_at is None
        assert (watch(order).order, watch(order).last_day) == (
            one.into.uuid, clock.day_of(one.into.ends_at - timedelta(minutes=1)),
        )  # fmt: skip
        days = [test.due_at for test in stage.tests(order.person)]
        assert len(days) == len(set(days)) == 3
        assert HomeWatch.objects.within(EVERYTHING).filter(person=order.person).count() == 1


def test_moved_reports_go_on_and_the_door_says_that_they_are_not_there(stage: Stage) -> None:
    order = begun(stage)
    change(stage, order, "moved", why="home", place="晋阳宾馆")
    worker.run_pending()
    assert elsewhere([order]) == {order.pk}
    assert watch(order).ended_at is None, "they are cared for wherever they are"
    with clock.held(clock.now() + timedelta(days=2)):
        proposed(stage, order.person, since=clock.today())
        longer = change(stage, order, "extended").into
    assert elsewhere([longer, order]) == {longer.pk, order.pk}, "also once it has become longer"


def seat(stage: Stage, order: Order) -> Passenger:
    Taking(stage.tiny)
    wanted = ToTake(order.person, order.uuid, order.role, "central", clock.today() + timedelta(days=6))
    list_people(response=stage.tiny.response, wanted=[wanted], by=SYSTEM)
    return Passenger.objects.within(EVERYTHING).get(person=order.person, off_at__isnull=True)


def test_a_seat_is_given_up_where_the_authority_sent_them_elsewhere(stage: Stage) -> None:
    order = begun(stage)
    one = seat(stage, order)
    change(stage, order, "moved", why="care", place="姐姐家")
    worker.run_pending()
    one.refresh_from_db()
    assert (one.off_at is not None, one.off_why) == (True, "order_moved")


def test_a_seat_lasts_as_long_as_days_away_from_home_are_left(stage: Stage) -> None:
    order = ordered(stage, stage.tiny.family[1], role="close_contact")
    worker.run_pending()
    one = Passenger.objects.within(EVERYTHING).filter(order=order.uuid).first() or seat(stage, order)
    first = next(iter(queries.order(EVERYTHING, order.uuid).stages.all()))
    last = first.last_day - timedelta(days=1)
    change(stage, order, "shortened", last=last)
    worker.run_pending()
    one.refresh_from_db()
    assert (one.off_at, one.until) == (None, last)
    change(stage, queries.order(EVERYTHING, order.uuid), "ended")
    worker.run_pending()
    one.refresh_from_db()
    assert one.off_why == "order_over"
