"""What takes messages out to people: they are handed to gateways, and what waits too long goes to the call list."""

from datetime import datetime

from wangge.base.access.by import SYSTEM
from wangge.domains.messages import handing
from wangge.domains.messages.actions import sweep


def hand_out() -> int:
    """A chore: the next batch of messages to people."""
    return handing.hand_out()


def hand_out_posts() -> int:
    """A chore: what waits for groups."""
    return handing.hand_out_posts()


def waited_too_long(now: datetime) -> None:
    """An alarm: what has no answer in its time, or waits for a gateway that is down, falls to the call list."""
    sweep(by=SYSTEM)
