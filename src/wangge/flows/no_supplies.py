"""A household without basic supplies or out of medicine becomes something to bring: one open thing for each at its
door, however often it says so; taken back when it no longer holds."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.asking.models import Answer
from wangge.domains.protocol.models import Response
from wangge.domains.work.actions import Wanted, put_items, withdraw_items
from wangge.domains.work.queries import open_items
from wangge.flows.said import Thing, door_now, sayings


def _need(question: str, short: str, kind: str, within: timedelta) -> Thing:
    """What is brought, when which question is answered how, and within what time (our own settings)."""

    def put(answer: Answer, response: Response, event: Event) -> None:
        if not open_items(sayings(answer)).exists():
            wanted = [Wanted(door_now(answer), kind, answer.uuid, clock.now() + within)]
            put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)

    def take_back(answer: Answer, response: Response, event: Event) -> None:
        withdraw_items(causes=sayings(answer), by=SYSTEM, cause=event.uuid)

    return Thing(question, frozenset({short}), put, take_back)


NEEDS = (
    _need("has_supplies", "no", "help_supplies", timedelta(hours=12)),  # before the next meal is missed
    _need("medicine", "out", "help_medicine", timedelta(hours=6)),  # before the next dose is
)


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded`` and ``asking.dispute_settled``."""
    for need in NEEDS:
        need.follow(event)
