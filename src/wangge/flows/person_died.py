"""A death stops every call at once: visits, tests and orders about this person end. Others at the door stay served."""

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.isolation.actions import end_orders_of
from wangge.domains.people.models import Person
from wangge.domains.testing.actions import withdraw_tests_of
from wangge.domains.work.actions import end_items_of_person
from wangge.domains.work.rules import Outcome


def follow(event: Event) -> None:
    """Answer ``people.died``."""
    person = Person.objects.within(EVERYTHING).get(uuid=subject_of(event))
    end_items_of_person(person=person, outcome=Outcome.DIED, by=SYSTEM, cause=event.uuid)
    withdraw_tests_of(person=person, by=SYSTEM, cause=event.uuid)
    end_orders_of(person=person, why="died", by=SYSTEM, cause=event.uuid)
