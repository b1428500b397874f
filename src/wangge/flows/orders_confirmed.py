"""What the authority's confirmation sets off: tests by protocol day, the order at the door, the older one off it."""

from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.isolation import queries
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.protocol.queries import protocol
from wangge.domains.testing.actions import plan_tests
from wangge.domains.work.actions import Wanted, put_items
from wangge.flows.consequences import door_items, take_back, tests_of


def follow(event: Event) -> None:
    """Answer ``isolation.orders_confirmed``: one fact for a whole batch."""
    named = [UUID(text) for text in event.data["orders"]]
    orders = [one for one in queries.chosen(EVERYTHING, named) if one.state == OrderState.IN_FORCE]
    for response in {one.response for one in orders}:
        mine = [one for one in orders if one.response_id == response.pk]
        take_back([one.supersedes.uuid for one in mine if one.supersedes], event)
        plan_tests(
            response=response, planned=[test for one in mine for test in tests_of(one)], by=SYSTEM, cause=event.uuid
        )
        wanted = [item for one in mine for item in _at_the_door(one)]
        put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def _at_the_door(order: Order) -> list[Wanted]:
    role = protocol(order.protocol).roles[order.role]
    return door_items(order.response, order.person, role, "ordered", order.uuid)
