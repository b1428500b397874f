"""The lines behind a figure of an ask: who is left, and with whom."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.privacy import mask_name
from wangge.domains.asking import queries
from wangge.domains.asking.models import AskSubject
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.queries import labels
from wangge.domains.places.queries.scoped import grids_of, part_of, touched
from wangge.web.access import Asked, needs
from wangge.web.asks.words import COLUMNS, MARKS
from wangge.web.command.here import kept, name_of

PAGE = 50


@needs(Right.ASK)
@require_safe
def lines(request: Asked, uuid: UUID, place: UUID) -> HttpResponse:
    """``column``: one of the figures; ``grid``: one grid of a community, or 'none'."""
    scope = request.by.scope(Right.ASK)
    ask, at = queries.ask(scope, uuid), touched(scope, place)
    column, grid = request.GET.get("column", ""), request.GET.get("grid", "")
    found = queries.lines(_narrowed(at, part_of(at, scope), grid), ask, column if column in _options() else "")
    if grid == "none":
        found = found.filter(door__grid__isnull=True)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    options = [("", _("all")), *_options().items()]
    filters = [{"name": "column", "label": _("Which lines"), "chosen": column, "options": options}]
    if grid:
        filters.append({"name": "grid", "label": _("Grid"), "chosen": grid, "options": _grids(at, scope)})
    context = {
        "ask": ask, "name": name_of(at), "page": page, "rows": rows(list(page.object_list)), "filters": filters,
        "keep": kept(request), "page_back": reverse("ask-at", args=[uuid, at.uuid]),
    }  # fmt: skip
    return render(request, "wangge/asks/lines.html", context)


def _options() -> dict[str, Any]:
    return {**COLUMNS, "arrived": _("arrived since"), "left": _("left since")}


def _grids(at: Place, scope: Scope) -> list[tuple[str, str]]:
    return [("", _("all")), *((str(one.uuid), one.name) for one in grids_of(at, scope)), ("none", _("In no grid"))]


def _narrowed(at: Place, part: Scope, grid: str) -> Scope:
    """Only one grid of those the reader sees; raises Grid.DoesNotExist for another."""
    if not grid or (grid == "none" and part.prefixes):
        return part
    for one in grids_of(at, part):
        if str(one.uuid) == grid:
            return Scope(grids=frozenset({one.pk}))
    raise Grid.DoesNotExist


def rows(found: Sequence[AskSubject]) -> list[dict[str, Any]]:
    """Lines as the table shows them; names masked, as in every list."""
    named = labels([one.door for one in found])
    return [
        {
            "door": named[one.door_id], "who": mask_name(one.person.name) if one.person else _("the household"),
            "state": MARKS.get(one.state, one.state), "word": COLUMNS[one.state], "arrived": one.arrived,
            "left": one.left, "holder": getattr(one, "holder", None), "raised": getattr(one, "raised", None),
        }
        for one in found
    ]  # fmt: skip
