"""What an event is about, for the flows that answer it."""

from uuid import UUID

from wangge.base.events.models import Event


def subject_of(event: Event) -> UUID:
    """The id of the thing the fact is about. Raises ValueError for a fact about nothing: a mistake in a verb."""
    if event.subject is None:
        raise ValueError(f"{event.kind} {event.uuid} has no subject")
    return event.subject
