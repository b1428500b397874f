"""The rule today, for each face: made from the protocol in force at the reader's places on this very day."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.places.queries import full_label
from wangge.domains.protocol import queries
from wangge.domains.protocol.models import Response, ResponsePhase
from wangge.domains.protocol.rules import Protocol
from wangge.web.access import Asked, needs, signed_in
from wangge.web.rule import said
from wangge.web.rule.changes import changes
from wangge.web.rule.faces import MAKES, Part

MOST = 20  # open Responses on one page; a post has one or two
FACES: dict[str, tuple[Right, ...]] = {
    "field": (Right.WORK_DOORS,),
    "trace": (Right.TRACE,),
    "desk": (Right.ENTER_RESULTS, Right.CONFIRM_ORDERS, Right.OPEN_RECORD),
    "command": (Right.SEE_BOARD, Right.OPEN_RESPONSE),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One open Response with its edition of today."""

    response: Response
    area: str
    edition: str
    since: str
    off: bool
    off_clause: str
    before: str
    changed: list[str]
    parts: list[Part]
    next: str


@signed_in
@require_safe
def mine(request: Asked) -> HttpResponse:
    """To the page of the face this person works in; without a post, to the one for everybody."""
    if request.by.may(Right.OPEN_RESPONSE):
        return redirect("rule-command")
    faces = _faces(request.by)
    return redirect(f"rule-{faces[0]}" if faces else "rule-residents")


@needs(*FACES["field"])
@require_safe
def field(request: Asked) -> HttpResponse:
    return _page(request, "field", _scope(request.by, "field"))


@needs(*FACES["desk"])
@require_safe
def desk(request: Asked) -> HttpResponse:
    return _page(request, "desk", _scope(request.by, "desk"))


@needs(*FACES["trace"])
@require_safe
def trace(request: Asked) -> HttpResponse:
    return _page(request, "trace", _scope(request.by, "trace"))


@needs(*FACES["command"])
@require_safe
def command(request: Asked) -> HttpResponse:
    return _page(request, "command", _scope(request.by, "command"))


@require_safe
def residents(request: HttpRequest) -> HttpResponse:
    """For everybody, signed in or not: no name, no number, only what is in force and where."""
    return _page(request, "residents", None)


def _scope(by: By, face: str) -> Scope:
    scope = Scope()
    for right in FACES[face]:
        if by.may(right):
            scope = scope | by.scope(right)
    return scope


def _faces(by: By) -> list[str]:
    return [face for face, rights in FACES.items() if any(by.may(right) for right in rights)]


def _page(request: HttpRequest, face: str, scope: Scope | None) -> HttpResponse:
    found = queries.open_responses().prefetch_related("phases") if scope is None else queries.touching(scope)
    blocks = blocks_of(face, found.filter(closed_at__isnull=True)[:MOST])
    words = {
        "field": _("At a door"), "desk": _("Desk"), "trace": _("Tracing"), "command": _("Command"),
        "residents": _("For residents"),
    }  # fmt: skip
    shown = [*(_faces(request.by) if request.user.is_authenticated else ()), "residents"]  # type: ignore[attr-defined]
    tabs = [
        {"url": reverse(f"rule-{one}"), "label": words[one], "count": None, "current": one == face} for one in shown
    ]
    context: dict[str, Any] = {
        "face": face, "face_word": words[face], "blocks": blocks, "tabs": tabs, "today": _long(clock.today()),
        "nothing": not any(not block.off for block in blocks),
    }  # fmt: skip
    return render(request, "wangge/rule/today.html", context)


def blocks_of(face: str, responses: Iterable[Response]) -> list[Block]:
    """Each Response as this face reads it today."""
    return [_block(face, one) for one in responses]


def _block(face: str, response: Response) -> Block:
    today = clock.today()
    phases = list(response.phases.all())
    past = [phase for phase in phases if phase.from_day <= today] or phases[:1]
    edition = queries.protocol(past[-1].protocol)
    before = _before(edition, past)
    coming = next((phase for phase in phases if phase.from_day > today), None)
    return Block(
        response=response, area=full_label(response.area), edition=said.into(edition.label),
        since=_long(past[-1].from_day), off=edition.all_off, off_clause=said.quoted(edition.switch),
        before=said.into(before.label) if before else "", changed=changes(before, edition) if before else [],
        parts=list(MAKES[face](edition, today)), next=_coming(coming) if coming else "",
    )  # fmt: skip


def _before(edition: Protocol, past: list[ResponsePhase]) -> Protocol | None:
    """The edition in force here before; or, where this is the first, the one before it in its family."""
    if len(past) > 1:
        return queries.protocol(past[-2].protocol)
    older = [one for one in queries.all_protocols() if one.family == edition.family]
    older = [one for one in older if one.valid_from < edition.valid_from]
    return older[-1] if older else None


def _coming(phase: ResponsePhase) -> str:
    values = {"day": _long(phase.from_day), "edition": said.into(queries.protocol(phase.protocol).label)}
    return _("From %(day)s on %(edition)s is in force here. This page changes by itself.") % values


def _long(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")
