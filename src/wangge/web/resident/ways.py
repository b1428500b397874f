"""A resident chooses how to be told, or says "stop". No account: the address from the desk is the key."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.base.problems import Problem
from wangge.domains.duty.badges import HOTLINE
from wangge.domains.messages import actions, queries
from wangge.domains.messages.actions.ways import digest
from wangge.domains.messages.inputs import read_ways
from wangge.domains.messages.models import ContactChoice
from wangge.domains.messages.words import CHANNELS, LANGUAGES
from wangge.web.problems import by_field
from wangge.web.resident.ask import NOBODY

FLAGS = ("no_sms", "no_voice", "no_email", "no_call")
STOPPED = {"no_sms": "on", "no_voice": "on", "no_email": "on"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: HttpRequest, secret: str) -> HttpResponse:
    """The form, or with ``step`` stop no machine's message any more: what concerns them alone comes by a call."""
    one, problem = queries.choice_with(digest(secret)), None
    if one is None:
        return render(request, "wangge/resident/ways_gone.html", {"hotline": HOTLINE}, status=404)
    if request.method == "POST":
        try:
            actions.choose_ways(
                person=one.person, response=one.response, ways=read_ways(_typed(request, one)), by=NOBODY, through=one
            )
            messages.success(request, _("Noted. Every message from now on goes this way."))
            return redirect("ways", secret)
        except Problem as error:
            problem = error
    context = form_of(one, request.POST if problem else None, problem)
    context |= {"response": one.response, "hotline": HOTLINE}
    return render(request, "wangge/resident/ways.html", context, status=422 if problem else 200)


def _typed(request: HttpRequest, one: ContactChoice) -> Mapping[str, Any]:
    if request.POST.get("step") != "stop":
        return request.POST
    return {**_known(one), **STOPPED, "chosen": ""}


def _known(one: ContactChoice | None) -> dict[str, Any]:
    """What was chosen so far, as the form would say it."""
    if one is None:
        return {"language": "zh-Hans", "chosen": ""}
    flags = {name: "on" for name in FLAGS if getattr(one, name)}
    return {"language": one.language, "chosen": one.chosen, **flags, **queries.said_of(one)}


def form_of(one: ContactChoice | None, typed: Mapping[str, Any] | None, problem: Problem | None) -> dict[str, Any]:
    """What the form shows: at the desk and on a resident's own phone the same."""
    said = typed if typed is not None else _known(one)
    errors = by_field(problem) if problem else {}
    refuse = {
        "no_sms": _("no text messages"), "no_voice": _("no machine voice"), "no_email": _("no e-mail"),
        "no_call": _("no calls: somebody comes to the door"),
    }  # fmt: skip
    helps = {
        "sms": _("for whoever reads, also where somebody hears badly"),
        "voice": _("a machine reads it aloud, for whoever sees badly"),
        "call": _("a person of the community calls, for whoever has no smartphone"),
    }
    return {
        "languages": [(key, word, said.get("language") == key) for key, word in LANGUAGES.items()],
        "channels": [("", _("as it fits"), "", not said.get("chosen"))]
        + [(key, word, helps.get(key, ""), said.get("chosen") == key) for key, word in CHANNELS.items()],
        "refuse": [(name, word, bool(said.get(name))) for name, word in refuse.items()],
        "said": {name: said.get(name, "") for name in ("phone", "whose", "email")}, "errors": errors,
        "whole": " ".join(text for texts in errors.values() for text in texts),
        "from_door": bool(one and one.from_door),
        "stopped": bool(one and one.no_sms and one.no_voice and one.no_email),
    }  # fmt: skip
