"""Named reads of the log: what a thing's facts set off, by cause and cause of cause, and how far that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from wangge.base.events.models import Event, FlowRun

DEPTH = 12  # causes of causes; the flows need three


def about(subject: UUID) -> list[Event]:
    """The facts about one thing, the oldest first."""
    return list(Event.objects.filter(subject=subject).order_by("id"))


def of_kind(kind: str, subjects: Iterable[UUID]) -> list[Event]:
    """The facts of one kind about any of these things, the oldest first."""
    return list(Event.objects.filter(kind=kind, subject__in=list(subjects)).order_by("id"))


def caused_by(events: Iterable[Event]) -> list[Event]:
    """Everything that followed from these facts, the oldest first: one query for each step of the chain."""
    found: dict[int, Event] = {}
    level = [event.uuid for event in events]
    for _ in range(DEPTH):
        new = [one for one in Event.objects.filter(cause__in=level) if one.pk not in found]
        if not new:
            break
        found.update({one.pk: one for one in new})
        level = [one.uuid for one in new]
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many runs wait, failed for good and are done. ``error`` is the class and place of the first failure."""

    waiting: int
    failed: int
    done: int
    error: str = ""


def progress(events: Sequence[Event]) -> Progress:
    """How far what these facts set off is worked out."""
    runs = list(FlowRun.objects.filter(event__in=list(events)).order_by("id"))
    failed = [run for run in runs if run.state == FlowRun.State.FAILED]
    done = sum(run.state == FlowRun.State.DONE for run in runs)
    return Progress(len(runs) - len(failed) - done, len(failed), done, failed[0].error if failed else "")
