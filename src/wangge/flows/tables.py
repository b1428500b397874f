"""Tables that offices have made by the clock: each is a fact of its own, so that one that fails fails alone."""

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.tables import actions
from wangge.domains.tables.queries import schedule


def of_the_day(event: Event) -> None:
    """Answer ``clock.day_began``: say which tables are due today."""
    actions.note_due(by=SYSTEM, cause=event.uuid)


def make(event: Event) -> None:
    """Answer ``tables.file_due``: make the file as its account would take it now; it waits at the desk."""
    if event.subject is None:
        raise ValueError("a due table without its schedule")
    actions.make_file(schedule=schedule(event.subject), by=SYSTEM, cause=event)
