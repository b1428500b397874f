"""A yellow or red code opens the intake: name, document, address, phone, with what is known filled in already. One
intake for each person and Response; taken back when the code is neither any more."""

from datetime import timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.domains.asking.models import Answer
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import open_responses
from wangge.domains.work.actions import Wanted, finish_items, put_items, withdraw_items
from wangge.flows.said import Thing, door_now

KIND = "intake"
WITHIN = timedelta(hours=4)  # our own setting


def _put(answer: Answer, response: Response, event: Event) -> None:
    if answer.person:
        cause = _cause(response.uuid, answer.person.uuid)
        wanted = [Wanted(door_now(answer), KIND, cause, clock.now() + WITHIN, answer.person)]
        put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def _take_back(answer: Answer, response: Response, event: Event) -> None:
    if answer.person:
        withdraw_items(causes=_causes(answer.person.uuid), by=SYSTEM, cause=event.uuid)


INTAKE = Thing("code_colour", frozenset({"yellow", "red"}), _put, _take_back)


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded`` and ``asking.dispute_settled``."""
    INTAKE.follow(event)


def made(event: Event) -> None:
    """Answer ``people.completed``: the intake is done in every open Response that waits for it."""
    if event.subject:
        finish_items(causes=_causes(event.subject), by=SYSTEM, cause=event.uuid)


def _causes(person: UUID) -> list[UUID]:
    return [_cause(one.uuid, person) for one in open_responses()]


def _cause(response: UUID, person: UUID) -> UUID:
    return derived("intake", response, person)
