"""What was bought is planned into rounds: who walks where in which order; the same on paper, for want of phones."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_looks
from wangge.base.access.models import AccessLog
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account
from wangge.domains.isolation.queries import closed_homes
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions.rounds import give_rounds
from wangge.domains.medicine.errands import Carrier, Plan, Stop, plan
from wangge.domains.medicine.inputs import read_uuid
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.queries import SEES
from wangge.domains.people.queries import door_of
from wangge.domains.places.queries import labels
from wangge.domains.places.rules import COMMUNITY_LEVEL, SEGMENT
from wangge.sentences import sentence
from wangge.web import printing
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment

MOST = 400
MANY, LONG, SHORT = 100, 10.0, 2.0  # from so many on ten seconds of thinking, below two


@needs(*SEES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def errands(request: Asked) -> HttpResponse:
    """The rounds as they are, and planning them anew with whoever walks now."""
    found = list(queries.deliverable(queries.scope_of(request.by))[:MOST])
    people = queries.buyers_for(found[0].person.home) if found else []
    if request.method == "POST":
        _planned(request, found, people)
        return redirect("medicine-errands")
    log_looks(
        by=request.by, kind=AccessLog.Kind.OPENED, people=[one.person.uuid for one in found], reason="medicine rounds"
    )
    context = {
        "rounds": rounds_of(found), "number": len(found), "people": [(str(one.uuid), one.name) for one in people],
        "walking": {one.buyer for one in found if one.buyer}, "page_back": reverse("medicine"),
    }  # fmt: skip
    return render(request, "wangge/desk/medicine_errands.html", context)


def rounds_of(found: list[Need]) -> list[dict[str, Any]]:
    """By whoever brings, in the order of their round; what is in no round at the end of theirs."""
    names = queries.names_of(one.buyer for one in found)
    places, closed = labels([one.person.home for one in found]), closed_homes([one.person.home for one in found])
    by_hand: dict[UUID | None, list[Need]] = {}
    for one in sorted(found, key=lambda each: (each.turn is None, each.turn or 0, each.due_at, each.pk)):
        by_hand.setdefault(one.buyer, []).append(one)
    return [
        {
            "who": names.get(buyer, "—") if buyer else "—",
            "stops": [
                {"uuid": one.uuid, "turn": one.turn, "name": one.person.name, "place": places[one.person.home_id],
                 "due": moment(one.due_at), "closed": one.person.home_id in closed,
                 "medicine": queries.said(one).get("name", "")}
                for one in needs_
            ],
        }
        for buyer, needs_ in by_hand.items()
    ]  # fmt: skip


def _planned(request: Asked, found: list[Need], people: list[Account]) -> None:
    wanted = {read_uuid(text) for text in request.POST.getlist("who")}
    walking = [one for one in people if one.uuid in wanted]
    try:
        made = _plan(found, walking)
        given = {one.uuid: [found[each.stop.key] for each in made.rounds.get(str(one.uuid), ())] for one in walking}
        give_rounds(rounds=given, by=request.by, uuid=read_uuid(request.POST.get("uuid")))
    except Problem as problem:
        messages.error(request, sentence(problem))
        return
    messages.success(request, _("The rounds are given. Whoever brings finds theirs under “I buy”, in order."))
    if left := len(made.left_over):
        said = ngettext(
            "%(n)d delivery cannot be there in time by anybody: let more people walk, or start now.",
            "%(n)d deliveries cannot be there in time by anybody: let more people walk, or start now.", left,
        )  # fmt: skip
        messages.error(request, said % {"n": left})


def _plan(found: list[Need], walking: list[Account]) -> Plan:
    now, closed = clock.now(), closed_homes([one.person.home for one in found])
    stops = [
        Stop(
            number, door_of(one.person.home).path, due=max(0, int((one.due_at - now).total_seconds())) or LATE,
            closed=one.person.home_id in closed,
        )
        for number, one in enumerate(found)
    ]  # fmt: skip
    start = stops[0].path[: COMMUNITY_LEVEL * SEGMENT] if stops else ""
    carriers = [Carrier(str(one.uuid)) for one in walking]
    return plan(start, stops, carriers, seconds=LONG if len(stops) >= MANY else SHORT)


LATE = 2 * 3600  # what is past its deadline already: within two hours


@needs(*SEES)
@never_cache
@require_safe
def paper(request: Asked) -> HttpResponse:
    """The rounds on paper, with a line for who took it and when: typed in afterwards. Put on record as an export."""
    found = list(queries.deliverable(queries.scope_of(request.by))[:MOST])
    log_looks(
        by=request.by, kind=AccessLog.Kind.EXPORTED, people=[one.person.uuid for one in found], reason="medicine rounds"
    )
    context = {"rounds": rounds_of(found), "printed": moment(clock.now()), "language": get_language()}
    html = render_to_string("wangge/desk/medicine_errands_paper.html", context)
    return printing.pdf(html, style="wangge/errands.css", name="rounds.pdf")
