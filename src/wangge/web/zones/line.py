"""One line of a notice: what it may mean, one tap for the proposed place, a search for another."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.places.queries import Candidate, labels, resolve_place
from wangge.domains.places.words import KINDS as PLACES
from wangge.domains.places.words import REASONS
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import Area
from wangge.domains.zones import actions, queries
from wangge.domains.zones.inputs import read_confirmed, read_decision
from wangge.domains.zones.models import ZoneLine, ZoneNotice
from wangge.domains.zones.placing import KINDS, Proposal, district_of, proposals
from wangge.domains.zones.rules import UNPLACED, LineState, Part
from wangge.domains.zones.words import KINDS as LINE_KINDS
from wangge.domains.zones.words import LINES
from wangge.domains.zones.words import PARTS as PARTS_WORDS
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken
from wangge.web.problems import sentence
from wangge.web.signs import listed

FOUND = 20


def cards(one: ZoneNotice, lines: Sequence[ZoneLine], levels: dict[str, Area]) -> list[dict[str, Any]]:
    """The lines of a page. What the open ones may mean is looked up for all of them together."""
    offered = proposals(one, [line for line in lines if line.state in UNPLACED])
    where = _labels(lines, offered)
    return [_card(line, offered.get(line.pk), levels, where) for line in lines]


def _labels(lines: Sequence[ZoneLine], offered: dict[int, Proposal]) -> dict[int, str]:
    places = {row.place.pk: row.place for line in lines for row in line.places.all()}
    for one in offered.values():
        more = [one.one, one.edge, *(each.place for each in one.without), *(place for place, _part in one.before)]
        places |= {place.pk: place for place in more if place}
    return labels(places.values())


def _card(line: ZoneLine, offered: Proposal | None, levels: dict[str, Area], where: dict[int, str]) -> dict[str, Any]:
    placed = [(where[row.place_id], str(PARTS_WORDS[row.part]), row.part) for row in line.places.all()]
    area = levels.get(line.level)
    return {
        "line": line, "level": spoken(area.label) if area else line.level, "kind": LINE_KINDS[line.kind],
        "state": LINES[line.state], "open": line.state in UNPLACED, "waiting": line.state == LineState.WAITING,
        "placed": listed(name if part == Part.IN else f"{name} ({word})" for name, word, part in placed),
        "offer": _offer(offered, where) if offered else None,
    }  # fmt: skip


def _offer(one: Proposal, where: dict[int, str]) -> dict[str, Any]:
    return {
        "one": (str(one.one.uuid), where[one.one.pk]) if one.one else None,
        "edge": (str(one.edge.uuid), where[one.edge.pk]) if one.edge else None,
        "others": [_option(each) for each in one.candidates if each.place != one.one],
        "without": [(str(each.place.uuid), where[each.place.pk]) for each in one.without], "lost": listed(one.lost),
        "before": [(str(place.uuid), part.value) for place, part in one.before],
        "before_names": listed(where[place.pk] for place, part in one.before if part is not Part.OUT),
        "before_part": Part.EDGE.value if any(part is Part.EDGE for _place, part in one.before) else Part.IN.value,
    }  # fmt: skip


def _option(one: Candidate) -> tuple[str, str]:
    said = _("%(label)s (%(kind)s; %(why)s)")
    return str(one.place.uuid), said % {
        "label": one.label, "kind": PLACES[one.place.kind], "why": REASONS[one.reason]
    }  # fmt: skip


@needs(Right.DRAW_ZONES)
@require_safe
def line(request: Asked, uuid: UUID, number: int) -> HttpResponse:
    """A search for what the line means, within its district."""
    one = queries.notice(request.by.scope(Right.DRAW_ZONES), uuid)
    return _page(request, queries.line(one, number), None)


def _page(request: Asked, one: ZoneLine, problem: Problem | None) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:60]
    levels = queries.levels_of(in_force(one.notice.response))
    context = {
        "one": one, "card": cards(one.notice, [one], levels)[0], "q": q, "found": _found(one, q) if q else [],
        "problem": sentence(problem) if problem else "",
        "page_back": reverse("zone-notice", args=[one.notice.uuid]),
    }  # fmt: skip
    return render(request, "wangge/zones/line.html", context, status=422 if problem else 200)


def _found(one: ZoneLine, q: str) -> list[tuple[str, str]]:
    try:
        within = district_of(one.notice.area, one.district)
    except Place.DoesNotExist:
        within = one.notice.area
    return [_option(each) for each in resolve_place(text=q, within=within, kinds=KINDS).candidates[:FOUND]]


@needs(Right.DRAW_ZONES)
@require_POST
def decide(request: Asked, uuid: UUID, number: int) -> HttpResponse:
    """What the line means, or that it means nothing here, or that it is not found yet."""
    one = queries.line(queries.notice(request.by.scope(Right.DRAW_ZONES), uuid), number)
    try:
        done = actions.decide_line(line=one, typed=read_decision(request.POST), by=request.by)
    except Problem as problem:
        return _page(request, one, problem)
    said = _("%(text)s: %(state)s.") % {"text": done.text, "state": LINES[done.state]}
    messages.success(request, said)
    return redirect("zone-notice", uuid)


def sure(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Open lines that have one exact name, or stood in the notice before, and nothing that was not found."""
    open_ = [card for card in rows if card["offer"] and not card["offer"]["lost"]]
    return [_sure(card) for card in open_ if card["offer"]["before"] or card["offer"]["one"]]


def _sure(card: dict[str, Any]) -> dict[str, Any]:
    offer = card["offer"]
    if offer["before"]:
        places = [(uuid, "without" if part == Part.OUT else "place") for uuid, part in offer["before"]]
        return {**card, "part": offer["before_part"], "places": places, "name": offer["before_names"], "without": ""}
    places = [(offer["one"][0], "place"), *((uuid, "without") for uuid, _name in offer["without"])]
    without = listed(name for _uuid, name in offer["without"])
    return {**card, "part": Part.IN.value, "places": places, "name": offer["one"][1], "without": without}


@needs(Right.DRAW_ZONES)
@require_POST
def confirm(request: Asked, uuid: UUID) -> HttpResponse:
    """The lines that were ticked together, each with the place that was shown for it."""
    one = queries.notice(request.by.scope(Right.DRAW_ZONES), uuid)
    count = actions.decide_lines(notice=one, typed=read_confirmed(request.POST), by=request.by)
    said = ngettext("%(n)d line is placed.", "%(n)d lines are placed.", count)
    messages.success(request, said % {"n": count})
    return redirect("zone-notice", uuid)
