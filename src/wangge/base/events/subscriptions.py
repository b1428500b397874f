"""Which flow answers which fact. Filled once, at start, from ``flows/registry.py``."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from wangge.base.events.models import Event

Flow = Callable[[Event], None]
Alarm = Callable[[datetime], None]

_flows: dict[str, tuple[Flow, ...]] = {}
_alarms: list[Alarm] = []


def connect(flows: Mapping[str, Sequence[Flow]], alarms: Sequence[Alarm]) -> None:
    """Replace the table. An alarm is asked every few seconds whether the clock has made something a fact."""
    _flows.clear()
    _flows.update({kind: tuple(answers) for kind, answers in flows.items()})
    _alarms[:] = alarms


def name_of(flow: Flow) -> str:
    """'positive_result.follow': stable across restarts, it is what a run row stores."""
    return f"{flow.__module__.rpartition('.')[2]}.{flow.__name__}"


def answers_to(kind: str) -> tuple[Flow, ...]:
    return _flows.get(kind, ())


def alarms() -> tuple[Alarm, ...]:
    return tuple(_alarms)


def find(name: str, kind: str) -> Flow | None:
    return next((flow for flow in answers_to(kind) if name_of(flow) == name), None)
