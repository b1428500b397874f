"""Who signs for a paper, when it can have been handed over, which day of how many it is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wangge.domains.isolation.rules_home import Signed, handing_refusal, signing_refusal, term

FIRST, LAST = date(2022, 7, 1), date(2022, 7, 7)
NOON = datetime(2022, 7, 3, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2022, 6, 30), 0), (FIRST, 1), (date(2022, 7, 3), 3), (LAST, 7), (date(2022, 7, 9), 7)],
)
def test_the_first_day_of_the_first_measure_is_day_one(today: date, day: int) -> None:
    found = term(FIRST, LAST, today)
    assert (found.day, found.days, found.left) == (day, 7, 7 - day)


@pytest.mark.parametrize(
    ("signed", "age", "guardian", "code"),
    [
        (Signed.SIGNED, 40, "", ""),
        (Signed.SIGNED, 18, "", ""),
        (Signed.SIGNED, 17, "", "minor_needs_guardian"),
        (Signed.SIGNED, None, "", ""),
        (Signed.GUARDIAN, 9, "王芳", ""),
        (Signed.GUARDIAN, 9, "", "guardian_missing"),
        (Signed.GUARDIAN, 83, "王芳", ""),
        (Signed.REFUSED, 40, "", ""),
        (Signed.REFUSED, 9, "", ""),
    ],
)
def test_who_signs(signed: Signed, age: int | None, guardian: str, code: str) -> None:
    assert signing_refusal(signed, age, guardian) == code


@pytest.mark.parametrize(
    ("at", "begins", "ends", "code"),
    [
        (NOON, NOON - HOUR, None, ""),
        (NOON + HOUR, NOON - HOUR, None, "handed_in_future"),
        (NOON - 2 * HOUR, NOON - HOUR, None, "handed_before_paper"),
        (NOON, None, None, "handed_before_paper"),
        (NOON, NOON - 3 * HOUR, NOON - HOUR, "handed_after_end"),
        (NOON - 2 * HOUR, NOON - 3 * HOUR, NOON - HOUR, ""),
    ],
)
def test_when_a_paper_can_have_been_handed_over(
    at: datetime, begins: datetime | None, ends: datetime | None, code: str
) -> None:
    assert handing_refusal(at, NOON, begins, ends) == code
