"""Tries at doors: the table of outcomes, what a death stops, and tallies that add up whatever happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domains.work.doors import attempt, cause_of, check_tallies, fresh, items, put, sums

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.work.actions import log_call, open_door, raise_late, record_attempt, settle, withdraw_items
from wangge.domains.work.models import Attempt, Task
from wangge.domains.work.rules import SETTLING, VERDICTS, Channel, Next, Outcome, is_late

TABLE = {
    # outcome: the task's state, whether it goes up, the column that counts the door
    Outcome.DONE: ("closed", False, "done"),
    Outcome.REFUSED: ("open", True, "refused"),
    Outcome.ABSENT: ("open", False, "absent"),
    Outcome.UNREACHABLE: ("open", False, "unreachable"),
    Outcome.WRONG_NUMBER: ("open", False, "unreachable"),
    Outcome.NIGHT_SHIFT: ("open", False, "absent"),
    Outcome.MOVED: ("open", True, "elsewhere"),
    Outcome.EMPTY: ("open", True, "elsewhere"),
    Outcome.LIVES_ELSEWHERE: ("open", True, "elsewhere"),
}


def test_every_outcome_is_in_the_table() -> None:
    assert set(VERDICTS) == set(Outcome)
    assert set(TABLE) == set(Outcome) - {Outcome.NOT_YET, Outcome.DIED}
    assert {outcome for outcome, then in VERDICTS.items() if then.next is Next.CLOSE} == {Outcome.DONE, Outcome.DIED}


@pytest.mark.parametrize("outcome", list(TABLE))
def test_what_an_outcome_does(tiny: Small, outcome: Outcome) -> None:
    (task,) = put(tiny, tiny.homes[0])
    after = attempt(task, outcome)
    state, raised, column = TABLE[outcome]
    assert after.state == state
    assert after.raised_to == (tiny.posts["bingsi-zhibu-1"] if raised else None)
    assert {name: count for name, count in sums(tiny).items() if count} == {"expected": 1, column: 1}


def test_done_for_one_leaves_the_others_waiting(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    after = attempt(task, Outcome.DONE, tiny.family[0])
    assert (after.state, after.outcome) == ("open", Outcome.NOT_YET)
    for person in tiny.family[1:]:
        after = attempt(task, Outcome.DONE, person)
    assert (after.state, after.outcome) == ("closed", Outcome.DONE)


def test_a_death_stops_every_call_at_once(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with pytest.raises(Problem, match="who_died"):
        attempt(task, Outcome.DIED)
    attempt(task, Outcome.DIED, tiny.family[3])
    put(tiny, tiny.homes[0], kind="ask_needs")
    worker.run_pending()
    assert Person._base_manager.get(pk=tiny.family[3].pk).died_on == clock.today()
    assert tiny.family[3].pk not in {item.person_id for item in items(task, "open")}
    assert len(items(task, "open")) == 6
    check_tallies(tiny)


def test_the_same_try_sent_twice_is_one(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    uuid = uuid7()
    for _twice in range(2):
        attempt(task, Outcome.REFUSED, uuid=uuid)
    assert Attempt._base_manager.count() == 1
    assert Event.objects.filter(kind="work.task_raised").count() == 1


def test_a_try_at_a_closed_door_is_kept_and_changes_nothing(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    attempt(task, Outcome.DONE)
    after = attempt(task, Outcome.REFUSED)
    assert (after.state, after.outcome, after.raised_to) == ("closed", Outcome.DONE, None)
    assert Attempt._base_manager.count() == 2
    check_tallies(tiny)


def test_impossible_times(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    for away, code in ((timedelta(minutes=10), "in_the_future"), (timedelta(hours=-1), "before_the_task")):
        with pytest.raises(Problem, match=code):
            attempt(task, Outcome.DONE, at=clock.now() + away)
    with pytest.raises(Problem, match="outcome_missing"):
        attempt(task, Outcome.NOT_YET)
    assert Attempt._base_manager.count() == 0


def test_only_where_the_post_works(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[-1])
    for verb in (
        lambda: record_attempt(task=task, outcome=Outcome.DONE, channel=Channel.DOOR, by=tiny.by("bingsi-1")),
        lambda: settle(task=task, outcome=Outcome.DONE, by=tiny.by("bingsi-1")),
        lambda: log_call(task=task, person=tiny.family[0], by=tiny.by("bingsi-1")),
        lambda: open_door(task=task, by=tiny.by("dengqiao-1")),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_only_the_level_above_settles(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with pytest.raises(Problem, match="only_above_settles"):
        settle(task=task, outcome=Outcome.REFUSED, by=tiny.by("bingsi-zhibu-1"))
    attempt(task, Outcome.REFUSED)
    with pytest.raises(Problem, match="only_above_settles"):
        settle(task=task, outcome=Outcome.REFUSED, by=tiny.by("bingsi-1"))
    settle(task=task, outcome=Outcome.REFUSED, by=tiny.by("bingsi-zhibu-1"))
    after = fresh(task)
    assert (after.state, after.outcome, after.raised_to) == ("closed", Outcome.REFUSED, None)
    assert {item.state for item in items(task)} == {"ended"}
    assert sums(tiny)["refused"] == 1


def test_opening_a_door_is_one_look_an_hour_at_each_person(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    by = tiny.by("bingsi-1")
    for _twice in range(2):
        open_door(task=task, by=by)
    assert AccessLog.objects.count() == len(tiny.family)
    with clock.held(clock.now() + timedelta(minutes=61)):
        open_door(task=task, by=by)
    assert AccessLog.objects.count() == 2 * len(tiny.family)


def test_late_from_the_minute_of_the_deadline() -> None:
    now = clock.now()
    assert is_late(now, now)
    assert not is_late(now + timedelta(seconds=1), now)


DOORS = st.integers(0, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), DOORS, st.sampled_from(["inform_contact", "ask_needs", "sample"])),
        st.tuples(st.just("try"), DOORS, st.sampled_from([one for one in TABLE])),
        st.tuples(st.just("try_one"), DOORS, st.sampled_from([*TABLE, Outcome.DIED])),
        st.tuples(st.just("settle"), DOORS, st.sampled_from(sorted(SETTLING))),
        st.tuples(st.just("withdraw"), DOORS, st.sampled_from(["inform_contact", "ask_needs", "sample"])),
        st.tuples(st.just("late"), st.just(0), st.just("")),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(steps=STEPS)
def test_the_tally_adds_up_whatever_happens(tiny: Small, steps: list[Any]) -> None:
    with transaction.atomic():
        for step in steps:
            _play(tiny, *step)
            worker.run_pending()
        check_tallies(tiny)
        total = sums(tiny)
        assert total["expected"] == Task._base_manager.exclude(state="withdrawn").count()
        assert total["late"] <= total["expected"]
        transaction.set_rollback(True)


def _play(tiny: Small, what: str, door: int, which: Any) -> None:
    home = [*tiny.homes[:2], tiny.homes[-1], *tiny.yards[:2]][door]
    task = Task._base_manager.filter(door=home).order_by("-id").first()
    if what == "put":
        put(tiny, home, kind=which, due=timedelta(minutes=-1))
    elif what == "withdraw":
        withdraw_items(causes=[cause_of(home.uuid, which)], by=SYSTEM)
    elif what == "late":
        raise_late(now=clock.now(), by=SYSTEM)
    elif task and what == "settle" and fresh(task).raised_to:
        settle(task=task, outcome=which, by=SYSTEM)
    elif task and what.startswith("try"):
        attempt(task, which, tiny.living[home.pk][0] if what == "try_one" else None)
