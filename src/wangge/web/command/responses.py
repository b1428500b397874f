"""Responses: what is open where and on what ground; what the protocol asks of whom; who may see what, until when."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.duty.rules import RIGHTS
from wangge.domains.duty.words import POSTS
from wangge.domains.duty.words import RIGHTS as RIGHT_WORDS
from wangge.domains.people.models import Person
from wangge.domains.places.queries import full_label
from wangge.domains.protocol import actions, queries
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.opening import read_day, read_edition
from wangge.domains.protocol.rules import Protocol, Role
from wangge.domains.protocol.words import NAMED
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken
from wangge.web.problems import by_field
from wangge.web.signs import listed, phrases

PAGE = 50
SEES = (Right.SEE_BOARD, Right.OPEN_RESPONSE)


@needs(*SEES)
@require_safe
def responses(request: Asked) -> HttpResponse:
    """The Responses that concern one's places, open ones first."""
    found = queries.touching(_scope(request.by))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"response": one, "edition": spoken(queries.in_force(one).label)} for one in page.object_list]
    opens = [{"url": reverse("response-open"), "label": _("Open a Response"), "icon": "plus", "main": True}]
    context = {"page": page, "rows": rows, "actions": opens if request.by.may(Right.OPEN_RESPONSE) else None}
    return render(request, "wangge/command/responses.html", context)


def _scope(by: By) -> Any:
    scopes = [by.scope(right) for right in SEES if by.may(right)]
    return scopes[0] if len(scopes) == 1 else scopes[0] | scopes[1]


def one_of(request: Asked, uuid: UUID) -> Response:
    """A Response that concerns one's places. Raises Response.DoesNotExist otherwise."""
    return queries.touching(_scope(request.by)).get(uuid=uuid)


@needs(*SEES)
@require_safe
def response(request: Asked, uuid: UUID) -> HttpResponse:
    """One Response, as somebody affected by it would ask about it."""
    return _page(request, one_of(request, uuid))


def _page(request: Asked, one: Response, problem: Problem | None = None) -> HttpResponse:
    edition = queries.in_force(one)
    context = {
        "response": one, "area": full_label(one.area), "edition": edition, "label": spoken(edition.label),
        "phases": [_phase(phase.protocol, phase.from_day) for phase in one.phases.all()], "roles": asked_of(edition),
        "sees": _sees(), "named": [NAMED[name] for name in one.named],
        "can_change": not one.closed_at and _may_change(request.by, one), "editions": choices(edition.family),
        "today": clock.today().isoformat(), "errors": by_field(problem) if problem else {},
        "typed": request.POST, "page_back": reverse("responses"),
    }  # fmt: skip
    return render(request, "wangge/command/response.html", context, status=422 if problem else 200)


def _may_change(by: By, one: Response) -> bool:
    return by.may(Right.OPEN_RESPONSE) and by.scope(Right.OPEN_RESPONSE).covers(one.area.path, None)


def _phase(key: str, day: date) -> tuple[str, str]:
    return spoken(queries.protocol(key).label), _long(day)


def _long(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def choices(family: str = "") -> list[dict[str, Any]]:
    """Every edition that ships (of one family when it is named), in order, with the time each was made for."""
    return [
        {
            "key": one.key, "label": spoken(one.label),
            "note": _("from %(start)s to %(end)s") % {"start": _long(one.valid_from), "end": _long(one.valid_to)}
            if one.valid_to else _("from %(start)s on") % {"start": _long(one.valid_from)},
        }
        for one in queries.all_protocols()
        if family in ("", one.family)
    ]  # fmt: skip


def asked_of(edition: Protocol) -> list[dict[str, Any]]:
    """What the protocol asks, role by role, the strictest first."""
    roles = sorted(edition.roles.values(), key=lambda role: -role.rank)
    return [
        {
            "label": spoken(role.label), "quote": spoken(role.quote), "clause": role.clause,
            "asks": [*_measures(edition, role), *_tests(role), *_items(edition, role)],
        }
        for role in roles
    ]  # fmt: skip


def _measures(edition: Protocol, role: Role) -> list[str]:
    return [
        ngettext("%(what)s, %(days)s day", "%(what)s, %(days)s days", one.days)
        % {"what": spoken(edition.word(one.kind)), "days": one.days}
        for one in role.measures
    ]


def _tests(role: Role) -> list[str]:
    days = listed(test.day for test in role.tests)
    tests = [_("tests on days %(days)s") % {"days": days}] if days else []
    return tests + ([_("a re-test within %(hours)g h") % {"hours": role.retest_hours}] if role.retest_hours else [])


def _items(edition: Protocol, role: Role) -> list[str]:
    return [
        _("at the door within %(hours)g h: %(what)s")
        % {"hours": item.within_hours, "what": spoken(edition.word(item.kind))}
        for item in role.items
    ]


def _sees() -> list[tuple[str, str]]:
    """Kinds of post with what each may do, at the places the post covers."""
    return [(str(POSTS[kind]), phrases(RIGHT_WORDS[right] for right in sorted(RIGHTS[kind]))) for kind in RIGHTS]


@needs(Right.OPEN_RESPONSE)
@require_POST
def switch(request: Asked, uuid: UUID) -> HttpResponse:
    """Another edition from a day on; what was decided before keeps its own."""
    one = one_of(request, uuid)
    request.by.need(Right.OPEN_RESPONSE, one.area.path)
    try:
        day = read_day(request.POST.get("from_day", ""))
        edition = read_edition(request.POST, day, drill=one.drill)
        actions.switch_protocol(response=one, protocol=edition.key, from_day=day, by=request.by)
    except Problem as problem:
        return _page(request, one, problem)
    messages.success(request, _("The edition is switched. Decisions made before keep theirs."))
    return redirect("response", uuid)


@needs(Right.OPEN_RESPONSE)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Asked, uuid: UUID) -> HttpResponse:
    """Close a Response: first the sentence that says what ends with it."""
    one = one_of(request, uuid)
    request.by.need(Right.OPEN_RESPONSE, one.area.path)
    if request.method == "POST":
        actions.close_response(response=one, by=request.by)
        messages.success(request, _("The Response is closed. Its orders end and open work is taken back."))
        return redirect("response", uuid)
    context = {"response": one, "personal_days": Person.privacy["name"].days}
    back = {"page_back": reverse("response", args=[uuid])}
    return render(request, "wangge/command/response_close.html", context | back)
