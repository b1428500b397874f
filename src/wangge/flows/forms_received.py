"""What follows filled-in forms that were taken in: their answers become facts, each form alone."""

from wangge.base.events.models import Event
from wangge.domains.asking.inbox.recording import record_batch


def follow(event: Event) -> None:
    """Answer ``asking.forms_received``."""
    record_batch(batch=event.uuid)
