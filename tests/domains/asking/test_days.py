"""People come and go, a day fits a day, and minutes are learned from many."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.domains.asking import bank
from tests.domains.asking.test_answers import answer
from tests.domains.asking.test_following import attempt, task_at

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.asking import rules
from wangge.domains.asking.actions import Renewed, days, decide_overflow, fit_days, renew_list
from wangge.domains.asking.models import Ask, Overflow
from wangge.domains.asking.rules import NextTry, Part, Try, learned, next_try
from wangge.domains.people.actions import record_death
from wangge.domains.people.models import Person
from wangge.domains.work.actions import raise_late
from wangge.domains.work.models import HandOver, Task, TaskItem
from wangge.domains.work.rules import Outcome


def test_who_comes_and_goes_stands_apart_from_what_was_expected(tiny: Small) -> None:
    one = bank.ask(tiny, "fever")
    before = bank.sums(one)
    answered, dead, gone = tiny.family[0], tiny.family[1], tiny.family[2]
    answer(tiny.homes[0], answered, fever="no")
    record_death(person=dead, day=clock.today(), by=SYSTEM)
    for person in (answered, gone):
        Person.objects.within(EVERYTHING).filter(pk=person.pk).update(home=tiny.yards[0])
    new = Person.objects.create(name="新来", home=tiny.homes[2])
    assert renew_list(ask=one, by=SYSTEM) == Renewed(arrived=1, left=3)
    assert renew_list(ask=one, by=SYSTEM) == Renewed()
    sums = bank.sums(one)
    assert (sums["expected"], sums["arrived"], sums["arrived_done"], sums["left"]) == (before["expected"], 1, 0, 3)
    assert (sums["done"], sums["moved"], sums["not_yet"]) == (1, 2, before["not_yet"] - 3)
    open_ = TaskItem.objects.within(EVERYTHING).filter(kind="ask", state="open")
    assert set(open_.filter(task__door__in=[tiny.homes[0], tiny.homes[2]]).values_list("person", flat=True)) >= {new.pk}
    assert not open_.filter(person__in=[dead, gone]).exists()
    answer(tiny.homes[2], new, fever="no")
    assert bank.sums(one)["arrived_done"] == 1
    bank.check_tallies(one)


def test_what_does_not_fit_a_day_goes_up_with_a_proposal(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    bank.ask(tiny)
    monkeypatch.setattr(days, "DAY_MINUTES", 9.0)
    assert fit_days(by=SYSTEM) == 2
    assert fit_days(by=SYSTEM) == 0
    one = Overflow.objects.get(post=tiny.posts["bingsi-1"])
    assert (one.to_post, one.doors, one.state) == (tiny.posts["bingsi-zhibu-1"], Task.objects.within(EVERYTHING).filter(
        post=tiny.posts["bingsi-1"], raised_to=tiny.posts["bingsi-zhibu-1"]).count(), "proposed")  # fmt: skip
    assert one.doors > 0
    assert one.minutes > one.room
    assert [share["post"] for share in one.proposal] == [str(tiny.posts["bingsi-2"].uuid)]
    with pytest.raises(Problem, match="only_above_settles"):
        decide_overflow(overflow=one, accept=True, by=tiny.by("bingsi-1"))
    done = decide_overflow(overflow=one, accept=True, by=tiny.by("bingsi-zhibu-1"))
    assert (done.state, HandOver.objects.get(to_post=tiny.posts["bingsi-2"]).count) == ("accepted", one.doors)


@pytest.mark.parametrize("accept", [True, False])
def test_a_decision_touches_only_the_doors_of_its_own_overflow(
    tiny: Small, monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    one = bank.ask(tiny)
    above, here = tiny.posts["bingsi-zhibu-1"], Task.objects.within(EVERYTHING).filter(post=tiny.posts["bingsi-1"])
    attempt(tiny.homes[0], Outcome.REFUSED)
    here.filter(door=tiny.homes[1]).update(due_at=clock.now() - timedelta(minutes=1))
    raise_late(now=clock.now(), by=SYSTEM)
    monkeypatch.setattr(days, "DAY_MINUTES", 3.0)
    fit_days(by=SYSTEM)
    first = Overflow.objects.get(post=tiny.posts["bingsi-1"])
    went = set(here.filter(raised_with=first.uuid).values_list("door", flat=True))
    assert len(went) == first.doors > 1
    assert not went & {tiny.homes[0].pk, tiny.homes[1].pk}
    refused = here.filter(raised_with=first.uuid).select_related("door")[0].door
    attempt(refused, Outcome.REFUSED)  # it had gone up with the others, and goes on for a reason of its own
    decide_overflow(overflow=first, accept=accept, by=SYSTEM)
    up = {task.door_id: task.raised_to for task in here.filter(raised_to__isnull=False).select_related("raised_to")}
    assert up == {tiny.homes[0].pk: above, tiny.homes[1].pk: above, refused.pk: above.parent}
    assert not here.filter(raised_with__isnull=False).exists()
    offered = here.filter(handover__isnull=False).values_list("door", flat=True)
    assert set(offered) <= went - {refused.pk}
    assert bool(offered) is accept
    assert bank.sums(one)["not_yet"] == 13


def test_yesterdays_overflow_is_decided_without_todays(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    bank.ask(tiny)
    monkeypatch.setattr(days, "DAY_MINUTES", 9.0)
    fit_days(by=SYSTEM)
    first = Overflow.objects.get(post=tiny.posts["bingsi-1"])
    Overflow.objects.update(day=clock.today() - timedelta(days=1))
    monkeypatch.setattr(days, "DAY_MINUTES", 3.0)
    fit_days(by=SYSTEM)
    second = Overflow.objects.exclude(pk=first.pk).get(post=tiny.posts["bingsi-1"])
    decide_overflow(overflow=first, accept=False, by=SYSTEM)
    here = Task.objects.within(EVERYTHING).filter(post=tiny.posts["bingsi-1"])
    assert here.filter(raised_to__isnull=False).count() == second.doors > 0
    decide_overflow(overflow=second, accept=False, by=SYSTEM)
    assert not here.filter(raised_to__isnull=False).exists()


def test_what_waited_before_doors_named_their_overflow_gets_its_doors(
    tiny: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank.ask(tiny)
    attempt(tiny.homes[0], Outcome.REFUSED)
    monkeypatch.setattr(days, "DAY_MINUTES", 3.0)
    fit_days(by=SYSTEM)
    tasks = Task.objects.within(EVERYTHING).order_by("pk")
    before = list(tasks.values_list("door", "raised_with"))
    tasks.update(raised_with=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("wangge.migrations.0029_what_sent_a_door_up").WAITING)
    assert list(tasks.values_list("door", "raised_with")) == before
    assert tasks.filter(raised_with__isnull=False).count() == sum(one.doors for one in Overflow.objects.all())


def test_in_a_round_that_saves_lives_everybody_stays_listed(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    one = bank.ask(tiny)
    Ask.objects.filter(pk=one.pk).update(life_saving=True)
    monkeypatch.setattr(days, "DAY_MINUTES", 1.0)
    assert fit_days(by=SYSTEM) == 0
    assert task_at(tiny.homes[0]).raised_to is None


def test_minutes_are_learned_from_five_workers_or_not_at_all() -> None:
    begun = datetime(2022, 4, 3, 1, tzinfo=UTC)
    day = [begun + timedelta(minutes=6 * n) for n in range(4)] + [begun + timedelta(hours=3)]
    four = [(who, "household", at) for who in (uuid4() for _ in range(4)) for at in day]
    assert learned(four, rules.FEWEST_WORKERS) == {}
    fifth = uuid4()
    five = four + [(fifth, "household", at) for at in day]
    assert learned(five, rules.FEWEST_WORKERS) == {"household": (6.0, 15, 5)}


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 23)), max_size=9), st.booleans())
def test_the_phone_comes_first_and_then_the_door_at_another_time_of_day(
    tried: list[tuple[bool, int]], number: bool
) -> None:
    tries = [Try(*one) for one in tried]
    then = next_try(tries, number_known=number)
    assert then.phone is (number and not any(one.phone for one in tries))
    same = [rules.part_of(one.hour) for one in tries if one.phone == then.phone]
    if len(set(same)) < len(Part):
        assert then.part not in same


def test_the_hour_somebody_knows_to_be_best_is_tried_first() -> None:
    assert next_try([], number_known=False, best=Part.EVENING) == NextTry(False, Part.EVENING)
    assert next_try([Try(False, 20)], number_known=False, best=Part.EVENING) == NextTry(False, Part.MORNING)


DOORS = st.lists(st.tuples(st.sampled_from([4.0, 9.0]), st.integers(1, 4)), max_size=400)


@given(DOORS)
def test_what_stays_can_be_reached_by_its_day_and_only_what_cannot_goes_up(doors: list[tuple[float, int]]) -> None:
    doors.sort(key=lambda one: one[1])
    minutes, days = [one for one, _day in doors], [day for _one, day in doors]
    stays = rules.fits(minutes, days)
    for until in (1, 2, 3, 4):
        kept = sum(one for one, day, stay in zip(minutes, days, stays, strict=True) if stay and day <= until)
        assert kept <= rules.DAY_MINUTES * until
    assert all(stays) == (rules.must_today(minutes, days) <= rules.DAY_MINUTES)


def test_doors_due_in_ten_days_do_not_overflow_on_the_first_morning() -> None:
    assert all(rules.fits([4.0] * 500, [10] * 500))
    assert rules.must_today([4.0] * 500, [10] * 500) == 0
    assert sum(rules.fits([4.0] * 500, [1] * 500)) == 90
