"""The zones in force as a picture: districts, areas and places, each level with a sign and a hatching of its own.

People would rather look than read. It is drawn here, asked for only when somebody scrolls to it, and says in words how
many zones it cannot show.
"""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.domains.places.outlines import outlines_of
from wangge.domains.places.points import Point
from wangge.domains.places.queries import root
from wangge.domains.zones import mapping, queries
from wangge.domains.zones.mapping import Shown
from wangge.domains.zones.models import Zone
from wangge.domains.zones.plane import Box, box_of
from wangge.domains.zones.words import MAP_SIGNS
from wangge.web.access import Asked, needs
from wangge.web.zones.frame import Frame, framed
from wangge.web.zones.told import level

WIDTH, MOST, LABELS, APART = 480.0, 500, 30, 20.0  # units; zones; names written; units between two names
AROUND, BESIDE = 2000, 30  # compounds that are drawn so that one knows where one is, and how many are named


def pictured(some: list[Zone]) -> tuple[dict[int, Shown], int]:
    """What can be shown of zones, and of how many nothing can."""
    where = mapping.shown(some, queries.entries_of(some))
    return where, sum(not (one.areas or one.points) for one in where.values())


def picture_of(scope: Scope, address: str) -> dict[str, Any]:
    """How many zones there are, how many are not on the picture, and its address, another one as soon as a zone
    begins, changes or ends: nobody looks at what was. Empty where no zone is in force."""
    some = list(queries.zones(scope)[:MOST])
    if not some:
        return {}
    now = "|".join(f"{one.pk} {one.counted_at}" for one in some)
    of = hashlib.blake2b(now.encode(), digest_size=6).hexdigest()
    return {"all": len(some), "unseen": pictured(some)[1], "address": f"{address}?of={of}"}


@require_safe
@cache_control(public=True, max_age=60)
def public(request: HttpRequest) -> HttpResponse:
    """For everybody, as the notices are."""
    return _drawn(request, EVERYTHING)


@needs(Right.SEE_BOARD)
@require_safe
@cache_control(private=True, max_age=60)
def desk(request: Asked) -> HttpResponse:
    """Of one's own places."""
    return _drawn(request, request.by.scope(Right.SEE_BOARD))


def _drawn(request: HttpRequest, scope: Scope) -> HttpResponse:
    some = list(queries.zones(scope)[:MOST])
    where, _unseen = pictured(some)
    frame = framed(_around(where), width=WIDTH)
    context = {"frame": frame} | (_shapes(frame, some, where) if frame else {})
    return render(request, "wangge/zones/picture.svg", context, content_type="image/svg+xml")


def _around(where: dict[int, Shown]) -> Box | None:
    """What is shown; the whole city where nothing is."""
    points = [point for one in where.values() for point in (*one.points, *(p for area in one.areas for p in area.ring))]
    whole = root()
    rings = outlines_of(whole.code).values() if whole else ()
    return box_of(points) or box_of(point for each in rings for ring in each for point in ring)


def _shapes(frame: Frame, some: list[Zone], where: dict[int, Shown]) -> dict[str, Any]:
    whole = root()
    rings = [ring for each in (outlines_of(whole.code).values() if whole else ()) for ring in each]
    strict = sorted(some, key=queries.rank_of)  # the strictest is drawn last, above the others
    beside = mapping.compounds_in(frame.box, AROUND)
    names = _names(frame, strict[::-1], where)
    return {
        "outlines": [line for ring in rings if (line := frame.line(ring))],
        "zones": [_zone(frame, one, where[one.pk]) for one in strict if where[one.pk].areas or where[one.pk].points],
        "beside": frame.dots(point for _name, point in beside), "names": names, "around": _beside(frame, beside, names),
    }  # fmt: skip


def _zone(frame: Frame, one: Zone, where: Shown) -> dict[str, Any]:
    return {
        "rank": _look(one), "areas": [frame.area(each) for each in where.areas], "dots": frame.dots(where.points),
    }  # fmt: skip


def _look(one: Zone) -> int:
    """1 to 3: how it is hatched and coloured."""
    return min(3, max(1, queries.rank_of(one)))


def _sign(one: Zone) -> tuple[int, str, str]:
    """The look of a level, its sign and its word, for the legend."""
    return _look(one), str(MAP_SIGNS.get(one.level, "?")), level(one)


def signs(some: list[Zone]) -> list[tuple[str, str]]:
    """The legend: the sign and the word of each level, the strictest first."""
    return [(sign, word) for _rank, sign, word in sorted({_sign(one) for one in some}, reverse=True)]


def _names(frame: Frame, some: list[Zone], where: dict[int, Shown]) -> list[dict[str, Any]]:
    """The sign and name of each zone at its middle, the strictest first, none upon another."""
    found: list[dict[str, Any]] = []
    for one in some:
        shown = where[one.pk]
        box = box_of([*shown.points, *(point for area in shown.areas for point in area.ring)])
        if box is None or len(found) >= LABELS:
            continue
        x, y = frame.at(Point((box.west + box.east) / 2, (box.south + box.north) / 2))
        if all(abs(each["y"] - y) > APART or abs(each["x"] - x) > 6 * APART for each in found):
            found.append({"x": x, "y": y, "rank": _look(one), "sign": _sign(one)[1], "name": one.name[:12]})
    return found


def _beside(frame: Frame, beside: list[tuple[str, Point]], names: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names of compounds around, where there is room: so that one knows where one is."""
    taken, found = [(one["x"], one["y"]) for one in names], list[dict[str, Any]]()
    for name, point in beside:
        x, y = frame.at(point)
        free = all(abs(there - y) > 1.6 * APART or abs(here - x) > 5 * APART for here, there in taken)
        if (
            free
            and 3 * APART < x < frame.width - 3 * APART
            and APART < y < frame.height - APART
            and len(found) < BESIDE
        ):
            taken.append((x, y))
            found.append({"x": x, "y": y, "name": name[:8]})
    return found
