"""Asking: a form, a page that says what it would mean, then the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.asking import actions, queries
from wangge.domains.asking.models import Ask
from wangge.domains.asking.queries.bank import conditions
from wangge.domains.asking.rules import AskState
from wangge.domains.asking.saying import language, question_words
from wangge.domains.protocol.queries import in_force
from wangge.web.access import Asked, needs
from wangge.web.asks import wishing
from wangge.web.asks.wishing import Typed
from wangge.web.asks.words import row_of
from wangge.web.command.here import name_of, uuid_of
from wangge.web.field.cards import day_hour
from wangge.web.problems import by_field


@needs(Right.ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """``step``: 'check' shows what it would mean, 'send' sends it, 'change' goes back to the form."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    typed = wishing.typed_in(request)
    if step not in ("check", "send"):
        return _form(request, typed)
    try:
        wish = wishing.read_wish(request, typed)
        return _sent(request, wish, typed) if step == "send" else _check(request, wish, typed)
    except (Problem, Problems) as problem:
        return _form(request, typed, problem)


def _sent(request: Asked, wish: actions.Wish, typed: Typed) -> HttpResponse:
    chosen = typed.texts["superior"]
    superior = next((one for one in wishing.superiors(request) if str(one.uuid) == chosen), None)
    ask = actions.send_ask(wish=wish, by=request.by, superior=superior, uuid=uuid_of(typed.texts["uuid"]))
    if ask.state == AskState.PROPOSED:
        said = _("It waits for %(post)s, who confirms it or points to the ask that exists.")
        messages.info(request, said % {"post": ask.superior.title if ask.superior else ""})
    else:
        messages.success(request, _("Sent. What was known is counted; the rest is on the lists of the doors."))
    return redirect("ask-page", ask.uuid)


def _check(request: Asked, wish: actions.Wish, typed: Typed) -> HttpResponse:
    """What it would mean, in figures, before anything is sent."""
    estimate, covering = actions.estimate(wish=wish, by=request.by)
    asked, refuses = queries.questions(wish.questions), any(covering.values())
    people = any(one.subject == "person" for one in asked)
    context = {
        "wish": wish, "where": name_of(wish.area), "estimate": estimate, "left": estimate.total - estimate.known,
        "hours": round(estimate.minutes / 60), "people": people, "typed": typed.pairs,
        "questions": [question_words(one) for one in asked],
        "covering": [_covered(one, asked) for one, takes_all in covering.items() if takes_all],
        "beside": [_covered(one, asked) for one, takes_all in covering.items() if not takes_all],
        "superiors": wishing.superiors(request) if refuses else [], "deadline": day_hour(wish.deadline),
        "ends": day_hour(wish.ends_at), "ground": wish.ground or wish.response.ground,
        "saves_lives": in_force(wish.response).saves_lives,
    }  # fmt: skip
    return render(request, "wangge/asks/check.html", context)


def _covered(ask: Ask, asked: list[Any]) -> dict[str, Any]:
    """An ask that collects some of it already, with which questions and how far it is."""
    mine = {one.pk for one in asked}
    both = [question_words(one) for one in queries.questions_of(ask) if one.pk in mine]
    return {**row_of(ask, queries.sums(ask, "")), "both": both, "purpose": ask.purpose}


def _form(request: Asked, typed: Typed, problem: Problem | Problems | None = None) -> HttpResponse:
    errors = by_field(problem) if problem else {}
    texts = wishing.by_default(request) | {name: text for name, text in typed.texts.items() if text}
    responses = wishing.open_in(request)
    context = {
        "typed": texts, "errors": errors, "whole": errors.get("", []), "responses": responses,
        "areas": wishing.areas(request), "parts": wishing.questions(typed.names), "uuid": texts.get("uuid") or uuid7(),
        "conditions": conditions(language()), "narrowed": any(typed.texts[name] for name in wishing.NARROWED),
        "page_back": reverse("asks"),
    }  # fmt: skip
    return render(request, "wangge/asks/new.html", context, status=422 if problem else 200)
