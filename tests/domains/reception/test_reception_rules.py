"""Which end fits, and when a wait is too long: read as a table in docs/states/reception.md."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from wangge.domains.reception.rules import (
    FITS,
    ONWARD,
    Care,
    Ended,
    Limits,
    Ordered,
    Shown,
    State,
    levels_due,
    possible,
    refusal,
)

HERE = (State.WAITING, State.MET)
LIMITS = Limits(30, 10, "clause")
NOW = datetime(2022, 4, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(("state", "shown", "ordered"), list(product(HERE, Shown, Ordered)))
def test_help_is_always_open_and_nobody_is_ever_without_an_end(state: State, shown: Shown, ordered: Ordered) -> None:
    ends = possible(state, shown, ordered)
    assert Ended.HELP in ends
    assert Ended.ELSEWHERE in ends
    assert len(ends) >= 3, "there is always a way on besides help and leaving"
    assert refusal(state, shown, ordered, Ended.HELP, child_alone=True, taken_by="") == "", "a child too, at once"


@pytest.mark.parametrize("shown", Shown)
def test_without_an_order_in_force_nobody_is_brought_into_isolation(shown: Shown) -> None:
    for ordered in (Ordered.NOTHING, Ordered.PROPOSED):
        ends = possible(State.MET, shown, ordered)
        assert not {Ended.HOME, Ended.TRANSFER} & set(ends)
        assert Ended.UNTIL_DECIDED in ends


def test_an_order_decides_where_they_go_and_a_red_code_is_not_waved_through() -> None:
    assert FITS[Ordered.HOME] == (Ended.HOME,)
    assert FITS[Ordered.AWAY] == (Ended.TRANSFER,)
    assert Ended.LET_IN in possible(State.MET, Shown.YELLOW, Ordered.NOTHING)
    assert Ended.LET_IN not in possible(State.MET, Shown.RED, Ordered.NOTHING)
    assert Ended.LET_IN not in possible(State.MET, Shown.YELLOW, Ordered.PROPOSED)


def test_who_is_expected_only_comes_or_does_not_and_what_is_over_is_over() -> None:
    assert possible(State.EXPECTED, Shown.RED, Ordered.HOME) == (Ended.NOT_COME,)
    assert possible(State.ENDED, Shown.RED, Ordered.HOME) == ()
    codes = {
        state: refusal(state, Shown.RED, Ordered.HOME, Ended.HOME, child_alone=False, taken_by="")
        for state in (State.EXPECTED, State.ENDED, State.MET)
    }
    assert codes == {State.EXPECTED: "reception_not_there", State.ENDED: "reception_over", State.MET: ""}


@pytest.mark.parametrize("end", sorted(ONWARD))
def test_a_child_alone_goes_nowhere_without_a_grown_up(end: Ended) -> None:
    ordered = next(one for one in Ordered if end in possible(State.MET, Shown.TOLD, one))
    assert refusal(State.MET, Shown.TOLD, ordered, end, child_alone=True, taken_by="") == "reception_child_alone"
    assert refusal(State.MET, Shown.TOLD, ordered, end, child_alone=True, taken_by="外婆") == ""


@pytest.mark.parametrize(
    ("minutes", "care", "levels"),
    [
        (0, (), 0),
        (29, (), 0),
        (30, (), 1),
        (60, (), 2),
        (9, (Care.OLD,), 0),
        (10, (Care.OLD,), 1),
        (35, (Care.ILL,), 3),
    ],
)
def test_each_limit_that_is_over_is_a_level_and_for_the_frail_it_is_shorter(
    minutes: int, care: tuple[Care, ...], levels: int
) -> None:
    assert levels_due(LIMITS, care, NOW, NOW + timedelta(minutes=minutes)) == levels
