"""One request for help: what was said, what happened, and what can be said or done next."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.asking.actions.looking import look_at_answers
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.queries.doors import KNOWLEDGE, about_door
from wangge.domains.asking.saying import answer_words, question_words
from wangge.domains.duty.seating import titles
from wangge.domains.help import actions, queries
from wangge.domains.help.inputs import text
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import LIVE, Act, Away, Noted, State, missing
from wangge.domains.help.terms import terms
from wangge.domains.help.words import AWAY, CHANNELS, NOTES, STATES, WHOM
from wangge.domains.medicine.queries import voiced
from wangge.domains.medicine.rules import Source
from wangge.domains.people.queries import door_of
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.places.queries.scoped import touched
from wangge.domains.protocol.queries import response
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.desk.help import SEES, kind_words, scope_of
from wangge.web.desk.words import moment

#: What can be said on the page, by the state in which it is offered: value, label.
OFFERS: dict[str, tuple[tuple[str, Callable[[], str]], ...]] = {
    State.ASKING: (
        ("confirm", lambda: _("Asked them: they want it")), ("decline", lambda: _("Asked them: they do not want it")),
        ("no_answer", lambda: _("Called, nobody answered")),
    ),
    State.OPEN: (
        ("answered", lambda: _("Spoke to them: it comes in time")), ("no_answer", lambda: _("Called, nobody answered")),
        ("do", lambda: _("It is done")),
    ),
    State.DONE: (
        ("receive", lambda: _("They say: received")), ("not_helped", lambda: _("They say: not helped")),
        ("no_answer", lambda: _("Called, nobody answered")), ("not_reached", lambda: _("End it, not confirmed")),
    ),
    State.UNCONFIRMED: (("receive", lambda: _("They say: received")),),
}  # fmt: skip


@needs(*SEES)
@never_cache
@require_safe
def request_page(request: Asked, uuid: UUID) -> HttpResponse:
    """All of one request. A look, put on record."""
    one = queries.request(scope_of(request), uuid)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"help:{uuid}")
    return _page(request, one, "", 200)


def _page(request: Asked, one: HelpRequest, wrong: str, status: int) -> HttpResponse:
    term, noted = terms().kinds.get(one.kind), queries.noted(one)
    child = bool(term and term.child)
    doors = queries.doors_meant(one, scope_of(request)) if one.state in LIVE and not one.public else []
    where = labels(doors)
    context = {
        "one": one, "kind": kind_words(one.kind), "facts": _facts(one), "state": STATES[one.state], "wrong": wrong,
        "offers": [(value, label()) for value, label in OFFERS.get(one.state, ())], "history": _history(one),
        "live": one.state in LIVE, "away": list(AWAY.items()), "child": child and one.state in LIVE,
        "missing": missing(child=child, noted=noted), "response": response(one.response),
        "doors": [(str(each.uuid), where[each.pk]) for each in doors if door_of(each).pk != one.door_id],
        "page_back": reverse("help-requests"), "need": voiced(Source.HELP, one.uuid), "needs": _needs(request, one),
    }  # fmt: skip
    return render(request, "wangge/desk/help_request.html", context, status=status)


def _facts(one: HelpRequest) -> list[tuple[str, Any]]:
    said, post = queries.details(one), queries.holders([one]).get(one.pk)
    rows = [
        (_("Number"), str(one.uuid)[-8:]),
        (pgettext("help", "Asked"), f"{moment(one.received_at)} · {CHANNELS[one.channel]}"),
        (pgettext("help", "For whom"), WHOM[one.whom] if not one.public else ""),
        (_("Looks after the child"), said.get("guardian")),
        (pgettext("help", "Door"), full_label(one.door) if one.door else ""), (_("Place"), full_label(one.place)),
        (_("Where, as written"), said.get("where")), (_("Phone"), said.get("phone")),
        (_("In words"), said.get("words")), (pgettext("help", "Point"), said.get("point")),
        (_("Picture kept by the other system"), said.get("media")),
        (_("Who has it"), post.title if post else ""), (_("Answered by"), moment(one.answer_by)),
        (pgettext("help", "Until when"), moment(one.due_at)), (_("Turned away"), AWAY[one.away] if one.away else ""),
        (_("Times promised under"), f"{one.edition} · {one.clause}"),
    ]  # fmt: skip
    return [(str(term), value) for term, value in rows if value]


def _needs(request: Asked, one: HelpRequest) -> list[tuple[str, str]]:
    """What one should know at its door: hard of hearing, needs carrying. Noted once; the look is on record."""
    if one.door is None or not request.by.may(Right.WORK_DOORS):
        return []
    found = list(about_door(request.by.scope(Right.WORK_DOORS), one.door, KNOWLEDGE))
    look_at_answers(answers=found, by=request.by)
    return [(question_words(each.question), answer_words(each.question, value_of(each))) for each in found]


def _history(one: HelpRequest) -> list[dict[str, Any]]:
    notes = queries.history(one)
    posts = titles(note.post for note in notes if note.post)
    return [
        {
            "when": moment(note.at),
            "what": NOTES[note.kind],
            "clause": queries.note_words(note),
            "who": posts.get(note.post, "") if note.post else "",
        }
        for note in notes
    ]


@needs(*SEES)
@require_POST
def say(request: Asked, uuid: UUID) -> HttpResponse:
    """A step, or a line of its history."""
    one = queries.request(scope_of(request), uuid)
    try:
        _said(request, one)
    except Problem as problem:
        return _page(request, one, sentence(problem), 422)
    messages.success(request, _("Noted."))
    return redirect("help-request", uuid)


def _said(request: Asked, one: HelpRequest) -> None:
    """Raises Problem."""
    typed = request.POST.dict()
    word = typed.get("say", "")
    if (act := member(Act, word)) is not None and act is not Act.END:
        away = member(Away, typed.get("away", ""))
        actions.say(request=one, act=act, by=request.by, away=away)
    elif member(Noted, word) in (Noted.ANSWERED, Noted.NO_ANSWER, Noted.CARER, Noted.REPORTED, Noted.WORDS):
        actions.note(request=one, kind=Noted(word), by=request.by, words=text(typed, "words"))
    else:
        raise Problem("help_step")


@needs(*SEES)
@require_POST
def door(request: Asked, uuid: UUID) -> HttpResponse:
    """Put it to a door that it may mean."""
    one = queries.request(scope_of(request), uuid)
    try:
        home = touched(scope_of(request), UUID(request.POST.get("door", "")))
        actions.put_to_door(request=one, door=door_of(home), by=request.by)
    except (ValueError, Place.DoesNotExist):
        return _page(request, one, sentence(Problem("help_door")), 422)
    except Problem as problem:
        return _page(request, one, sentence(problem), 422)
    messages.success(request, _("It is at its door now."))
    return redirect("help-request", uuid)
