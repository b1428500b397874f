"""One notice: taken in, its lines placed by people, put in force."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import begins
from wangge.domains.protocol.queries import in_force as edition_of
from wangge.domains.zones import actions, queries
from wangge.domains.zones.inputs import MOST_BYTES, Notice, read_in_force, read_notices, read_text
from wangge.domains.zones.models import ZoneNotice
from wangge.domains.zones.rules import NoticeState
from wangge.domains.zones.words import NOTICES
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.problems import by_field
from wangge.web.zones.line import cards, sure

LINES = 50


@needs(Right.DRAW_ZONES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Paste the text of a notice, or send its file."""
    areas = list(begins(request.by.scope(Right.DRAW_ZONES)))
    if request.method != "POST":
        return _form(request, areas, None)
    try:
        one = _taken(request, areas)
    except Problem as problem:
        return _form(request, areas, problem)
    return redirect("zone-notice", one.uuid)


def _taken(request: Asked, areas: list[Place]) -> ZoneNotice:
    """Every notice of the file, the earliest first; the last one is shown."""
    area = next((one for one in areas if str(one.uuid) == request.POST.get("area")), areas[0])
    if (response := queries.response_for(area)) is None:
        raise Problem("zone_no_response")
    taken = [actions.take_notice(notice=one, area=area, response=response, by=request.by) for one in _read(request)]
    return taken[-1]


def _read(request: Asked) -> list[Notice]:
    if (file := request.FILES.get("file")) is None:
        return [read_text(request.POST.get("text", ""))]
    if (file.size or 0) > MOST_BYTES:
        raise Problem("zone_notice_too_big", field="file", most=MOST_BYTES >> 20)
    return read_notices(file.read())


def _form(request: Asked, areas: list[Place], problem: Problem | None) -> HttpResponse:
    errors = by_field(problem) if problem else {}
    context = {
        "areas": [(str(one.uuid), one.name) for one in areas], "typed": request.POST, "errors": errors,
        "whole": " ".join(errors.get("", [])), "page_back": reverse("zones"),
        "response": next((found for one in areas if (found := queries.response_for(one))), None),
    }  # fmt: skip
    return render(request, "wangge/zones/notice_new.html", context, status=422 if problem else 200)


@needs(Right.SEE_BOARD)
@require_safe
def notice(request: Asked, uuid: UUID) -> HttpResponse:
    """Its lines, those that need somebody first, each with what it may mean."""
    return _page(request, queries.notice(request.by.scope(Right.SEE_BOARD), uuid), None)


def _page(request: Asked, one: ZoneNotice, problem: Problem | None) -> HttpResponse:
    page = Paginator(queries.lines(one), LINES).get_page(request.GET.get("page"))
    counts: Any = one
    scope = request.by.scope(Right.SEE_BOARD)
    draws = request.by.may(Right.DRAW_ZONES) and one.state != NoticeState.SUPERSEDED and not one.response.closed_at
    levels = queries.levels_of(edition_of(one.response))
    errors = by_field(problem) if problem else {}
    rows = cards(one, list(page.object_list), levels)
    certain = sure(rows) if draws else []
    context = {
        "one": one, "page": page, "cards": rows, "draws": draws, "sure": certain if len(certain) > 1 else [],
        "state": NOTICES[one.state], "published": moment(one.published_at), "total": counts.all_lines,
        "unplaced": counts.unplaced, "waits": draws and one.state == NoticeState.TAKEN, "errors": errors,
        "in_force": moment(one.in_force_at) if one.in_force_at else "",
        "authorities": queries.authorities(scope) if draws else [], "page_back": reverse("zones"),
        "typed": request.POST or {"number": one.number, "authority": "", "clause": _clause(one, levels)},
        "whole": " ".join(errors.get("", [])),
    }  # fmt: skip
    return render(request, "wangge/zones/notice.html", context, status=422 if problem else 200)


def _clause(one: ZoneNotice, levels: dict[str, Any]) -> str:
    """The clause of the strictest level that the notice names."""
    named = set(one.lines.order_by().values_list("level", flat=True).distinct())
    return next((area.clause for key, area in levels.items() if key in named), "")


@needs(Right.DRAW_ZONES)
@require_POST
def in_force(request: Asked, uuid: UUID) -> HttpResponse:
    """Put it in force under its document."""
    one = queries.notice(request.by.scope(Right.DRAW_ZONES), uuid)
    try:
        done = actions.put_in_force(notice=one, said=read_in_force(request.POST), by=request.by)
    except Problem as problem:
        return _page(request, one, problem)
    messages.success(request, _("%(number)s is in force. Every door of which it is not known is asked now.") % {
        "number": done.number
    })  # fmt: skip
    return redirect("zones")
