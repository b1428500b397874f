"""A yellow or red code opens the intake: name, document, address, phone, with what is known filled in already."""

from datetime import timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.domains.protocol.queries import open_responses
from wangge.domains.work.actions import Wanted, finish_items, put_items
from wangge.flows.said import open_response, said

QUESTION, COLOURS = "code_colour", frozenset({"yellow", "red"})
KIND = "intake"
WITHIN = timedelta(hours=4)  # our own setting


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded``: one intake for each person and Response."""
    response = open_response(event)
    for answer, value in said(event, QUESTION) if response else ():
        if response and value in COLOURS and answer.person:
            cause = _cause(response.uuid, answer.person.uuid)
            wanted = [Wanted(answer.door, KIND, cause, clock.now() + WITHIN, answer.person)]
            put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def made(event: Event) -> None:
    """Answer ``people.completed``: the intake is done in every open Response that waits for it."""
    if event.subject:
        causes = [_cause(one.uuid, event.subject) for one in open_responses()]
        finish_items(causes=causes, by=SYSTEM, cause=event.uuid)


def _cause(response: UUID, person: UUID) -> UUID:
    return derived("intake", response, person)
