"""What closing a Response sets off: its orders, asks and checkpoints end, its open visits and tests are taken back."""

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.asking.actions import close_of_response
from wangge.domains.checkpoints import actions as checkpoints
from wangge.domains.isolation.actions import end_orders_in
from wangge.domains.protocol import queries
from wangge.domains.testing.actions import withdraw_tests_in
from wangge.domains.work.actions import withdraw_items_in


def follow(event: Event) -> None:
    """Answer ``protocol.response_closed``."""
    response = queries.response(subject_of(event))
    close_of_response(response=response, by=SYSTEM)
    checkpoints.close_of_response(response=response, by=SYSTEM, cause=event.uuid)
    end_orders_in(response=response, by=SYSTEM, cause=event.uuid)
    withdraw_tests_in(response=response, by=SYSTEM, cause=event.uuid)
    withdraw_items_in(response=response, by=SYSTEM, cause=event.uuid)
