"""The figures of an ask at every level: they add up, live, down to the door."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.asking import queries, words
from wangge.domains.asking.models import Ask
from wangge.domains.asking.rules import AskState
from wangge.domains.asking.saying import question_words
from wangge.domains.duty.queries import answers_for
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.queries import children
from wangge.domains.places.queries.scoped import begins, grids_of_keys, part_of, touched, way_to
from wangge.domains.places.rules import DIVISIONS, DOORS, SEGMENT, Kind
from wangge.web.access import Asked, needs
from wangge.web.asks import wishing
from wangge.web.asks.words import COLUMNS, MARKS, WHOM
from wangge.web.command.figures import Row
from wangge.web.command.here import name_of
from wangge.web.field.cards import day_hour

Sums = dict[str, int]
NOTHING: Sums = dict.fromkeys(queries.FIGURES, 0)


@needs(Right.ASK)
@require_safe
def ask(request: Asked, uuid: UUID) -> HttpResponse:
    """The ask, at the widest place that the reader sees of it."""
    one = queries.ask(request.by.scope(Right.ASK), uuid)
    return _page(request, one, _top(one, request.by.scope(Right.ASK)))


@needs(Right.ASK)
@require_safe
def ask_at(request: Asked, uuid: UUID, place: UUID) -> HttpResponse:
    """The same further down."""
    scope = request.by.scope(Right.ASK)
    return _page(request, queries.ask(scope, uuid), touched(scope, place))


@needs(Right.ASK)
@require_safe
def live(request: Asked, uuid: UUID, place: UUID) -> HttpResponse:
    """The figures part alone, asked for again by itself."""
    scope = request.by.scope(Right.ASK)
    one, at = queries.ask(scope, uuid), touched(scope, place)
    return render(request, "wangge/asks/figures.html", figures(one, at, scope))


def _top(ask: Ask, scope: Scope) -> Place:
    """The ask's area, or what of it the reader sees: the first of their own places in it."""
    if scope.covers(ask.area.path, ask.area.grid_id) or not scope.prefixes:
        return ask.area
    inside = (place for place in begins(scope) if place.path.startswith(ask.area.path))
    return next(inside, ask.area)


def _page(request: Asked, one: Ask, at: Place) -> HttpResponse:
    scope = request.by.scope(Right.ASK)
    mine = one.superior_id is not None and one.state == AskState.PROPOSED
    context = figures(one, at, scope) | {
        "state": words.STATES[one.state], "until": day_hour(one.deadline), "ends": day_hour(one.ends_at),
        "questions": [question_words(question) for question in queries.questions_of(one)], "whom": WHOM[one.subject],
        "way": _way(one, at, scope), "decides": mine and answers_for(request.by.account, {one.superior_id or 0}),
        "ends_value": wishing.by_default(request)["ends_at"],
        "proposed": one.state == AskState.PROPOSED, "covered_by": one.covers, "page_back": reverse("asks"),
    }  # fmt: skip
    return render(request, "wangge/asks/ask.html", context)


def _way(ask: Ask, at: Place, scope: Scope) -> list[tuple[str, str]]:
    """The places of the ask's area around this one."""
    around = [one for one in way_to(at, scope) if one.path.startswith(ask.area.path)]
    return [(name_of(one), reverse("ask-at", args=[ask.uuid, one.uuid])) for one in around]


def figures(ask: Ask, at: Place, scope: Scope) -> dict[str, Any]:
    """Everything of the live part. The sum is that of the rows shown: they are read in one statement."""
    found = _below(ask, at, scope)
    total = {name: sum(sums[name] for _place, sums in found) for name in queries.FIGURES}
    return {
        "ask": ask, "here": at, "name": name_of(at), "total": total, "segments": segments(total),
        "answered": total["known"] + total["done"], "columns": _columns(), "as_of": day_hour(clock.now()),
        "rows": [_row(ask, at, below, sums) for below, sums in found], "tiles": _tiles(ask, at, total),
    }  # fmt: skip


def _below(ask: Ask, at: Place, scope: Scope) -> list[tuple[Place | Grid | None, Sums]]:
    part = part_of(at, scope)
    if at.kind == Kind.COMMUNITY:
        by_grid = queries.by_grid(ask, at)
        grids = {grid.pk: grid for grid in grids_of_keys(key for key in by_grid if key)}
        mine = [(grid, by_grid[key]) for key, grid in grids.items() if part.prefixes or key in part.grids]
        none = by_grid.get(None, NOTHING)
        return [*mine, *([(None, none)] if none["expected"] + none["arrived"] and part.prefixes else [])]
    depth = len(at.path) + SEGMENT
    sums = queries.by_child(ask, at.path, depth) if at.kind in DIVISIONS else queries.below(ask, part, depth)
    shown = [child for child in children(at) if child.path in sums]
    return [(child, sums[child.path]) for child in shown]


def segments(sums: Mapping[str, int]) -> list[dict[str, Any]]:
    """The parts of the bar, each beginning where the ones before it end; together they are what was expected."""
    parts, start = [], 0
    for column, label in COLUMNS.items():
        count = sums[column]
        parts.append({"state": MARKS.get(column, column), "label": label, "count": count, "start": start})
        start += count
    return parts


def _columns() -> list[dict[str, Any]]:
    return [{"state": MARKS.get(column, column), "label": label} for column, label in COLUMNS.items()]


def _row(ask: Ask, at: Place, below: Place | Grid | None, sums: Sums) -> Row:
    place = below if isinstance(below, Place) else at
    grid = "" if isinstance(below, Place) else f"&grid={below.uuid if below else 'none'}"
    lines = reverse("ask-lines", args=[ask.uuid, place.uuid])
    cells = [
        {
            "state": MARKS.get(column, column),
            "label": label,
            "count": sums[column],
            "url": f"{lines}?column={column}{grid}",
        }
        for column, label in COLUMNS.items()
    ]
    deeper = isinstance(below, Place) and below.kind not in DOORS
    url = reverse("ask-at", args=[ask.uuid, place.uuid]) if deeper else f"{lines}?{grid.lstrip('&')}"
    name = name_of(below) if isinstance(below, Place) else below.name if below else _("In no grid")
    return Row(name, url, "", sums["known"] + sums["done"], sums["expected"], segments(sums), cells)


def _tiles(ask: Ask, at: Place, total: Sums) -> list[dict[str, Any]]:
    """The list was frozen: who came or went since stands beside it and moves no figure."""
    lines = reverse("ask-lines", args=[ask.uuid, at.uuid])
    return [
        {"state": "not_yet", "label": COLUMNS["not_yet"], "value": total["not_yet"], "total": total["expected"],
         "url": f"{lines}?column=not_yet", "note": _("who, and with whom")},
        {"state": "", "label": _("arrived since"), "value": total["arrived_done"], "total": total["arrived"],
         "url": f"{lines}?column=arrived", "note": _("answered; outside the list")},
        {"state": "", "label": _("left since"), "value": total["left"], "total": total["expected"],
         "url": f"{lines}?column=left", "note": _("they stay in their column")},
    ]  # fmt: skip
