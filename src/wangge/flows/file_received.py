"""What a received file sets off: its rows are taken in parts, and what each part sets off comes before the next."""

from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.receipts import queries as receipts
from wangge.domains.cases.linelists import taking as lists
from wangge.domains.testing.files import take_part
from wangge.flows.importing import sender

PART = 100  # rows in one transaction: under a second on SQLite, where nobody else writes meanwhile


def follow(event: Event) -> None:
    """Answer ``testing.file_received`` and ``testing.file_part_taken`` for whoever sent the file, with their rights."""
    take_part(
        intake=receipts.named(subject_of(event)), limit=PART, by=sender(event.actor, event.post), cause=event.uuid
    )


def follow_list(event: Event) -> None:
    """Answer ``cases.list_received`` and ``cases.list_part_taken`` in the same way."""
    intake = receipts.named(subject_of(event))
    if receipts.how_many_wait(intake):
        lists.take_part(intake=intake, limit=PART, by=sender(event.actor, event.post), cause=event.uuid)
