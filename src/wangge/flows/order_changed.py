"""What a change of an order sets off. An order that is longer is another one: what hung on the one before has moved to
it with its confirmation; one that was ended is over like any other. For the rest:

shortened    tests and their visits after the new end are taken back; whoever was bound only because they live with the
             person is free with them                                                            follow
             a message that still says the old end stops, and the new one is told                orders_told.changed
             a seat in a vehicle is kept only where days away from home are left                 transfer.settle
             reports are expected until the new day                                              daily_reports.kept
             a sensor's duty ends with it                                                        sensors.settle
moved        the sensor at the home's door is silent, the seat is given up; the door's page says that nobody is there
any          somebody explains it at the door within four hours                                  follow

The last day on the person's page, releases, figures and codes are worked out from the order at every look.
"""

from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.isolation.changes import change
from wangge.domains.isolation.changing import shorten_with
from wangge.domains.isolation.household import bound_with
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
        shorten_with(change=one, orders=bound_with(order), by=SYSTEM)
    if one.kind == Change.ENDED:
        others_follow(order, event)
    if order.person.died_on is None and still_open(order.response):
        due = clock.now() + EXPLAIN_WITHIN
        wanted = Wanted(door_of(order.person.home), "explain_change", one.uuid, due, order.person)
        put_items(response=order.response, wanted=[wanted], by=SYSTEM, cause=event.uuid)
