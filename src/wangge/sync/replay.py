"""What a phone's commands do: the inputs and verbs of the pages, by kind."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.problems import Problem, Problems
from wangge.base.worker import reason_of
from wangge.domains.asking import filling
from wangge.domains.asking.saying import language
from wangge.domains.duty.models import Account
from wangge.domains.people.queries import person
from wangge.domains.phones.actions import Refused, Replayed
from wangge.domains.phones.inputs import UNREADABLE, Sent
from wangge.domains.phones.queries import held_then
from wangge.domains.phones.rules import happened
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.differing import kept_beside, kept_since
from wangge.domains.work.inputs import read_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.queries import door_of_task
from wangge.domains.work.rules import Channel
from wangge.sentences import by_field, of_faults, sentence
from wangge.sync import checkpoints
from wangge.sync.checkins import checked_in

log = logging.getLogger("wangge.sync")


@dataclass(frozen=True, slots=True)
class Visit:
    """A command at a door: whose task, when, and who acts with which right to it."""

    sent: Sent
    task: Task
    at: datetime
    by: By


Handler = Callable[[Sent, Account, By], Replayed]


def attempt(sent: Sent, account: Account, by: By) -> Replayed:
    """What came of a try at a door or by phone."""
    visit = _visit(sent, account, by)
    typed = read_attempt({name: str(value) for name, value in sent.data.items() if value is not None} | {"at": ""})
    who = person(EVERYTHING, typed.person) if typed.person else None
    done = record_attempt(
        task=visit.task, outcome=typed.outcome, channel=typed.channel, by=visit.by, person=who, at=visit.at,
        uuid=sent.uuid,
    )  # fmt: skip
    return Replayed(visit.task.door, visit.at, kept_beside(done))


def answers(sent: Sent, account: Account, by: By) -> Replayed:
    """A door's form, judged again as it was opened."""
    visit = _visit(sent, account, by)
    begun = clock.now()
    at = filling.opened(visit.task, str(sent.data.get("put", "")))
    channel = Channel.PHONE if sent.data.get("channel") == Channel.PHONE else Channel.DOOR
    form = filling.Sent(str(sent.data.get("xml", "")).encode(), channel, sent.uuid, visit.at)
    taken = filling.take(at=at, sent=form, scope=visit.by.scope(Right.WORK_DOORS), by=visit.by)
    if taken.wrong:
        words = of_faults(at.form.questionnaire, taken.wrong, language())
        raise Refused("answers_wrong", words, visit.task.door)
    differs = any(one.disputed for one in taken.done) or kept_since(visit.task, begun, account.uuid)
    return Replayed(visit.task.door, filling.bounded(visit.at, at.opened), differs)


HANDLERS: Mapping[str, Handler] = {
    "attempt": attempt, "answers": answers, "venue.check_in": checked_in, **checkpoints.HANDLERS,
}  # fmt: skip


def replay(sent: Sent, account: Account, by: By) -> Replayed:
    """Run a command. Raises Refused with words for everything that a person can do something about, and for a mistake
    of ours too: it is kept, and no phone sends it for ever. OperationalError goes on: nothing was recorded."""
    try:
        handler = HANDLERS.get(sent.kind)
        if handler is None:
            raise Problem("command_unreadable" if sent.kind == UNREADABLE else "kind_unknown")
        return handler(sent, account, by)
    except (Problem, Problems) as problem:
        first = problem.problems[0] if isinstance(problem, Problems) else problem
        raise Refused(first.code, " ".join(t for texts in by_field(problem).values() for t in texts)) from problem
    except NotAllowed as error:
        raise Refused("not_your_door", sentence(Problem("not_your_door"))) from error
    except (Refused, OperationalError):
        raise
    except Exception as error:
        log.error("a command of kind %s failed: %s", sent.kind, reason_of(error))
        raise Refused("command_failed", sentence(Problem("command_failed"))) from error


def _visit(sent: Sent, account: Account, by: By) -> Visit:
    """The task, wherever it is now: closed, withdrawn or another's, what was done there while this phone held it counts
    as what it is. Raises Problem."""
    try:
        one = door_of_task(sent.task) if sent.task else None
    except ObjectDoesNotExist:
        one = None
    if one is None:
        raise Problem("task_gone")
    at = happened(sent.at, sent.clocks, one.opened_at, clock.now())
    if by.may(Right.WORK_DOORS) and by.scope(Right.WORK_DOORS).covers(one.door.path, one.door.grid_id):
        return Visit(sent, one, at, by)
    if not held_then(account, one.uuid, at):
        raise NotAllowed(Right.WORK_DOORS)
    here = Scope(prefixes=(one.door.path,))
    return Visit(sent, one, at, By(account=by.account, post=by.post, scopes={Right.WORK_DOORS: here}))
