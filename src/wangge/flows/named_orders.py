"""Which orders a fact of isolation is about: a batch, the one that was changed, or its subject."""

from uuid import UUID

from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of


def orders_named(event: Event) -> list[UUID]:
    """Their ids, at least one. Raises ValueError for a fact about nothing."""
    if batch := event.data.get("orders"):
        return [UUID(text) for text in batch]
    changed = event.data.get("order")
    return [UUID(changed) if changed else subject_of(event)]
