"""Somebody with a fever is tested at the door, where the protocol in force tests at all."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.protocol.queries import in_force
from wangge.domains.testing.actions import PlannedTest, plan_tests
from wangge.domains.testing.rules import Purpose
from wangge.domains.work.actions import Wanted, put_items
from wangge.flows.said import open_response, said

QUESTION, YES = "fever", "yes"
SAMPLE = "sample"
WITHIN = timedelta(hours=12)  # our own setting


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded``."""
    response = open_response(event)
    if response is None or SAMPLE not in in_force(response).words:
        return
    for answer, value in said(event, QUESTION):
        if value != YES or answer.person is None or answer.person.died_on:
            continue
        test = PlannedTest(answer.person, Purpose.SCREEN, clock.now() + WITHIN, answer.uuid, at_door=True)
        if plan_tests(response=response, planned=[test], by=SYSTEM, cause=event.uuid):
            wanted = [Wanted(answer.door, SAMPLE, test.uuid, test.due_at, answer.person)]
            put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)
