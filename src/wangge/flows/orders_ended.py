"""What the end of orders sets off: open tests and visits that hang on them are taken back."""

from uuid import UUID

from wangge.base.events.models import Event
from wangge.flows.consequences import take_back


def follow(event: Event) -> None:
    """Answer ``isolation.orders_ended``."""
    take_back([UUID(text) for text in event.data["orders"]], event)
