"""Two workers at one door who could not know of each other: both tries are kept, one counts, and it is settled once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domains.work.doors import check_tallies, fresh, items, put, sums

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.work.actions import record_attempt, settle_difference
from wangge.domains.work.differing import counting
from wangge.domains.work.models import Attempt, Difference, Task
from wangge.domains.work.rules import Channel, Outcome, Tried, contradicts, ends_it

HOUR = timedelta(hours=1)
ANNA, BERT, CARA = (By(account=derived("worker", name), post=None, system=True) for name in ("anna", "bert", "cara"))
tries = st.builds(
    Tried, who=st.sampled_from("ab"), person=st.sampled_from([None, 1, 2]), outcome=st.sampled_from(list(Outcome)),
    at=st.datetimes(datetime(2022, 4, 1), datetime(2022, 4, 1, 23)),
    recorded_at=st.datetimes(datetime(2022, 4, 2), datetime(2022, 4, 3)),
)  # fmt: skip


@given(tries, tries)
def test_only_what_ends_a_visit_differently_contradicts(one: Tried, other: Tried) -> None:
    if contradicts(one, other):
        assert one.who != other.who
        assert ends_it(one.outcome)
        assert ends_it(other.outcome)
        assert contradicts(other, one)  # neither was on record when the other happened
    assert not contradicts(one, one)


def tried(task: Task, by: By, outcome: Outcome, ago: timedelta, person: Person | None = None) -> Attempt:
    at = max(clock.now() - ago, task.opened_at)
    return record_attempt(task=task, outcome=outcome, channel=Channel.DOOR, by=by, person=person, at=at)


@pytest.fixture
def two(tiny: Small) -> Any:
    """Anna's was recorded first and counts; Bert's happened before that and came later."""

    def made(first: Outcome, second: Outcome, person: Person | None = None) -> tuple[Task, Difference]:
        (task,) = put(tiny, tiny.homes[0])
        with clock.held(clock.now() + 3 * HOUR):
            tried(task, ANNA, first, 2 * HOUR)
            worker.run_pending()
        with clock.held(clock.now() + 4 * HOUR):
            tried(task, BERT, second, 2 * HOUR, person)
            worker.run_pending()
        return fresh(task), Difference._base_manager.select_related("counted", "other", "task").get()

    return made


@pytest.mark.parametrize(
    ("first", "second", "state", "column"),
    [("done", "refused", "closed", "refused"), ("refused", "done", "closed", "done"),
     ("done", "moved", "closed", "elsewhere"), ("moved", "refused", "closed", "refused")],
)  # fmt: skip
def test_the_first_counts_until_somebody_says_otherwise(
    tiny: Small, two: Any, first: str, second: str, state: str, column: str
) -> None:
    task, one = two(Outcome(first), Outcome(second))
    assert (one.counted.outcome, one.other.outcome) == (first, second)
    assert task.outcome == first
    before = sums(tiny)
    check_tallies(tiny)
    settle_difference(difference=one, other_counts=True, by=CARA)
    worker.run_pending()
    after = fresh(task)
    assert (after.state, after.outcome) == (state, second)
    assert {item.state for item in items(task)} == {"done" if second == "done" else "ended"}
    assert sums(tiny) == before | {
        **{name: 0 for name in before if before[name] == 1 and name != "expected"},
        column: 1,
    }
    check_tallies(tiny)
    assert [str(tried_.outcome) for tried_ in counting(after)] == [second]


def test_kept_it_stays_as_it_is_and_is_settled_once(tiny: Small, two: Any) -> None:
    task, one = two(Outcome.DONE, Outcome.REFUSED)
    before = sums(tiny)
    for other_counts in (False, True):
        said = settle_difference(difference=one, other_counts=other_counts, by=CARA)
        assert said.says == "kept"
    assert (fresh(task).outcome, sums(tiny)) == ("done", before)
    facts = Event.objects.filter(kind__startswith="work.difference").order_by("id")
    assert [fact.kind for fact in facts] == ["work.difference_found", "work.difference_settled"]
    assert Attempt._base_manager.filter(task=task).count() == 2


def test_neither_of_the_two_settles_it(tiny: Small, two: Any) -> None:
    _task, one = two(Outcome.DONE, Outcome.REFUSED)
    Attempt._base_manager.filter(pk=one.other_id).update(account=tiny.accounts["bingsi-1"].uuid)
    with pytest.raises(Problem, match="own_difference"):
        settle_difference(difference=one, other_counts=True, by=tiny.by("bingsi-1"))
    with pytest.raises(NotAllowed):
        settle_difference(difference=one, other_counts=True, by=tiny.by("dengqiao-1"))
    assert settle_difference(difference=one, other_counts=True, by=tiny.by("bingsi-zhibu-1")).says == "other"


def test_whoever_comes_later_and_could_know_means_it(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with clock.held(clock.now() + HOUR):
        tried(task, ANNA, Outcome.REFUSED, HOUR)
    with clock.held(clock.now() + 2 * HOUR):
        tried(task, BERT, Outcome.DONE, timedelta())
    assert not Difference._base_manager.exists()
    assert fresh(task).outcome == "done"


def test_nobody_at_home_before_somebody_was_reached_changes_nothing(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with clock.held(clock.now() + 3 * HOUR):
        tried(task, ANNA, Outcome.REFUSED, HOUR)
        tried(task, BERT, Outcome.ABSENT, 2 * HOUR)
    assert not Difference._base_manager.exists()
    assert fresh(task).outcome == "refused"
    check_tallies(tiny)


def test_one_person_done_and_another_refused_is_no_difference(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    with clock.held(clock.now() + 3 * HOUR):
        tried(task, ANNA, Outcome.DONE, HOUR, tiny.family[0])
        tried(task, BERT, Outcome.REFUSED, 2 * HOUR, tiny.family[1])
        assert not Difference._base_manager.exists()
        tried(task, CARA, Outcome.MOVED, 2 * HOUR, tiny.family[0])
    one = Difference._base_manager.get()
    settle_difference(difference=one, other_counts=True, by=SYSTEM)
    ended = {item.person_id: item.state for item in items(task)}
    assert ended[tiny.family[0].pk] == "ended"
    assert set(ended.values()) == {"ended", "open"}
    check_tallies(tiny)


def test_three_at_one_door_are_settled_one_after_the_other(tiny: Small, two: Any) -> None:
    task, one = two(Outcome.DONE, Outcome.REFUSED)
    with clock.held(clock.now() + 5 * HOUR):
        tried(task, CARA, Outcome.MOVED, 4 * HOUR)
        dora = By(account=derived("worker", "dora"), post=None, system=True)
        tried(task, dora, Outcome.REFUSED, 4 * HOUR)
    settle_difference(difference=one, other_counts=True, by=SYSTEM)
    found = Difference._base_manager.order_by("id").values_list("counted__outcome", "other__outcome", "says")
    assert list(found) == [("done", "refused", "other"), ("refused", "moved", ""), ("done", "refused", "same")]
    last = Difference._base_manager.select_related("task").get(says="")
    settle_difference(difference=last, other_counts=True, by=SYSTEM)
    assert fresh(task).outcome == "moved"
    check_tallies(tiny)


def test_a_death_is_corrected_at_the_desk_first(tiny: Small, two: Any) -> None:
    (task,) = put(tiny, tiny.homes[0])
    person = tiny.family[3]
    with clock.held(clock.now() + 3 * HOUR):
        tried(task, ANNA, Outcome.DIED, HOUR, person)
        tried(task, BERT, Outcome.DONE, 2 * HOUR, person)
    with pytest.raises(Problem, match="difference_died"):
        settle_difference(difference=Difference._base_manager.get(), other_counts=True, by=SYSTEM)
    check_tallies(tiny)
