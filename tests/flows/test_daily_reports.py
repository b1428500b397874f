"""What daily reports and their absence set off: calls, knocks, things to bring, answers, a doctor's calls."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, city_fixture, visit
from tests.domains.asking import bank
from tests.domains.monitoring.home import Home, day_at

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.worker import run_pending
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.shipped import shipped_questionnaires
from wangge.domains.isolation.models import Order
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.inputs import CallInput
from wangge.domains.monitoring.models import DoctorCall, HomeWatch
from wangge.domains.monitoring.rules import CallOutcome
from wangge.domains.protocol.actions import close_response
from wangge.domains.testing.rules import Purpose
from wangge.domains.work.models import Task, TaskItem

city = city_fixture(at=lambda: day_at(9), answered=True, check_ins=False)
CALL, KNOCK = "call_silent", "knock_silent"


@pytest.fixture
def home(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Home]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Home(tiny)


def calls(watch: HomeWatch) -> list[DoctorCall]:
    return list(DoctorCall.objects.within(EVERYTHING).filter(watch=watch).order_by("id"))


def test_two_missed_reports_are_a_call_and_a_third_a_knock(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    expected = {day_at(12): [], day_at(21): [CALL], day_at(12, 1): [CALL, KNOCK]}
    for at, kinds in expected.items():
        with clock.held(at):
            home.run()
            home.run()
        assert home.items(watch.person) == kinds
    knock = TaskItem.objects.within(EVERYTHING).get(person=watch.person, kind=KNOCK)
    assert knock.due_at == day_at(14, 1)


def test_who_is_alone_is_called_and_knocked_for_at_the_first_within_two_hours(home: Home) -> None:
    (watch,) = home.begin(home.tiny.living[home.tiny.homes[1].pk][0])
    with clock.held(day_at(11)):
        home.run()
    assert home.items(watch.person) == [CALL, KNOCK]
    dues = TaskItem.objects.within(EVERYTHING).filter(person=watch.person).order_by("due_at")
    assert [one.due_at for one in dues] == [day_at(12), day_at(13)]
    with clock.held(day_at(13)):
        home.run()
        task = Task.objects.within(EVERYTHING).get(door=watch.door, state="open")
    assert task.raised_to == home.tiny.posts["bingsi-zhibu-1"], "late: it went up a level"


def test_in_heat_everybody_is_looked_after_at_the_first(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    actions.declare_heat(response=home.tiny.response, until=clock.today(), by=home.by("zhihuibu"))
    with clock.held(day_at(11)):
        home.run()
    assert home.items(watch.person) == [CALL, KNOCK]


def test_a_report_ends_what_silence_had_put_and_a_new_silence_is_a_new_one(home: Home) -> None:
    (watch,) = home.begin(home.tiny.living[home.tiny.homes[1].pk][0])
    _secret, link = home.page(watch)
    with clock.held(day_at(11)):
        home.run()
        home.reports(watch, link=link)
        run_pending()
    assert home.items(watch.person) == []
    assert home.items(watch.person, "withdrawn") == [CALL, KNOCK], "nobody was there, and nobody has to go"
    with clock.held(day_at(20)):
        home.run()
        assert home.items(watch.person) == [CALL, KNOCK]
        home.reports(watch)
        run_pending()
    assert home.items(watch.person, "done") == [CALL, KNOCK], "the worker called"


def test_the_end_of_the_order_ends_what_silence_had_put(home: Home) -> None:
    (watch,) = home.begin(home.tiny.living[home.tiny.homes[1].pk][0])
    with clock.held(day_at(11)):
        home.run()
    order = Order.objects.within(EVERYTHING).get(person=watch.person)
    with clock.held(order.ends_at):
        home.run()
    watch.refresh_from_db()
    assert watch.ended_at
    assert not {CALL, KNOCK} & set(home.items(watch.person))


def test_with_the_response_everything_ends(home: Home) -> None:
    watch, other = home.begin(home.tiny.living[home.tiny.homes[1].pk][0], home.tiny.family[0])
    home.reports(other, temperature="39")
    with clock.held(day_at(11)):
        home.run()
        close_response(response=home.tiny.response, by=home.by("zhihuibu"))
        run_pending()
    watch.refresh_from_db()
    assert watch.ended_at
    assert not home.items(watch.person)
    assert [one.state for one in calls(other)] == ["withdrawn"]


def test_hundreds_of_silent_people_are_followed_part_by_part(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wangge.flows.daily_reports.PART", 3)
    people = [one for one in home.tiny.people if one.home.path.startswith(home.tiny.places["community"].path)][:10]
    home.begin(*people)
    for at in (day_at(11), day_at(20)):
        with clock.held(at):
            home.run()
    found = TaskItem.objects.within(EVERYTHING).filter(kind=CALL, state="open")
    assert {one.person for one in found} == set(people)


def test_a_fever_is_a_test_at_the_door_and_a_doctors_call_and_stays_on_the_list(home: Home) -> None:
    bank.publish(*shipped_questionnaires())
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="38.1", symptoms=("cough",))
    run_pending()
    assert "sample" in home.items(watch.person)
    (call,) = calls(watch)
    assert (call.whys, call.due_at) == ("fever", clock.now() + timedelta(hours=2))
    home.reports(watch, temperature="36.6")
    run_pending()
    assert "sample" not in home.items(watch.person), "said otherwise: the test is taken back"
    assert [one.state for one in calls(watch)] == ["open"], "the doctor still calls"


def test_a_wish_to_talk_is_a_call_and_can_be_taken_back(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, mind="yes")
    run_pending()
    assert [one.whys for one in calls(watch)] == ["mind"]
    home.reports(watch)
    run_pending()
    assert [one.state for one in calls(watch)] == ["withdrawn"]


def test_each_need_is_one_open_thing_and_taken_back_when_it_is_no_longer_said(home: Home) -> None:
    bank.publish(*shipped_questionnaires())
    (watch,) = home.begin(home.tiny.family[0])
    for _ in range(2):
        home.reports(watch, medicine_days="2", help="帮忙倒垃圾", dependants=("old",), supplies="no")
        run_pending()
    door = TaskItem.objects.within(EVERYTHING).filter(task__door=watch.door, state="open")
    kinds = list(door.filter(kind__in=("help_medicine", "ask_needs", "care_dependants", "help_supplies")))
    assert sorted(one.kind for one in kinds) == ["ask_needs", "care_dependants", "help_medicine", "help_supplies"]
    home.reports(watch, medicine_days="0")
    run_pending()
    assert [one.kind for one in door if one.kind.startswith(("help", "care"))] == ["help_medicine"]
    home.reports(watch, medicine_days="30")
    run_pending()
    assert not door.filter(kind__startswith="help").exists()


def test_medicine_that_one_needs_is_not_taken_back_by_another_who_needs_none(home: Home) -> None:
    bank.publish(*shipped_questionnaires())
    one, two = home.begin(*home.tiny.family[:2])
    home.reports(one, medicine_days="0")
    run_pending()
    home.reports(two)
    run_pending()
    assert TaskItem.objects.within(EVERYTHING).filter(kind="help_medicine", state="open").count() == 1


def test_what_is_said_counts_as_answered(home: Home) -> None:
    bank.publish(*shipped_questionnaires())
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="36.4", symptoms=("chest", "cough"), supplies="no")
    run_pending()
    found = Answer.objects.within(EVERYTHING).filter(state="current").select_related("question")
    said = {one.question.name: value_of(one) for one in found}
    assert (said["temperature"], said["fever"], said["has_supplies"]) == ("36.4", "no", "no")
    assert set(said["symptoms"].split()) == {"cough", "other"}
    assert {one.source for one in found} == {"phone"}


def test_a_call_that_reached_nobody_is_a_knock_and_another_call(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="39")
    run_pending()
    (call,) = calls(watch)
    actions.record_call(call=call, typed=CallInput(CallOutcome.UNREACHED, None, "没人接"), by=home.by("yisheng"))
    run_pending()
    assert KNOCK in home.items(watch.person)
    first, second = calls(watch)
    assert (first.outcome, second.whys, second.state) == ("unreached", "fever", "open")
    assert queries.note(first) == "没人接"
    assert "没人接".encode() not in bytes(first.sealed)
    again = clock.now() + timedelta(hours=8)
    actions.record_call(call=second, typed=CallInput(CallOutcome.WATCH, again, ""), by=home.by("yisheng"))
    assert [(one.whys, one.due_at) for one in calls(watch)][2] == ("again", again)


def test_a_late_call_of_a_doctor_is_shown_above_once(home: Home) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="39")
    run_pending()
    with clock.held(clock.now() + timedelta(hours=2)):
        home.run()
        home.run()
        assert actions.raise_late_calls(now=clock.now(), by=home.by("bingsi-1")) == 0
    (call,) = calls(watch)
    assert call.raised_at == call.due_at


def test_a_first_screen_makes_a_household_watched_by_itself(home: Home) -> None:
    """An order that stands at once, without anybody calling the verb."""
    from tests.flows.stage import POSITIVE, Stage

    person = home.tiny.family[0]
    Stage(home.tiny).result(person, Purpose.SCREEN, POSITIVE)
    run_pending()
    assert home.states(home.watch(person))[:1] == ["waiting"]
