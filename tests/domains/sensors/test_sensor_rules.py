"""What follows from what a device says. Nowhere is there a breach, and nowhere a lock."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from wangge.domains.sensors.rules import Health, Opening, Said, Then, Window, happened, health, is_planned, then

NOON = datetime(2022, 4, 7, 4, 0, tzinfo=UTC)
EVERY = [Opening(said, *flags) for said in Said for flags in itertools.product((False, True), repeat=3)]


def test_an_opening_is_a_question_once_and_only_on_duty() -> None:
    asking = [one for one in EVERY if then(one) is Then.ASK]
    assert asking == [Opening(Said.OPENED, live=True)]


def test_leaving_a_home_whose_sensor_was_ended_for_safety_is_never_anything() -> None:
    ended = [one for one in EVERY if not one.live and one.said is not Said.SMOKE]
    assert {then(one) for one in ended} == {Then.NOTHING}
    assert {one.value for one in Then} == {"nothing", "ask", "look", "help"}, "there is no word for a breach"


def test_smoke_counts_wherever_it_is() -> None:
    assert {then(one) for one in EVERY if one.said is Said.SMOKE} == {Then.HELP}


@pytest.mark.parametrize(
    ("minutes", "planned"), [(-31, False), (-30, True), (0, True), (30, True), (31, False), (120, True), (181, False)]
)
def test_an_opening_beside_a_visit_or_in_a_window_was_expected(minutes: int, planned: bool) -> None:
    window = Window(NOON + timedelta(hours=1), NOON + timedelta(hours=3))
    assert is_planned(NOON + timedelta(minutes=minutes), [window], [NOON]) is planned


@pytest.mark.parametrize(
    ("heard", "offline", "battery", "expected"),
    [
        (None, False, None, Health.NEVER), (1, True, 90, Health.OFFLINE), (31, False, 90, Health.QUIET),
        (1, False, 15, Health.BATTERY), (1, False, 16, Health.WELL), (30, False, None, Health.WELL),
    ],
)  # fmt: skip
def test_how_a_device_does(heard: int | None, offline: bool, battery: int | None, expected: Health) -> None:
    at = None if heard is None else NOON - timedelta(minutes=heard)
    assert health(heard=at, offline=offline, battery=battery, now=NOON) is expected


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_off_by_a_day_is_put_right_by_what_it_says_itself(days: int) -> None:
    off = timedelta(days=days)
    at, ahead = happened(at=NOON + off - timedelta(hours=2), sent=NOON + off, received=NOON)
    assert (at, ahead) == (NOON - timedelta(hours=2), off), "it happened two hours ago, and was kept since"


def test_without_the_time_of_sending_nothing_happens_in_the_future() -> None:
    assert happened(at=NOON + timedelta(days=1), sent=None, received=NOON) == (NOON, timedelta(days=1))
    late = NOON - timedelta(days=1)
    assert happened(at=late, sent=None, received=NOON) == (late, timedelta(0))
    assert happened(at=None, sent=None, received=NOON) == (NOON, timedelta(0))
