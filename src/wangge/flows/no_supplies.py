"""A household without basic supplies becomes something to bring: one open thing at its door, however often it asks."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.asking.queries.answers import history
from wangge.domains.work.actions import Wanted, put_items, withdraw_items
from wangge.domains.work.queries import open_items
from wangge.flows.said import open_response, said

QUESTION, SHORT = "has_supplies", "no"
KIND = "help_supplies"
WITHIN = timedelta(hours=12)  # our own setting: before the next meal is missed


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded``."""
    response = open_response(event)
    for answer, value in said(event, QUESTION) if response else ():
        earlier = [one.uuid for one in history(EVERYTHING, answer)]
        if value != SHORT:
            withdraw_items(causes=earlier, by=SYSTEM, cause=event.uuid)
        elif response and not open_items(earlier).exists():
            wanted = [Wanted(answer.door, KIND, answer.uuid, clock.now() + WITHIN)]
            put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)
