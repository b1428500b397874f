"""Which records this session has opened, and until when: a reason given once serves for a quarter of an hour."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from wangge.base import clock

KEY = "opened_records"
OPEN_FOR = timedelta(minutes=15)
REVEALED_FOR = timedelta(minutes=5)


def opened(session: SessionBase, person: UUID) -> None:
    """The record may be seen from now on. Whoever calls this has put the look on record."""
    _put(session, person, "open", OPEN_FOR)


def revealed(session: SessionBase, person: UUID) -> None:
    """The same for the whole document and phone number."""
    _put(session, person, "reveal", REVEALED_FOR)


def is_open(session: SessionBase, person: UUID) -> bool:
    return f"open:{person}" in _live(session)


def is_revealed(session: SessionBase, person: UUID) -> bool:
    return f"reveal:{person}" in _live(session)


def until(session: SessionBase, person: UUID) -> datetime:
    """When the record closes again. Raises KeyError when it is not open."""
    return datetime.fromisoformat(_live(session)[f"open:{person}"])


def _put(session: SessionBase, person: UUID, what: str, time: timedelta) -> None:
    session[KEY] = _live(session) | {f"{what}:{person}": (clock.now() + time).isoformat()}


def _live(session: SessionBase) -> dict[str, str]:
    now = clock.now()
    kept: dict[str, str] = session.get(KEY, {})
    return {name: end for name, end in kept.items() if datetime.fromisoformat(end) > now}
