"""The record of days for people, in the main database."""

from datetime import date

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.venues.models import CheckInDay


def opened(day: date) -> None:
    """A day has its first rows."""
    CheckInDay.objects.get_or_create(day=day)


def sealed(day: date) -> None:
    """A day has its covering orders."""
    CheckInDay.objects.update_or_create(day=day, defaults={"state": CheckInDay.State.SEALED})


def dropped(day: date, rows: int) -> int:
    """A day was deleted with so many rows; returns the number first recorded."""
    known = CheckInDay.objects.filter(day=day, state=CheckInDay.State.DROPPED).first()
    if known is None:
        state = {"state": CheckInDay.State.DROPPED, "rows_at_drop": rows, "dropped_at": clock.now()}
        known, _ = CheckInDay.objects.update_or_create(day=day, defaults=state)
    return known.rows_at_drop or 0


def refused(day: date) -> Problem:
    """The refusal of a row of a dropped day."""
    return Problem("check_in_day_dropped", day=day)
