"""The board: what needs a decision, then the figures, from the city down to the grid."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from wangge.base.access.rights import Right
from wangge.domains.places.queries import children
from wangge.domains.places.queries.scoped import widest
from wangge.domains.places.rules import DIVISIONS, Kind
from wangge.web.access import Asked, needs
from wangge.web.command.decisions import decisions
from wangge.web.command.figures import board as figures_of
from wangge.web.command.figures import standing
from wangge.web.command.here import Here, here, name_of


@needs(Right.SEE_BOARD)
@require_safe
def board(request: Asked) -> HttpResponse:
    """To the widest place one sees; to the doors of a building, which has no board."""
    place = widest(request.by.scope(Right.SEE_BOARD))
    if place is None:
        raise Http404
    return redirect("board-place" if place.kind in DIVISIONS else "not-reached", place.uuid)


@needs(Right.SEE_BOARD)
@require_safe
def board_place(request: Asked, uuid: UUID) -> HttpResponse:
    """The board of one place."""
    at = here(request, uuid)
    counted = standing(at)
    context = figures_of(at, counted) | {
        "decisions": decisions(at, request.by, counted), "tabs": _tabs(at), "below": _below(at),
        "way": [(name_of(place), at.link("board-place", place)) for place in at.way],
    }  # fmt: skip
    return render(request, "wangge/command/board.html", context)


@needs(Right.SEE_BOARD)
@require_safe
@cache_control(private=True, no_cache=True)
@conditional_page
def figures(request: Asked, uuid: UUID) -> HttpResponse:
    """The figures alone. The page asks again every ten seconds and gets 304 while nothing has changed."""
    at = here(request, uuid)
    return render(request, "wangge/command/figures.html", figures_of(at, standing(at)))


def _tabs(at: Here) -> list[dict[str, Any]]:
    """The open Responses here, where there is a choice."""
    return [
        {"label": one.title, "url": f"?response={one.uuid}", "current": one == at.response}
        for one in (at.responses if len(at.responses) > 1 else [])
    ]


def _below(at: Here) -> list[tuple[str, str]]:
    """Every place directly below, also those where no door is expected: their posts and holes are there."""
    if at.place.kind == Kind.COMMUNITY:
        return []
    return [(name_of(child), at.link("board-place", child)) for child in children(at.place)]
