"""What is over its time while people are under way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wangge.domains.transfer.rules import Limits
from wangge.domains.transfer.rules_live import Alarm, Under, raised

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
