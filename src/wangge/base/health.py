"""How the worker does, from indexes alone: cheap enough to be asked every few seconds."""

from datetime import timedelta

from wangge.base import clock
from wangge.base.events.models import FlowRun, WorkerSign

FORGET = timedelta(days=1)  # a sign without a worker behind it


def sign(name: str) -> None:
    """A worker says that it lives; signs of processes that are long gone are taken away."""
    now = clock.now()
    WorkerSign.objects.update_or_create(name=name, defaults={"seen_at": now})
    WorkerSign.objects.filter(seen_at__lt=now - FORGET).delete()


def leave(name: str) -> None:
    """A worker that stops in order takes its sign with it."""
    WorkerSign.objects.filter(name=name).delete()


def seen() -> float | None:
    """Seconds since a worker looked last; None when none ever did, or all have stopped in order."""
    last = WorkerSign.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return None if last is None else max(0.0, (clock.now() - last).total_seconds())


def oldest_wait() -> float:
    """Seconds that the oldest run which may be done now has been waiting; 0 when nothing waits."""
    now = clock.now()
    ready = FlowRun.objects.filter(state=FlowRun.State.WAITING, not_before__lte=now).order_by("not_before")
    first = ready.values_list("not_before", flat=True).first()
    return 0.0 if first is None else max(0.0, (now - first).total_seconds())


def failed() -> int:
    """Runs that were given up; ``wangge check`` names them."""
    return FlowRun.objects.filter(state=FlowRun.State.FAILED).count()
