"""The inbox: commands come in by the fifty, each is answered for good, or later when the server has no time now: one
request of a process replays at a time, for two seconds at most.
"""

import logging
import time
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from wangge.base import clock
from wangge.base.keys import KeyFileBroken
from wangge.base.patience import waiting_at_most
from wangge.base.problems import Problem
from wangge.base.worker import reason_of
from wangge.domains.phones.actions import Answered, take
from wangge.domains.phones.inputs import Sent, content_of, id_of, read_command, read_commands, unreadable
from wangge.domains.phones.models import Command, Phone
from wangge.domains.phones.queries import content_of as kept_of
from wangge.domains.phones.queries import sent_by
from wangge.domains.phones.rules import MOST, Verdict
from wangge.sentences import sentence
from wangge.sync.access import RIGHTS, Phoned, phone, refusal
from wangge.sync.replay import replay
from wangge.sync.turns import WAIT, Turns

log = logging.getLogger("wangge.sync")
SPENT = 2.0  # seconds after which what is left of a request waits for the next
_turns = Turns(1)  # one request at a time replays its commands: each is a transaction that others wait for


@csrf_exempt
@require_POST
def commands(request: HttpRequest) -> HttpResponse:
    """Take commands in the order in which they were made; who sends them is asked once there is time for them."""
    with _turns.one() as mine:
        return _taken(request) if mine else _busy(request, _turns.when())


commands.needs = RIGHTS  # type: ignore[attr-defined]  # read by the test that walks every address


def _busy(request: HttpRequest, after: int) -> HttpResponse:
    try:
        raws = read_commands(content_of(request.body))
    except Problem:
        return refusal(429, "server_busy", retry_after=after)
    return JsonResponse({"answers": [_later(raw, after) for raw in raws]}, headers={"Retry-After": str(after)})


@phone()
def _taken(request: Phoned) -> HttpResponse:
    raws = read_commands(content_of(request.body))
    known = Phone.objects.filter(device=request.device, account=request.account)
    one = known.select_related("device", "account").first()
    if one is None:
        return refusal(403, "phone_unknown")
    return JsonResponse({"answers": _answers(request, one, raws)})


def _answers(request: Phoned, one: Phone, raws: list[Any]) -> list[dict[str, Any]]:
    answers, over, busy = [], time.monotonic() + SPENT, False
    with waiting_at_most(WAIT):
        for raw in raws:
            busy = busy or time.monotonic() > over  # what follows may build on it: the order stays
            answer = None if busy else _answer(request, one, raw)
            busy = answer is None
            answers.append(answer or _later(raw, 1))
    return answers


def _answer(request: Phoned, one: Phone, raw: Any) -> dict[str, Any] | None:
    """One command's answer; None when the server cannot now, and nothing was recorded.

    Whatever else goes wrong with one is final for this one alone: those behind it would wait for ever.
    """
    try:
        sent = _read(raw)
        if sent is None:
            return _refused(raw, Problem("command_unreadable"))
        return _said(take(sent=sent, phone=one, by=request.by, replay=lambda it: replay(it, one.account, request.by)))
    except Problem as problem:
        return _refused(raw, problem)
    except (OperationalError, InterfaceError, OSError, KeyFileBroken) as error:
        log.warning("a phone is asked to send again: %s", reason_of(error))
        return None
    except Exception as error:
        log.error("a command could not be answered: %s", reason_of(error))
        return _refused(raw, Problem("command_failed"))


def _read(raw: Any) -> Sent | None:
    if not isinstance(raw, dict):
        return None
    try:
        return read_command(raw)
    except Problem:
        return unreadable(raw, clock.now())


def _said(answered: Answered) -> dict[str, Any]:
    row = answered.row
    had = answered.again and row.verdict == Verdict.DONE
    words = answered.words or (sentence(Problem(row.code)) if row.code else "")
    return _answer_of(row, Verdict.HAD if had else Verdict(row.verdict), words)


def _answer_of(row: Command, verdict: Verdict, words: str) -> dict[str, Any]:
    return {
        "id": str(row.uuid), "verdict": verdict.value, "code": row.code or None, "words": words,
        "receipt": row.uuid.hex[-8:].upper(), "at": row.at.isoformat(),
    }  # fmt: skip


def _refused(raw: Any, problem: Problem) -> dict[str, Any]:
    return {
        "id": _id(raw), "verdict": Verdict.REFUSED.value, "code": problem.code, "words": sentence(problem),
        "receipt": None,
    }  # fmt: skip


def _later(raw: Any, after: int) -> dict[str, Any]:
    return {
        "id": _id(raw), "verdict": Verdict.LATER.value, "code": "server_busy", "words": "", "receipt": None,
        "retry_after": after,
    }  # fmt: skip


def _id(raw: Any) -> str | None:
    uuid = id_of(raw)
    return str(uuid) if uuid else raw.get("id") if isinstance(raw, dict) and isinstance(raw.get("id"), str) else None


@require_GET
@phone()
def receipts(request: Phoned) -> HttpResponse:
    """What became of one's own commands: of those that are named, else of the latest. Nobody sees another's."""
    named = request.GET.get("ids")
    ids = None if named is None else [uuid for text in named.split(",")[:MOST] if (uuid := id_of({"id": text}))]
    found = sent_by(request.account, ids)[:MOST]
    answers = [_answer_of(row, Verdict(row.verdict), str(kept_of(row).get("words", ""))) for row in found]
    return JsonResponse({"answers": answers})
