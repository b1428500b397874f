"""未上报名单: who has missed a report and was not heard since, and how a day's reports stand at each level."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.keyset import cut
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.inputs import read_day
from wangge.domains.monitoring.models import HomeWatch
from wangge.domains.monitoring.queries import Figures
from wangge.domains.monitoring.words import ASKED, SLOTS, STATES
from wangge.domains.places.queries import children, labels
from wangge.domains.places.rules import SEGMENT
from wangge.domains.protocol.queries import open_responses
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.daily import careful_words
from wangge.web.desk.words import day, moment

PAGE = 50
#: Who sees whose reports: whoever works at their door, their doctor, whoever leads there.
SEES = (Right.WORK_DOORS, Right.SIGN_MEDICAL, Right.OPEN_RECORD)


def scope_of(request: Asked) -> Scope:
    """The places at which somebody sees whose reports."""
    found = Scope()
    for right in SEES:
        if request.by.may(right):
            found |= request.by.scope(right)
    return found


@needs(Right.WORK_DOORS)
@never_cache
@require_safe
def mine(request: Asked) -> HttpResponse:
    """The list of a worker's own places."""
    return _list(request, request.by.scope(Right.WORK_DOORS), [])


@needs(Right.SEE_BOARD, *SEES)
@never_cache
@require_safe
def desk(request: Asked) -> HttpResponse:
    """The list of an office's places, and its figures one level down. Whoever only sees the board sees figures."""
    board = request.by.scope(Right.SEE_BOARD) if request.by.may(Right.SEE_BOARD) else Scope()
    return _list(request, scope_of(request), _below(request) if board.prefixes else [], board)


def _list(request: Asked, scope: Scope, below: list[dict[str, Any]], board: Scope | None = None) -> HttpResponse:
    page = cut(queries.silent(scope), queries.SILENT, PAGE, request.GET.get("at", ""))
    rows = list(page.rows)
    if rows:
        log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason="monitoring:silent", count=len(rows))
    where = labels([one.door for one in rows])
    context = {
        "page": page, "rows": [_row(one, where[one.door_id]) for one in rows], "counts": queries.counts(scope),
        "figures": [_figures(one) for one in queries.figures(scope | (board or Scope()), clock.today())],
        "below": below, "heat": _heat(), "may_heat": request.by.may(Right.OPEN_RESPONSE) and bool(_open()),
        "today": clock.today().isoformat(), "states": [STATES[one] for one in ORDER],
    }  # fmt: skip
    return render(request, "wangge/field/silent.html", context)


ORDER = ("reported", "late", "silent", "refused", "waiting")


def _row(one: HomeWatch, where: str) -> dict[str, Any]:
    return {
        "uuid": one.uuid, "name": mask_name(one.person.name), "door": where, "why": careful_words(one),
        "since": moment(one.silent_since) if one.silent_since else "", "misses": one.misses,
        "asked": ASKED.get(one.asked, ""),
    }  # fmt: skip


def _figures(one: Figures) -> dict[str, Any]:
    return {
        "slot": SLOTS[one.slot], "due": moment(one.due_at), "expected": one.expected,
        "parts": [{"word": STATES[name], "number": one.columns[name], "state": name} for name in ORDER],
    }  # fmt: skip


def _below(request: Asked) -> list[dict[str, Any]]:
    """Each level below the place of the post somebody acts in, for the report whose hour was last."""
    seat = next((one for one in request.seats if one.post.uuid == request.by.post), None)
    if seat is None:
        return []
    place, now = seat.post.place, clock.now()
    board = request.by.scope(Right.SEE_BOARD)
    due = [one for one in queries.figures(board, clock.today()) if one.due_at <= now]
    if not due:
        return []
    depth = len(place.path) + SEGMENT
    found = queries.by_child(place, depth, clock.today(), due[-1].slot)
    names = {one.path: one.name for one in children(place)}
    return [
        {"name": names[path], "expected": sum(columns.values()), "parts": [columns[name] for name in ORDER]}
        for path, columns in sorted(found.items())
        if path in names and len(path) == depth
    ]


def _open() -> list[Any]:
    """Open Responses under whose edition somebody reports."""
    return [one for one in open_responses().prefetch_related("phases") if queries.rule_of(one)]


def _heat() -> str:
    """Until when it is hot, where it is."""
    untils = [until for one in _open() if (until := queries.heat_until(one))]
    return day(max(untils)) if untils else ""


@needs(Right.OPEN_RESPONSE)
@require_POST
def heat(request: Asked) -> HttpResponse:
    """Days of heat, for every open Response around which one may say so."""
    try:
        until = read_day(request.POST.get("until", ""))
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("silent")
    mine = [one for one in _open() if request.by.scope(Right.OPEN_RESPONSE).covers(one.area.path, None)]
    for response in mine:
        actions.declare_heat(response=response, until=until, by=request.by)
    if mine:
        messages.success(request, _("Noted: until then everybody silent is looked after at the first missed report."))
    else:
        messages.error(request, _("No open Response lies wholly in your places. Ask the level above."))
    return redirect("silent")
