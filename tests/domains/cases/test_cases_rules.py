"""What exposures make of a person, which decision may follow which, and what a tracer types."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.base import clock
from wangge.base.problems import Problems
from wangge.domains.cases.inputs import LONGEST, read_meeting
from wangge.domains.cases.rules import STEPS, ExposureState, Met, standing

RANKS = {"close_contact": 50, "secondary_contact": 30, "neighbour": 10}
mets = st.builds(
    lambda role, day: Met(role, RANKS[role], date(2022, 4, 1) + timedelta(days=day)),
    st.sampled_from(sorted(RANKS)), st.integers(0, 20),
)  # fmt: skip


def test_without_exposures_nobody_is_a_contact() -> None:
    assert standing([]) is None


@given(st.lists(mets, min_size=1))
def test_the_strictest_role_decides_with_its_own_latest_day(met: list[Met]) -> None:
    found = standing(met)
    assert found is not None
    role, day = found
    assert RANKS[role] == max(one.rank for one in met)
    assert day == max(one.day for one in met if one.role == role)


@given(st.lists(mets, min_size=1), st.randoms())
def test_the_order_in_which_they_were_found_does_not_matter(met: list[Met], rng: object) -> None:
    other = list(met)
    rng.shuffle(other)  # type: ignore[attr-defined]
    assert standing(met) == standing(other)


@given(st.lists(mets, min_size=1), mets)
def test_one_exposure_more_never_makes_a_person_less_of_a_contact(met: list[Met], more: Met) -> None:
    before, after = standing(met), standing([*met, more])
    assert before is not None
    assert after is not None
    assert RANKS[after[0]] >= RANKS[before[0]]


def test_every_state_has_its_steps_and_withdrawn_is_the_end() -> None:
    assert set(STEPS) == set(ExposureState)
    assert not STEPS[ExposureState.WITHDRAWN]
    assert all(state not in steps for state, steps in STEPS.items())


def test_a_decision_can_be_undone() -> None:
    assert ExposureState.DISMISSED in STEPS[ExposureState.CONFIRMED]
    assert ExposureState.CONFIRMED in STEPS[ExposureState.DISMISSED]


@pytest.mark.usefixtures("frozen")
def test_a_meeting_is_read_in_the_citys_time() -> None:
    meeting = read_meeting({"who": " 13812345678 ", "starts": "2022-04-07T08:30", "minutes": "45"})
    assert meeting.who == "13812345678"
    assert meeting.starts.astimezone(clock.LOCAL).strftime("%d %H:%M") == "07 08:30"
    assert meeting.ends - meeting.starts == timedelta(minutes=45)


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({}, {"who": "who_missing", "starts": "met_when_missing", "minutes": "minutes_wrong"}),
        ({"who": "1", "starts": "2022-04-07T12:30", "minutes": "5"}, {"starts": "met_in_future"}),
        ({"who": "1", "starts": "7 April", "minutes": "5"}, {"starts": "met_when"}),
        ({"who": "1", "starts": "2022-04-31T10:00", "minutes": "5"}, {"starts": "met_when"}),
        ({"who": "1", "starts": "2022-04-07T08:00", "minutes": "0"}, {"minutes": "minutes_wrong"}),
        ({"who": "1", "starts": "2022-04-07T08:00", "minutes": "-5"}, {"minutes": "minutes_wrong"}),
        ({"who": "1", "starts": "2022-04-07T08:00", "minutes": str(LONGEST + 1)}, {"minutes": "minutes_wrong"}),
        ({"who": "1", "starts": "2022-04-07T08:00", "minutes": "9" * 30}, {"minutes": "minutes_wrong"}),
    ],
)
def test_every_mistake_is_told_at_once_by_its_field(typed: dict[str, str], problems: dict[str, str]) -> None:
    with pytest.raises(Problems) as caught:
        read_meeting(typed)
    assert {problem.field: problem.code for problem in caught.value.problems} == problems


@given(st.dictionaries(st.sampled_from(["who", "starts", "minutes"]), st.text(max_size=30)))
def test_whatever_is_typed_is_read_or_refused(typed: dict[str, str]) -> None:
    refused = refusal(typed)
    assert refused is None or all(problem.field in ("who", "starts", "minutes") for problem in refused.problems)


def refusal(typed: dict[str, str]) -> Problems | None:
    try:
        read_meeting(typed)
    except Problems as error:
        return error
    return None
