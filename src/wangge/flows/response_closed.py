"""What closing a Response sets off: orders, asks, zones, checkpoints end; open visits and tests are taken back."""

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.asking.actions import close_of_response
from wangge.domains.checkpoints import actions as checkpoints
from wangge.domains.help import holding as help_
from wangge.domains.isolation.actions import end_orders_in
from wangge.domains.medicine.actions import moving
from wangge.domains.messages import actions as messages
from wangge.domains.protocol import queries
from wangge.domains.reception import actions as reception
from wangge.domains.supplies.actions import giving
from wangge.domains.testing.actions import withdraw_tests_in
from wangge.domains.transfer import actions as transfer
from wangge.domains.work.actions import withdraw_items_in
from wangge.domains.zones import actions as zones
from wangge.flows import fixtures, sensors


def follow(event: Event) -> None:
    """Answer ``protocol.response_closed``."""
    response = queries.response(subject_of(event))
    close_of_response(response=response, by=SYSTEM)
    checkpoints.close_of_response(response=response, by=SYSTEM, cause=event.uuid)
    help_.end_of_response(response=response, by=SYSTEM, cause=event.uuid)
    zones.end_of_response(response=response, by=SYSTEM, cause=event.uuid)
    reception.end_of_response(response=response, by=SYSTEM, cause=event.uuid)
    transfer.end_in(response=response, by=SYSTEM, cause=event.uuid)
    sensors.closed(response.uuid, event.uuid)
    fixtures.closed(response.uuid, event.uuid)
    end_orders_in(response=response, by=SYSTEM, cause=event.uuid)
    withdraw_tests_in(response=response, by=SYSTEM, cause=event.uuid)
    messages.close_of_response(response=response, by=SYSTEM, cause=event.uuid)
    giving.end_of_response(response=response, by=SYSTEM, cause=event.uuid)
    moving.end_of_response(response=response, by=SYSTEM, cause=event.uuid)
    withdraw_items_in(response=response, by=SYSTEM, cause=event.uuid)
