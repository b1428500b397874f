"""A yellow or red code opens the intake: name, document, address, phone, with what is known filled in already."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.domains.work.actions import Wanted, put_items
from wangge.flows.said import open_response, said

QUESTION, COLOURS = "code_colour", frozenset({"yellow", "red"})
KIND = "intake"
WITHIN = timedelta(hours=4)  # our own setting


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded``: one intake for each person and Response."""
    response = open_response(event)
    for answer, value in said(event, QUESTION) if response else ():
        if response and value in COLOURS and answer.person:
            cause = derived("intake", response.uuid, answer.person.uuid)
            wanted = [Wanted(answer.door, KIND, cause, clock.now() + WITHIN, answer.person)]
            put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)
