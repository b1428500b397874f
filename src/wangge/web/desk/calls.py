"""The call list: whom, what to say, the number on a tap that is put on record, and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import Scope
from wangge.base.ids import uuid7
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.messages import actions, queries
from wangge.domains.messages.actions.calling import CALLERS
from wangge.domains.messages.composing import Composer
from wangge.domains.messages.inputs import read_outcome
from wangge.domains.messages.models import Message
from wangge.domains.messages.rules import State, to_the_door
from wangge.domains.messages.templates import Form, Unfilled
from wangge.domains.messages.words import LANGUAGES, OUTCOMES, PURPOSES, WHYS
from wangge.domains.people.queries import details
from wangge.domains.places.queries import full_label, labels
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.problems import by_field

PAGE = 30


def _scope(by: By) -> Scope:
    """Wherever one of the two rights is held."""
    found = Scope()
    for right in CALLERS:
        found = found | by.scope(right) if by.may(right) else found
    return found


@needs(*CALLERS)
@require_safe
def calls(request: Asked) -> HttpResponse:
    """Whoever is to be called now, lives first; each person once, names masked."""
    scope = _scope(request.by)
    page = Paginator(queries.calls(scope), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    where = labels([one.person.home for one in found])
    rows = [
        {
            "uuid": one.uuid, "name": mask_name(one.person.name), "place": where[one.person.home_id],
            "purpose": PURPOSES[one.purpose], "why": WHYS[one.why][0], "life_saving": one.life_saving,
            "door": _to_the_door(one), "unanswered": one.unanswered,
        }
        for one in found
    ]  # fmt: skip
    context = {"page": page, "rows": rows, "later": queries.later(scope)}
    return render(request, "wangge/desk/calls.html", context)


def _to_the_door(one: Message, *, no_call: bool = False) -> bool:
    return to_the_door(
        number=one.via_id is not None, no_call=no_call, unanswered=one.unanswered, wrong_number=one.wrong_number
    )


@needs(*CALLERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: Asked, uuid: UUID) -> HttpResponse:
    """One person: what to say; ``step`` number shows whom to dial and is put on record; else what came of it."""
    one = queries.call(_scope(request.by), uuid)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=one.person.uuid, reason="call list")
    if request.method != "POST":
        return _page(request, one, None)
    if request.POST.get("step") == "number":
        log_look(by=request.by, kind=AccessLog.Kind.REVEALED, person=one.person.uuid, reason="call list")
        return _page(request, one, None, revealed=True)
    try:
        typed, outcome = read_outcome(request.POST)
        actions.note_call(message=one, outcome=outcome, by=request.by, uuid=typed)
    except Problem as problem:
        return _page(request, one, problem)
    messages.success(request, _("Noted. The next person stands at the top."))
    return redirect("calls")


def _page(request: Asked, one: Message, problem: Problem | None, *, revealed: bool = False) -> HttpResponse:
    open_ = queries.open_for(one.person, one.response)
    choice = queries.choice(one.person, one.response)
    composer = Composer([*open_, one])
    context = {
        "one": one, "name": one.person.name, "place": full_label(one.person.home), "scripts": _scripts(composer, open_),
        "language": LANGUAGES[composer.language(one)], "why": WHYS[one.why], "settled": not open_,
        "door": _to_the_door(one, no_call=bool(choice and choice.no_call)) and one.state == State.CALLS,
        "asked_for": _asked_for(one), "numbers": _numbers(one, composer) if revealed else [], "revealed": revealed,
        "has_number": one.via_id is not None, "outcomes": list(OUTCOMES.items()), "uuid": uuid7(),
        "calls": [(moment(each.at), OUTCOMES[each.outcome]) for each in queries.called(one.person, one.response)],
        "errors": by_field(problem) if problem else {}, "page_back": reverse("calls"),
    }  # fmt: skip
    return render(request, "wangge/desk/call.html", context, status=422 if problem else 200)


def _scripts(composer: Composer, rows: list[Message]) -> list[str]:
    """What to say, each message once, in the person's language."""
    found: dict[str, None] = {}
    for row in rows:
        try:
            tongue = composer.language(row)
            found[composer.marked(row, composer.said(row, Form.CALL, tongue), tongue)] = None
        except Unfilled:
            continue
    return list(found)


def _asked_for(one: Message) -> str:
    """Whose phone it is, where it is not their own."""
    whose = queries.said_of(queries.choice(one.person, one.response)).get("whose", "")
    return whose or (one.via.name if one.via and one.via_id != one.person_id else "")


def _numbers(one: Message, composer: Composer) -> list[tuple[str, str]]:
    """Whom to dial: what they chose, then the register's, then the home's."""
    said = queries.said_of(queries.choice(one.person, one.response))
    found: list[tuple[str, str]] = [(said.get("whose", ""), said["phone"])] if said.get("phone") else []
    for who in filter(None, (one.person, one.via)):
        known: dict[str, Any] = details(who)
        found += [(who.name, str(number)) for number in (known.get("phone"), *known.get("phones", ())) if number]
    return list({number: (whose, number) for whose, number in reversed(found)}.values())[::-1]
