"""What has to be so before somebody is released: a table."""

from datetime import date

import pytest

from wangge.domains.isolation.rules_release import Condition, LastTest, Met, conditions, ready

LAST = date(2022, 7, 7)
GOOD = LastTest(LAST, 1, 1, 0)


def states(**more: object) -> dict[Condition, Met]:
    asked = {"today": LAST, "last": LAST, "test": GOOD, "newer": 0} | more
    return {one.condition: one.state for one in conditions(**asked)}  # type: ignore[arg-type]


def is_ready(**more: object) -> bool:
    asked = {"today": LAST, "last": LAST, "test": GOOD, "newer": 0} | more
    return ready(conditions(**asked))  # type: ignore[arg-type]


def test_on_the_last_day_with_its_test_and_nothing_newer_it_is_ready() -> None:
    assert is_ready()
    assert set(states().values()) == {Met.MET}


@pytest.mark.parametrize(
    ("more", "condition", "state"),
    [
        ({"today": date(2022, 7, 6)}, Condition.TERM, Met.WAITS),
        ({"test": LastTest(LAST, 1, 0, 0)}, Condition.TESTS, Met.WAITS),
        ({"test": LastTest(LAST, 2, 1, 0)}, Condition.TESTS, Met.WAITS),  # a double test
        ({"test": LastTest(LAST, 1, 1, 1)}, Condition.TESTS, Met.AGAINST),
        ({"newer": 1}, Condition.NOTHING_NEWER, Met.AGAINST),
    ],
)
def test_each_condition_alone_holds_it_up(more: dict[str, object], condition: Condition, state: Met) -> None:
    assert states(**more)[condition] is state
    assert not is_ready(**more)


def test_where_the_protocol_asks_for_no_test_none_is_waited_for() -> None:
    assert Condition.TESTS not in states(test=None)
    assert is_ready(test=None)


def test_nothing_checked_is_not_ready() -> None:
    assert not ready(())
