"""What the end of orders sets off: tests and visits that hang on them are taken back; who is free gets a paper."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.isolation import queries
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.releases import OVER
from wangge.domains.people.queries import door_of
from wangge.domains.protocol.queries import protocol, still_open
from wangge.domains.protocol.rules import Where
from wangge.domains.work.actions import Wanted, put_items
from wangge.flows.consequences import take_back

BRING_WITHIN = timedelta(hours=24)  # the person is free without it


def follow(event: Event) -> None:
    """Answer ``isolation.orders_ended``."""
    named = [UUID(text) for text in event.data["orders"]]
    take_back(named, event)
    free = [one for one in queries.chosen(EVERYTHING, named) if _gets_paper(one)]
    for response in {one.response for one in free}:
        if still_open(response):
            mine = [one for one in free if one.response_id == response.pk]
            put_items(response=response, wanted=_papers(mine), by=SYSTEM, cause=event.uuid)


def _gets_paper(order: Order) -> bool:
    """Whoever spent the last days at home gets it at the door; elsewhere it is handed over where they were."""
    stages = list(order.stages.all())
    at_home = bool(stages) and protocol(order.protocol).where(stages[-1].measure) is Where.HOME
    over = order.end_cause in OVER and not order.provisional
    return over and at_home and order.person.died_on is None and order.person.merged_into_id is None


def _papers(orders: Sequence[Order]) -> list[Wanted]:
    due = clock.now() + BRING_WITHIN
    return [Wanted(door_of(one.person.home), "hand_release", one.uuid, due, one.person) for one in orders]
