"""What a list handed down sets off: its rows are matched in parts; what is over at a door ends its rows."""

from django.db import transaction

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.lists import actions, queries
from wangge.flows.importing import sender

#: Facts whose subject is the task they are about; the others may be about many.
OF_A_TASK = frozenset({"work.attempt_recorded", "work.task_settled", "work.difference_settled"})


@transaction.atomic
def read_on(event: Event) -> None:
    """Answer ``lists.list_received`` and ``lists.part_read`` for whoever sent the list, with their rights."""
    one = queries.named(subject_of(event))
    if one is None:  # it was thrown away meanwhile
        return
    by = sender(event.actor, event.post) if event.actor else SYSTEM  # the command acts for the installation
    actions.read_on(list_=one, by=by, cause=event.uuid)


@transaction.atomic
def settle(event: Event) -> None:
    """Answer what ends things at doors: rows that waited for them end, with outcome, checker and time."""
    task = subject_of(event) if event.kind in OF_A_TASK else None
    actions.settle_rows(by=SYSTEM, task=task, cause=event.uuid)
