"""What a merge of two records, or its undoing, sets off: each has what its own facts ask for, no more and no less.

An order in force that moved is taken along to the door of whoever holds it now; what its door has done already is not
asked again. All else is worked out from the facts: one order with every reason, one task per door.
"""

from collections.abc import Sequence
from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.domains.isolation import queries as isolation
from wangge.domains.isolation.actions import stand_again
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.duplicates import merge_of
from wangge.domains.people.models import Person
from wangge.domains.protocol.queries import open_responses, protocol
from wangge.domains.testing.actions import plan_tests, reopen_tests
from wangge.domains.testing.queries import done_for, uuids_of
from wangge.domains.work.actions import put_items
from wangge.domains.work.queries import done_kinds
from wangge.flows.consequences import door_items, follow_through, take_back, tests_of


def follow(event: Event) -> None:
    """Answer ``people.merged`` and ``people.merge_undone``."""
    merge = merge_of(UUID(event.data["merge"]))
    if (event.kind == "people.merge_undone") is (merge.undone_at is None):
        return  # undone meanwhile: the later fact is answered
    people: list[Person] = [merge.into, merge.absorbed]
    moved = isolation.by_key(merge.moved.get("Order.person", ()))
    if merge.undone_at:
        moved += stand_again(person=merge.absorbed, since=merge.at, by=SYSTEM, cause=event.uuid)
    _take_along([one for one in moved if one.state == OrderState.IN_FORCE], event)
    results = uuids_of(merge.moved.get("TestResult.person", ()))
    take_back(results, event)
    reopen_tests(causes=results, person=merge.absorbed if merge.undone_at else merge.into)
    for response in open_responses().prefetch_related("phases"):
        follow_through(response, people, event)


def _take_along(orders: Sequence[Order], event: Event) -> None:
    """What was open for these orders is taken from where it was, and put where their person is."""
    take_back([one.uuid for one in orders], event)
    for order in orders:
        reopen_tests(causes=[order.uuid], person=order.person)
        had = done_for([order.uuid])
        planned = [one for one in tests_of(order) if one.day not in had]
        plan_tests(response=order.response, planned=planned, by=SYSTEM, cause=event.uuid)
        done = done_kinds([order.uuid])
        role = protocol(order.protocol).roles[order.role]
        wanted = door_items(order.response, order.person, role, "ordered", order.uuid)
        put_items(
            response=order.response, wanted=[one for one in wanted if one.kind not in done], by=SYSTEM,
            cause=event.uuid,
        )  # fmt: skip
