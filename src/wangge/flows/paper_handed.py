"""A paper that reached the person is one thing less to do at the door."""

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.work.actions import finish_items

#: What is done at a door once each paper is there, signed or not.
DONE_BY = {"order": ("serve_order",), "release": ("hand_release",)}


def follow(event: Event) -> None:
    """Answer ``isolation.paper_handed``."""
    kinds = DONE_BY[event.data["paper"]]
    finish_items(causes=[subject_of(event)], kinds=kinds, by=SYSTEM, cause=event.uuid)
