"""A try at a door moves the lines of the asks that wait there: refused, absent, unreachable, moved; never answered."""

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.asking.actions import follow_task
from wangge.domains.work.queries import task


def follow(event: Event) -> None:
    """Answer ``work.attempt_recorded`` and ``work.task_settled``."""
    follow_task(task=task(EVERYTHING, subject_of(event)), by=SYSTEM)
