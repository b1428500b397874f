"""A household that cannot keep apart isolates as a whole, once the authority has confirmed it, and no longer."""

from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.isolation import queries
from wangge.domains.isolation.household import rooms, said_of
from wangge.domains.isolation.models import Order
from wangge.domains.people.queries import at_home
from wangge.flows.consequences import follow_through


def follow(event: Event) -> None:
    """Answer ``isolation.rooms_told``: for those who live there an order is proposed, or falls."""
    told = rooms(subject_of(event))
    follow_through(told.response, at_home(told.home), event)


def let_go(event: Event) -> None:
    """Answer ``isolation.order_withdrawn``: what hung on an order of somebody of the household alone falls with it."""
    others_follow(queries.order(EVERYTHING, subject_of(event)), event)


def others_follow(order: Order, event: Event) -> None:
    """Look again at those who live with somebody whose order is over before its term."""
    if said_of(order.person.home, order.response):
        others = [one for one in at_home(order.person.home) if one.pk != order.person_id]
        follow_through(order.response, others, event)
