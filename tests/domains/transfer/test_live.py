"""What is over its time while people are under way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wangge.domains.transfer.rules import Limits
from wangge.domains.transfer.rules_live import Alarm, Under, eta, raised

NOON = datetime(2022, 4, 8, 4, tzinfo=UTC)
UNDER = Under(True, NOON, NOON, NOON + timedelta(hours=1), None, None, None, None, 12)
LIMITS = Limits("road", "care")


def alarms(minutes: int, **other: object) -> set[Alarm]:
    under = replace(UNDER, **other)  # type: ignore[arg-type]  # fields by name
    return {one.alarm for one in raised(under, NOON + timedelta(minutes=minutes), LIMITS)}


def test_a_trip_within_its_times_is_quiet() -> None:
    assert alarms(70) == set()


def test_each_alarm_comes_after_its_time() -> None:
    assert alarms(76) == {Alarm.LATE}
    assert alarms(121) == {Alarm.LATE, Alarm.TOILET}
    assert alarms(241) == {Alarm.LATE, Alarm.TOILET, Alarm.MEAL, Alarm.DRIVE}
    stopped = NOON + timedelta(minutes=235)
    assert alarms(241, meal=stopped, toilet=stopped, rest=stopped) == {Alarm.LATE}
    assert alarms(10, hour=2.5) == {Alarm.NIGHT}
    assert alarms(10, hour=2.5, coach=False) == set()
    assert alarms(31, outdoors=NOON) == {Alarm.OUTDOORS}


def test_one_that_has_not_begun_is_late_by_its_beginning() -> None:
    assert alarms(16, started=None) == {Alarm.LATE}
    assert alarms(300, started=None, outdoors=None) == {Alarm.LATE}


def test_one_that_began_late_is_late_from_then_on_and_is_expected_later() -> None:
    begun = NOON + timedelta(minutes=20)
    assert alarms(21, started=begun) == {Alarm.LATE}, "not only once the hour of arrival has passed"
    late = replace(UNDER, started=begun)
    assert eta(late, NOON + timedelta(minutes=21)) == UNDER.arrives + timedelta(minutes=20)
    assert eta(UNDER, NOON) == UNDER.arrives
    waiting = replace(UNDER, started=None)
    assert eta(waiting, NOON + timedelta(minutes=40)) == UNDER.arrives + timedelta(minutes=40)
    assert eta(waiting, NOON - timedelta(minutes=40)) == UNDER.arrives, "before its time nothing is late"


def test_a_coach_that_would_drive_by_night_is_seen_before_the_night() -> None:
    assert alarms(10, hour=1.5) == {Alarm.NIGHT}, "fifty minutes are left, the night begins in thirty"
    assert alarms(10, hour=23.5) == set()
    assert alarms(10, hour=1.5, coach=False) == set()
    assert alarms(10, hour=5) == set()
