"""What a checkpoint's phone sends: shifts, passes, lines of the register, people in need; by the street's verbs."""

from collections.abc import Callable, Mapping
from datetime import datetime

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed
from wangge.base.problems import Problem
from wangge.domains.checkpoints import actions, inputs
from wangge.domains.checkpoints.models import Shift
from wangge.domains.duty.models import Account
from wangge.domains.phones.actions import Replayed
from wangge.domains.phones.inputs import Sent
from wangge.domains.phones.rules import happened

Does = Callable[[Sent, datetime, By], Shift]


def shift(sent: Sent, at: datetime, by: By) -> Shift:
    """Somebody begins to stand there, or ends."""
    typed = inputs.read_shift(sent.data)
    return (actions.begin_shift if typed.begins else actions.end_shift)(typed=typed, at=at, by=by)


def passed(sent: Sent, at: datetime, by: By) -> Shift:
    return actions.record_pass(uuid=sent.uuid, typed=inputs.read_pass(sent.data), at=at, by=by).shift


def visitor(sent: Sent, at: datetime, by: By) -> Shift:
    return actions.record_line(uuid=sent.uuid, typed=inputs.read_visitor(sent.data), at=at, by=by).shift


def vehicle(sent: Sent, at: datetime, by: By) -> Shift:
    return actions.record_line(uuid=sent.uuid, typed=inputs.read_vehicle(sent.data), at=at, by=by).shift


def emergency(sent: Sent, at: datetime, by: By) -> Shift:
    return actions.record_emergency(typed=inputs.read_emergency(sent.data), at=at, by=by).shift


def _replayed(does: Does) -> Callable[[Sent, Account, By], Replayed]:
    def handler(sent: Sent, account: Account, by: By) -> Replayed:
        at = happened(sent.at, sent.clocks, None, clock.now())
        try:
            one = does(sent, at, by)
        except NotAllowed as error:
            raise Problem("checkpoint_not_yours") from error
        return Replayed(one.checkpoint.place, at)

    return handler


#: By the kind of a command.
HANDLERS: Mapping[str, Callable[[Sent, Account, By], Replayed]] = {
    "checkpoint.shift": _replayed(shift),
    "checkpoint.pass": _replayed(passed),
    "checkpoint.visitor": _replayed(visitor),
    "checkpoint.vehicle": _replayed(vehicle),
    "checkpoint.emergency": _replayed(emergency),
}
