"""What a reading says, which report of the day it is, when silence becomes a call and a knock."""

from datetime import UTC, datetime, timedelta

import pytest

from wangge.domains.monitoring.rules import (
    Dependant,
    SlotState,
    Step,
    Symptom,
    Told,
    Why,
    in_time,
    may_answer,
    read_reading,
    slot_at,
    standing,
    step,
    when,
    whys,
)

NOON = datetime(2022, 4, 7, 4, tzinfo=UTC)
WELL = Told(365, (), True, None, (), False, "")


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [("36.5", 365), ("36,5", 365), (" 36.5℃ ", 365), ("３６．５", 365), ("36。5", 365), ("38", 380), ("37.25", 372),
     ("36.5度", 365), ("34", 340), ("43.0", 430)],
)  # fmt: skip
def test_a_temperature_is_read_as_people_write_it(typed: str, tenths: int) -> None:
    assert read_reading(typed).tenths == tenths


@pytest.mark.parametrize("typed", ["3650", "3.65", "99.9", "33.9", "43.1", "-36.5", "", "abc", "36.5.1", "<b>36</b>"])
def test_what_is_no_temperature_is_neither_read_nor_guessed(typed: str) -> None:
    reading = read_reading(typed)
    assert (reading.tenths, reading.meant) == (None, None)


def test_a_lost_point_is_asked_back() -> None:
    reading = read_reading("365")
    assert (reading.tenths, reading.meant) == (None, 365)
    assert read_reading("999").meant is None


def test_which_report_of_the_day_it_is() -> None:
    opens = (5, 13)
    assert [slot_at(hour, opens) for hour in (0, 4, 5, 12, 13, 23)] == [0, 0, 0, 0, 1, 1]


def test_a_report_is_in_time_until_its_hour() -> None:
    assert in_time(NOON, NOON - timedelta(seconds=1)) is SlotState.REPORTED
    assert in_time(NOON, NOON) is SlotState.LATE


@pytest.mark.parametrize(
    ("misses", "careful", "what"),
    [(0, True, Step.NONE), (1, True, Step.KNOCK), (0, False, Step.NONE), (1, False, Step.NONE), (2, False, Step.CALL),
     (3, False, Step.KNOCK), (9, False, Step.KNOCK)],
)  # fmt: skip
def test_silence_becomes_a_call_and_a_knock(misses: int, careful: bool, what: Step) -> None:
    assert step(misses, careful, call_after=2, knock_after=3) is what


def test_a_draft_may_have_waited_and_a_wrong_clock_is_not_believed() -> None:
    assert when(None, NOON).at == NOON
    waited = NOON - timedelta(hours=11)
    assert (when(waited, NOON).at, when(waited, NOON).off) == (waited, False)
    for wrong in (NOON + timedelta(days=1), NOON - timedelta(days=1)):
        assert (when(wrong, NOON).at, when(wrong, NOON).off) == (NOON, True)
    assert when(NOON + timedelta(minutes=3), NOON).at == NOON


def test_why_a_doctor_calls_the_gravest_first() -> None:
    told = Told(385, (Symptom.COUGH, Symptom.BREATH), True, 2, (Dependant.OLD,), True, "")
    assert whys(told, 373, 350) == (Why.GRAVE, Why.FEVER, Why.MIND)
    assert whys(Told(349, (), True, None, (), False, ""), 373, 350) == (Why.COLD,)
    assert whys(WELL, 373, 350) == ()
    assert whys(Told(None, (), True, None, (), False, ""), 373, 350) == ()


def test_a_fever_stays_until_a_doctor_called_and_a_wish_to_talk_can_be_taken_back() -> None:
    assert standing([Why.FEVER, Why.MIND], []) == (Why.FEVER,)
    assert standing([Why.MIND], []) == ()
    assert standing([], [Why.MIND, Why.GRAVE]) == (Why.GRAVE, Why.MIND)


def test_who_may_report_for_another() -> None:
    assert may_answer(agreed=True, age=40, helper_age=12)
    assert not may_answer(agreed=False, age=14, helper_age=40)
    assert may_answer(agreed=False, age=13, helper_age=40)
    assert not may_answer(agreed=False, age=9, helper_age=16)
