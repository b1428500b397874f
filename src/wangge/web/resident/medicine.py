"""Whoever asked for medicine sees where it is, who has it and until when; says that it is there, or that it is not."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.base.ids import uuid7
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import moving
from wangge.domains.medicine.inputs import read_uuid
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import DONE, Move, State, leads
from wangge.domains.medicine.words import STATES
from wangge.domains.protocol.queries import response
from wangge.sentences import sentence
from wangge.web.desk.medicine import left_words
from wangge.web.desk.words import moment
from wangge.web.resident.ask import NOBODY


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, secret: str) -> HttpResponse:
    """The page, and its three buttons. The name of the medicine does not stand here: an address can be lost."""
    one = queries.by_secret(secret)
    if one is None:
        return render(request, "wangge/resident/medicine_gone.html", {"hotline": HOTLINE}, status=404)
    if request.method == "POST":
        _do(request, one)
        return redirect("medicine-told", secret)
    answers = one.raised_to or one.post
    context: dict[str, Any] = {
        "one": one, "name": mask_name(one.person.name), "state": STATES[one.state], "left": left_words(one),
        "due": moment(one.due_at), "until": moment(one.until) if one.until else "", "office": answers.title,
        "phone": office_of(answers), "path": _path(one), "uuid": uuid7(), "response": response(one.response),
        "brought": one.state == State.DELIVERED, "may_deny": leads(Move.NOT_RECEIVED, State(one.state)),
        "waits": one.ended_at is None and one.state != State.DELIVERED, "done": State(one.state) in DONE,
        "nudged": moment(one.nudged_at) if one.nudged_at else "",
    }  # fmt: skip
    return render(request, "wangge/resident/medicine.html", context)


def _path(one: Need) -> list[dict[str, str]]:
    """When it came where; whose hand it was in stands on the desk's page."""
    return [{"when": moment(step.at), "what": str(STATES[step.state])} for step, _said in queries.steps(one)]


def _do(request: HttpRequest, one: Need) -> None:
    act = DO.get(request.POST.get("do", ""))
    try:
        if act is None:
            raise Problem("move_not_now")
        messages.success(request, act(request, one))
    except Problem as problem:
        messages.error(request, sentence(problem))


def _received(request: HttpRequest, one: Need) -> str:
    proxy = request.POST.get("do") == "proxy"
    moving.receive(need=one, by=NOBODY, own=True, proxy=proxy, uuid=read_uuid(request.POST.get("uuid")))
    return _("Thank you. It is closed. If something is wrong with it, say so here.")


def _denied(request: HttpRequest, one: Need) -> str:
    moving.not_received(need=one, by=NOBODY, own=True, uuid=read_uuid(request.POST.get("uuid")))
    return _("It is open again, and the level above knows.")


def _nudged(_request: HttpRequest, one: Need) -> str:
    moving.nudge(need=one, by=NOBODY)
    return _("Your community sees that you wait.")


DO: Mapping[str, Callable[[HttpRequest, Need], str]] = {
    "received": _received, "proxy": _received, "denied": _denied, "nudge": _nudged,
}  # fmt: skip
