"""Somebody with a fever is tested at the door, where the protocol in force tests at all: one test, however often it is
said; taken back when it no longer is."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.asking.models import Answer
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.testing.actions import PlannedTest, plan_tests, reopen_tests, withdraw_tests
from wangge.domains.testing.queries import due_for
from wangge.domains.testing.rules import Purpose
from wangge.domains.work.actions import Wanted, put_items, withdraw_items
from wangge.domains.work.queries import open_items
from wangge.flows.said import Thing, door_now, sayings

SAMPLE = "sample"
WITHIN = timedelta(hours=12)  # our own setting


def _put(answer: Answer, response: Response, event: Event) -> None:
    person = answer.person
    if person is None or SAMPLE not in in_force(response).words or _waits(person, response):
        return
    due_at = clock.now() + WITHIN
    test = PlannedTest(person, Purpose.SCREEN, due_at, answer.uuid, at_door=True)
    if plan_tests(response=response, planned=[test], by=SYSTEM, cause=event.uuid) or reopen_tests(
        causes=[answer.uuid], person=person, due_at=due_at
    ):
        wanted = [Wanted(door_now(answer), SAMPLE, test.uuid, due_at, person)]
        put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def _waits(person: Person, response: Response) -> bool:
    """Whether such a test is to be had still. One whose time is over and for which nobody comes any more is not."""
    due = due_for(person, response).filter(purpose=Purpose.SCREEN, at_door=True)
    return due.filter(due_at__gt=clock.now()).exists() or open_items([one.uuid for one in due]).exists()


def _take_back(answer: Answer, response: Response, event: Event) -> None:
    gone = withdraw_tests(causes=sayings(answer), by=SYSTEM, cause=event.uuid)
    withdraw_items(causes=gone, by=SYSTEM, cause=event.uuid)


TEST = Thing("fever", frozenset({"yes"}), _put, _take_back)


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded`` and ``asking.dispute_settled``."""
    TEST.follow(event)
