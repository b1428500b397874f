"""What a change of an order sets off: tests after its new end are taken back, and somebody explains it at the door."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.isolation.changes import change
from wangge.domains.isolation.rules_change import Change
from wangge.domains.people.queries import door_of
from wangge.domains.protocol.queries import still_open
from wangge.domains.testing.actions import withdraw_tests
from wangge.domains.work.actions import Wanted, put_items, withdraw_items
from wangge.flows.rooms_told import others_follow

EXPLAIN_WITHIN = timedelta(hours=4)


def follow(event: Event) -> None:
    """Answer ``isolation.order_changed``. What follows from an order in force or ended follows from those facts."""
    one = change(subject_of(event))
    order = one.order
    if one.kind == Change.SHORTENED:
        tests = withdraw_tests(causes=[order.uuid], after=order.ends_at, by=SYSTEM, cause=event.uuid)
        withdraw_items(causes=tests, by=SYSTEM, cause=event.uuid)
    if one.kind == Change.ENDED:
        others_follow(order, event)
    if order.person.died_on is None and still_open(order.response):
        due = clock.now() + EXPLAIN_WITHIN
        wanted = Wanted(door_of(order.person.home), "explain_change", one.uuid, due, order.person)
        put_items(response=order.response, wanted=[wanted], by=SYSTEM, cause=event.uuid)
