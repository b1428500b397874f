"""A sensor follows an order: none without one, silent with its end; openings are questions; safety ends it at once."""

from datetime import timedelta

import pytest
from tests.domains.sensors.doors import Doors

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.isolation.actions import end_past
from wangge.domains.isolation.changing import change_order
from wangge.domains.isolation.inputs import read_change
from wangge.domains.isolation.models import Order
from wangge.domains.protocol.actions import close_response, switch_protocol
from wangge.domains.sensors import actions, queries
from wangge.domains.sensors.inputs import read_planned
from wangge.domains.sensors.models import Fit, Planned, Sensor
from wangge.domains.sensors.rules import Kind
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Channel, Outcome
from wangge.flows import sensors as flow

NOBODY = By(account=None, post=None)


def now_of(fit: Fit) -> Fit:
    return Fit.objects.within(EVERYTHING).get(pk=fit.pk)


def test_none_is_fitted_without_an_order_whose_measure_at_home_runs(doors: Doors) -> None:
    sensor = doors.sensor()
    with pytest.raises(Problem, match="sensor_no_order"):
        flow.fit(sensor=sensor, door=doors.tiny.homes[0], by=doors.worker, uuid=uuid7())
    doors.order(days_ago=2)  # away from home for a fortnight first
    with pytest.raises(Problem, match="sensor_no_order"):
        flow.fit(sensor=sensor, door=doors.tiny.homes[0], by=doors.worker, uuid=uuid7())
    assert not Fit.objects.within(EVERYTHING).exists()


def test_fitting_is_proposed_where_one_is_in_store_and_is_done_by_fitting(doors: Doors) -> None:
    sensor = doors.sensor()
    order = doors.order()
    assert doors.open_items() == ["fit_sensor"]
    uuid = uuid7()
    for _ in range(2):
        fit = flow.fit(sensor=sensor, door=doors.tiny.homes[0], by=doors.worker, uuid=uuid)
    assert (fit.order, fit.until, fit.clause) == (order.uuid, order.ends_at, "第八版·居家健康监测")
    assert doors.open_items() == []
    assert Event.objects.filter(kind="sensors.fitted").count() == 1


def test_none_is_proposed_where_none_is_in_store(doors: Doors) -> None:
    doors.order()
    assert doors.open_items() == []


def test_only_whoever_works_at_the_door_fits_there_and_only_the_community_issues(doors: Doors) -> None:
    doors.order()
    sensor = doors.sensor()
    with pytest.raises(NotAllowed):
        flow.fit(sensor=sensor, door=doors.tiny.homes[0], by=doors.by("dengqiao-1"), uuid=uuid7())
    with pytest.raises(NotAllowed):
        actions.issue(code="MC9", kind=Kind.DOOR, place=doors.tiny.places["community"], by=doors.worker)


def test_one_device_hangs_at_one_door(doors: Doors) -> None:
    fit = doors.fitted()
    with pytest.raises(Problem, match="sensor_at_a_door"):
        flow.fit(sensor=fit.sensor, door=doors.tiny.homes[0], by=doors.worker, uuid=uuid7())
    with pytest.raises(Problem, match="sensor_at_a_door"):
        actions.retire(sensor=fit.sensor, by=doors.by("bingsi-shuji"))


def test_with_the_order_the_sensor_is_silent_and_its_removal_is_work(doors: Doors) -> None:
    fit = doors.fitted()
    doors.says("opened")
    assert doors.open_items() == ["ask_after_opening"]
    with clock.held(fit.until or clock.now()):
        end_past(now=clock.now(), by=SYSTEM)
        assert doors.open_items() == ["remove_sensor"]
        assert now_of(fit).silent_cause == "order_ended"
        flow.take_off(fit=now_of(fit), by=doors.worker)
        assert doors.open_items() == []
    assert list(queries.free(doors.tiny.homes[0])) == list(Sensor.objects.all()), "it is in store again"


def changed(doors: Doors, order: Order, kind: str, **more: str) -> None:
    said = {"uuid": str(uuid7()), "kind": kind, "why": "medical", "authority": "甲", "document_no": "1号"} | more
    change_order(order=order, typed=read_change(said), by=doors.by("yingze-zhengling"))
    worker.run_pending()


def test_a_shorter_order_ends_its_duty_sooner_and_who_was_moved_leaves_none_behind(doors: Doors) -> None:
    fit = doors.fitted()
    order = Order.objects.within(EVERYTHING).get(uuid=fit.order)
    last = clock.today() + timedelta(days=1)
    changed(doors, order, "shortened", last=last.isoformat())
    assert (now_of(fit).until, now_of(fit).silent_at) == (clock.end_of(last), None)
    changed(doors, order, "moved", place="姐姐家")
    assert now_of(fit).silent_cause == "order_ended"
    assert doors.open_items() == ["remove_sensor"]
    with pytest.raises(Problem, match="sensor_no_order"):
        doors.fit("MC0002")


def test_another_order_behind_the_same_door_keeps_it(doors: Doors) -> None:
    fit = doors.fitted()
    other = doors.order(doors.tiny.family[1], days_ago=15)
    with clock.held(fit.until or clock.now()):
        end_past(now=clock.now(), by=SYSTEM)
        worker.run_pending()
        found = now_of(fit)
    assert (found.order, found.until, found.silent_at) == (other.uuid, other.ends_at, None)


def test_an_edition_without_sensors_silences_them_while_the_order_runs(doors: Doors) -> None:
    fit = doors.fitted()
    with clock.held(clock.start_of(clock.today() + timedelta(days=1)) + timedelta(hours=9)):
        switch_protocol(
            response=doors.tiny.response, protocol="covid19-new-ten", from_day=clock.today(), by=doors.by("zhihuibu")
        )
        worker.run_pending()
        assert now_of(fit).silent_cause in ("not_allowed", "order_ended")
        assert "remove_sensor" in doors.open_items()


def test_with_the_response_all_are_silent(doors: Doors) -> None:
    fit = doors.fitted()
    close_response(response=doors.tiny.response, by=doors.by("zhihuibu"))
    worker.run_pending()
    assert now_of(fit).silent_cause == "response_closed"
    doors.says("opened")
    assert doors.rows() == []


def test_an_opening_is_one_question_at_the_door_and_changes_nobody(doors: Doors) -> None:
    doors.fitted()
    before = list(Order.objects.within(EVERYTHING).order_by("id").values())
    for seq in range(1, 4):
        doors.says("opened", seq)
    assert doors.open_items() == ["ask_after_opening"]
    with clock.held(clock.now() + timedelta(hours=2)):
        doors.says("opened", 9)
        assert doors.open_items() == ["ask_after_opening"], "one open thing at a door"
        task = Task.objects.within(EVERYTHING).get(door=doors.tiny.homes[0], state="open")
        record_attempt(task=task, outcome=Outcome.DONE, channel=Channel.PHONE, by=doors.worker)
    with clock.held(clock.now() + timedelta(hours=4)):
        doors.says("opened", 10)
        assert doors.open_items() == ["ask_after_opening"], "after somebody asked, a new opening is a new question"
    assert list(Order.objects.within(EVERYTHING).order_by("id").values()) == before
    kinds = set(Event.objects.filter(kind__startswith="sensors.").values_list("kind", flat=True))
    assert kinds == {"sensors.issued", "sensors.fitted", "sensors.opened"}


def test_an_expected_opening_is_no_question_and_hides_no_later_one(doors: Doors) -> None:
    fit = doors.fitted()
    typed = read_planned({"uuid": str(uuid7()), "ground": "doctor", "hours": "1"})
    for _ in range(2):
        actions.plan_opening(door=fit.door, typed=typed, by=doors.worker)
    assert Planned.objects.within(EVERYTHING).count() == 1
    doors.says("opened", 1)
    assert doors.open_items() == []
    with clock.held(clock.now() + timedelta(minutes=61)):
        doors.says("opened", 2)
        assert doors.open_items() == ["ask_after_opening"]


def test_work_for_which_somebody_comes_today_is_no_question(doors: Doors) -> None:
    doors.order()
    doors.fit()
    worker.run_pending()
    assert TaskItem.objects.within(EVERYTHING).filter(kind="ask_needs", state="open").exists()
    doors.says("opened")
    assert doors.open_items() == []


def test_somebody_of_ours_at_the_door_is_no_question(doors: Doors) -> None:
    fit = doors.fitted()
    task = Task.objects.within(EVERYTHING).filter(door=fit.door).first()
    assert task
    record_attempt(task=task, outcome=Outcome.ABSENT, channel=Channel.DOOR, by=doors.worker)
    doors.says("opened")
    assert doors.open_items() == []


def test_nothing_is_planned_where_no_sensor_is(doors: Doors) -> None:
    typed = read_planned({"uuid": str(uuid7()), "ground": "waste", "hours": "1"})
    with pytest.raises(Problem, match="sensor_none_here"):
        actions.plan_opening(door=doors.tiny.homes[0], typed=typed, by=doors.worker)


@pytest.mark.parametrize("source", ["worker", "resident", "desk"])
def test_for_safety_it_ends_at_once_whoever_says_so_and_no_reason_is_anywhere(doors: Doors, source: str) -> None:
    fit = doors.fitted()
    doors.says("opened", 1)
    assert doors.open_items() == ["ask_after_opening"]
    assert actions.end_for_safety(door=fit.door, around=False, source=source, by=NOBODY) == [fit]
    doors.says("opened", 2)
    assert doors.open_items() == ["remove_sensor"], "the question is taken back, nothing about leaving is put"
    event = Event.objects.get(kind="sensors.silenced")
    assert event.data == {"fits": [str(fit.uuid)], "why": "safety", "source": source}
    assert doors.rows() == ["opened"]
    assert actions.end_for_safety(door=fit.door, around=False, source=source, by=NOBODY) == []


def test_smoke_ends_the_duty_of_the_whole_stairwell_in_the_same_instant(doors: Doors) -> None:
    doors.fitted()
    neighbour, far = doors.tiny.homes[1], doors.tiny.homes[6]
    for number, home in enumerate((neighbour, far), 2):
        doors.order(doors.tiny.living[home.pk][0])
        doors.fit(f"MC000{number}", home) if home is neighbour else flow.fit(
            sensor=doors.sensor(f"MC000{number}"), door=home, by=doors.by("bingsi-zhibu-1"), uuid=uuid7()
        )
    worker.run_pending()
    smoke = doors.fit("YG0001", doors.tiny.homes[0], Kind.SMOKE)
    doors.says("smoke", code="YG0001")
    live = {one.sensor.code for one in queries.live_in(doors.tiny.response.uuid)}
    assert live == {"MC0003", "YG0001"}, "before the worker has done anything"
    assert "smoke_alarm" in doors.open_items(smoke.door)
    doors.says("opened", code="MC0002")
    assert doors.open_items(neighbour) == ["remove_sensor"]


def test_a_sensor_that_was_moved_is_looked_at(doors: Doors) -> None:
    doors.fitted()
    doors.says("tampered")
    assert doors.open_items() == ["check_sensor"]
