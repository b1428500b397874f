"""What a received file sets off: its rows are taken in parts, and what each part sets off comes before the next."""

from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.receipts import queries as receipts
from wangge.domains.testing.files import take_part
from wangge.flows.importing import sender

PART = 100  # rows in one transaction: under a second on SQLite, where nobody else writes meanwhile


def follow(event: Event) -> None:
    """Answer ``testing.file_received`` and ``testing.file_part_taken`` for whoever sent the file, with their rights."""
    take_part(
        intake=receipts.named(subject_of(event)), limit=PART, by=sender(event.actor, event.post), cause=event.uuid
    )
