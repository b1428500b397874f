"""What a withdrawn result undoes: everything that followed from it alone.

A case that another valid re-test supports stays. An order that another exposure supports stays, with the reasons
left. What was done at doors stays on record, and whoever had an order is told that it fell.
"""

from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.cases import actions as cases
from wangge.domains.cases import queries
from wangge.domains.people.models import Person
from wangge.domains.testing import queries as testing
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose
from wangge.domains.work.actions import void_items
from wangge.flows.consequences import follow_through, take_back


def follow(event: Event) -> None:
    """Answer ``testing.result_withdrawn``."""
    result = testing.held(subject_of(event))
    if result.state != TestResult.State.WITHDRAWN:
        return
    take_back([result.uuid], event)
    void_items(causes=[UUID(text) for text in event.data["tests"]], by=SYSTEM, cause=event.uuid)
    people: list[Person] = [result.person]
    case = queries.open_case(result.person, result.response)
    if case and not testing.supports(result.person, result.response, Purpose.RETEST).exists():
        gone = cases.withdraw_case(case=case, by=SYSTEM, cause=event.uuid)
        people += [one.person for one in gone]
    follow_through(result.response, people, event)
