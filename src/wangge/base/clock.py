"""The only source of the time of day, so that a test or a replay can hold it still.

Instants are aware and in UTC. A *day* is a civil day in the time zone of the place it is about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_held: ContextVar[datetime | None] = ContextVar("held_time", default=None)

LOCAL = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
SLACK = timedelta(minutes=5)  # how far the clocks of phones and laboratories may run ahead


def now() -> datetime:
    """The present instant, in UTC."""
    return _held.get() or datetime.now(UTC)


def day_of(at: datetime, tz: ZoneInfo = LOCAL) -> date:
    """The civil day of an instant."""
    return at.astimezone(tz).date()


def today(tz: ZoneInfo = LOCAL) -> date:
    return day_of(now(), tz)


def start_of(day: date, tz: ZoneInfo = LOCAL) -> datetime:
    """Midnight at which a civil day begins, in UTC."""
    return datetime.combine(day, time.min, tz).astimezone(UTC)


def end_of(day: date, tz: ZoneInfo = LOCAL) -> datetime:
    """Midnight at which a civil day is over, in UTC."""
    return start_of(day + timedelta(days=1), tz)


@contextmanager
def held(at: datetime) -> Iterator[None]:
    """Hold the clock at an instant."""
    token = _held.set(at)
    try:
        yield
    finally:
        _held.reset(token)
