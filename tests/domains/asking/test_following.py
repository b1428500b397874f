"""Tries at doors move the lines; asks end by themselves; the figures add up after whatever happened."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domains.asking import bank
from tests.domains.asking.test_answers import answer

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.asking.actions import close_ask, close_over, follow_task
from wangge.domains.asking.models import Ask
from wangge.domains.places.models import Place
from wangge.domains.protocol.actions import close_response
from wangge.domains.work import tallies as work
from wangge.domains.work.actions import raise_late, record_attempt, settle
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Channel, Outcome


def task_at(door: Place) -> Task:
    found = Task.objects.within(EVERYTHING).filter(door=door).select_related("door", "response", "post", "raised_to")
    return found.latest("id")


def attempt(door: Place, outcome: Outcome, **more: Any) -> None:
    record_attempt(task=task_at(door), outcome=outcome, channel=Channel.DOOR, by=SYSTEM, **more)


def test_tries_move_the_lines_and_an_answer_after_them_counts(tiny: Small) -> None:
    one = bank.ask(tiny)
    for home, outcome in zip(
        tiny.homes, [Outcome.REFUSED, Outcome.ABSENT, Outcome.WRONG_NUMBER, Outcome.EMPTY], strict=False
    ):
        attempt(home, outcome)
    worker.run_pending()
    sums = bank.sums(one)
    assert [sums[name] for name in ("refused", "absent", "unreachable", "moved", "not_yet")] == [1, 1, 1, 1, 9]
    answer(tiny.homes[1], has_supplies="yes", asked=["missing"])
    attempt(tiny.homes[2], Outcome.ABSENT)
    settle(task=task_at(tiny.homes[0]), outcome=Outcome.REFUSED, by=SYSTEM)
    worker.run_pending()
    sums = bank.sums(one)
    assert [sums[name] for name in ("refused", "absent", "unreachable", "moved", "done")] == [1, 1, 0, 1, 1]
    bank.check_tallies(one)


def test_a_try_for_one_person_moves_only_that_person(tiny: Small) -> None:
    one = bank.ask(tiny, "fever")
    attempt(tiny.homes[0], Outcome.REFUSED, person=tiny.family[1])
    worker.run_pending()
    assert [line.person for line in bank.lines(one, state="refused")] == [tiny.family[1]]


def test_a_door_ticked_off_without_answers_stays_to_be_asked(tiny: Small) -> None:
    one = bank.ask(tiny)
    attempt(tiny.homes[0], Outcome.DONE)
    assert task_at(tiny.homes[0]).state == "closed"
    worker.run_pending()
    assert (task_at(tiny.homes[0]).state, bank.sums(one)["not_yet"]) == ("open", 13)
    answer(tiny.homes[0], has_supplies="yes", asked=["missing"])
    assert (task_at(tiny.homes[0]).state, bank.sums(one)["done"]) == ("closed", 1)
    assert follow_task(task=task_at(tiny.homes[0]), by=SYSTEM) == 0


def test_a_door_ticked_off_without_answers_again_and_again_stays_to_be_asked(tiny: Small) -> None:
    one, other = bank.ask(tiny), bank.ask(tiny, "fever", deadline=clock.now() + timedelta(hours=9))
    for _ in range(3):
        before = task_at(tiny.homes[0])
        attempt(tiny.homes[0], Outcome.DONE)
        worker.run_pending()
        task = task_at(tiny.homes[0])
        assert (task.state, task.pk == before.pk, task.due_at) == ("open", False, one.deadline)
        waiting = TaskItem.objects.within(EVERYTHING).filter(task=task, state="open")
        theirs = [line for ask in (one, other) for line in bank.lines(ask, door=tiny.homes[0])]
        assert sorted(waiting.values_list("cause", "due_at")) == sorted(
            (line.uuid, line.ask.deadline) for line in theirs
        )
        assert follow_task(task=before, by=SYSTEM) == 0  # twice is once
        assert waiting.count() == len(theirs)
    assert (bank.sums(one)["not_yet"], work.recount(tiny.response)) == (13, [])
    answer(tiny.homes[0], has_supplies="yes", asked=["missing"])
    assert bank.sums(one)["done"] == 1


def test_an_ask_stops_by_itself_and_takes_back_its_doors_alone(tiny: Small) -> None:
    one = bank.ask(tiny, ends_at=clock.now() + timedelta(hours=7))
    other = bank.ask(tiny, "fever", place="village")
    answer(tiny.homes[0], has_supplies="yes", asked=["missing"])
    assert close_over(now=clock.now(), by=SYSTEM) == 0
    assert close_over(now=clock.now() + timedelta(hours=8), by=SYSTEM) == 1
    one = Ask.objects.get(pk=one.pk)
    assert (one.state, bank.sums(one)["not_yet"], bank.sums(one)["done"]) == ("closed", 12, 1)
    left = TaskItem.objects.within(EVERYTHING).filter(kind="ask", state="open")
    assert set(left.values_list("cause", flat=True)) == {line.uuid for line in bank.lines(other)}
    assert work.recount(tiny.response) == []
    assert work.sums(tiny.response, tiny.places["community"].path)["expected"] == 1
    bank.check_tallies(one)


def test_a_door_is_due_with_what_is_left_when_an_ask_ends(tiny: Small) -> None:
    at = clock.now()
    soon, late = (
        bank.ask(tiny, deadline=at + timedelta(hours=1)),
        bank.ask(tiny, "fever", deadline=at + timedelta(hours=6)),
    )
    assert task_at(tiny.homes[0]).due_at == soon.deadline
    with CaptureQueriesContext(connection) as said:
        close_ask(ask=soon, by=SYSTEM)
    assert (task_at(tiny.homes[0]).state, task_at(tiny.homes[0]).due_at) == ("open", late.deadline)
    with clock.held(at + timedelta(hours=2)):
        assert work.recount(tiny.response) == []
        assert raise_late(now=clock.now(), by=SYSTEM) == 0
    if connection.features.has_select_for_update:  # whoever records a try locks the door first, too
        steps = [one["sql"] for one in said]
        held = next(at for at, sql in enumerate(steps) if "wangge_task " in sql and "ORDER BY id FOR UPDATE" in sql)
        assert held < next(at for at, sql in enumerate(steps) if sql.startswith("UPDATE wangge_taskitem"))


def test_asks_end_with_their_response(tiny: Small) -> None:
    one = bank.ask(tiny)
    close_response(response=tiny.response, by=SYSTEM)
    worker.run_pending()
    assert Ask.objects.get(pk=one.pk).state == "closed"
    assert not TaskItem.objects.within(EVERYTHING).filter(state="open").exists()


TRIES = st.sampled_from([Outcome.REFUSED, Outcome.ABSENT, Outcome.UNREACHABLE, Outcome.MOVED, Outcome.DONE])
STEPS = st.lists(st.tuples(st.integers(0, 4), st.one_of(st.just("yes"), st.just("no"), TRIES)), max_size=8)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_denominators_add_up_whatever_happens(tiny: Small, steps: list[tuple[int, Any]]) -> None:
    with transaction.atomic():
        one = bank.ask(tiny)
        for door, step in steps:
            if step in ("yes", "no"):
                answer(tiny.homes[door], has_supplies=step, missing="米" if step == "no" else "")
            elif task_at(tiny.homes[door]).state == "open":
                attempt(tiny.homes[door], step)
                follow_task(task=task_at(tiny.homes[door]), by=SYSTEM)
            sums = bank.sums(one)
            assert sums["expected"] == 13 == sum(sums[name] for name in (
                "known", "done", "refused", "absent", "unreachable", "moved", "not_yet"))  # fmt: skip
        answered = {door for door, step in steps if step in ("yes", "no")}
        assert bank.sums(one)["done"] == len(answered)
        bank.check_tallies(one)
        assert work.recount(tiny.response) == []
        transaction.set_rollback(True)
