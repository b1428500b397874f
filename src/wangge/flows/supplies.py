"""What follows around supplies: what runs out is the work of the level above, worked out as soon as a stock changed."""

from datetime import datetime

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.supplies.actions import running_out


def due(now: datetime) -> None:
    """An alarm: stocks that changed, and what nobody answered in time."""
    running_out.look(now=now, by=SYSTEM)
    running_out.raise_late(now=now, by=SYSTEM)


def day(event: Event) -> None:
    """Answer ``clock.day_began``: every stock is looked at again."""
    running_out.look_at_all(by=SYSTEM)
