"""A household without basic supplies or out of medicine becomes something to bring: one open thing for each at its
door, however often it says so; taken back when it no longer holds."""

from datetime import timedelta
from typing import NamedTuple

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.asking.queries.answers import history
from wangge.domains.protocol.models import Response
from wangge.domains.work.actions import Wanted, put_items, withdraw_items
from wangge.domains.work.queries import open_items
from wangge.flows.said import open_response, said


class Need(NamedTuple):
    """What is brought, when which question is answered how, and within what time (our own settings)."""

    question: str
    short: str
    kind: str
    within: timedelta


NEEDS = (
    Need("has_supplies", "no", "help_supplies", timedelta(hours=12)),  # before the next meal is missed
    Need("medicine", "out", "help_medicine", timedelta(hours=6)),  # before the next dose is
)


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded``."""
    if response := open_response(event):
        for need in NEEDS:
            _bring(event, need, response)


def _bring(event: Event, need: Need, response: Response) -> None:
    for answer, value in said(event, need.question):
        earlier = [one.uuid for one in history(EVERYTHING, answer)]
        if value != need.short:
            withdraw_items(causes=earlier, by=SYSTEM, cause=event.uuid)
        elif not open_items(earlier).exists():
            wanted = [Wanted(answer.door, need.kind, answer.uuid, clock.now() + need.within)]
            put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)
