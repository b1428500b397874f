"""Reports of people who come back, at the desk: those without a door first, each with the doors it may mean."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.choices import member
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.places.queries.scoped import touched
from wangge.domains.protocol.queries import response
from wangge.domains.risk.queries import named
from wangge.domains.risk.words import LEVELS
from wangge.domains.selfreports import actions, queries
from wangge.domains.selfreports.inputs import read_areas
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.queries import Candidate
from wangge.domains.selfreports.rules import Away, State
from wangge.domains.selfreports.words import AWAY, STATES, TRAVEL, WHOM
from wangge.web.access import Asked, needs
from wangge.web.applying import shown
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import day, days, moment
from wangge.web.signs import listed, told

PAGE = 50
HOME = ("building", "unit", "door")
SEES = (Right.OPEN_RECORD, Right.WORK_DOORS)


class HomeForm(Typed):
    """To which door a report belongs."""

    home = forms.CharField(label=gettext_lazy("Which door is it?"), widget=forms.RadioSelect())


class AwayForm(Typed):
    """Why there is none."""

    away = forms.CharField(
        label=gettext_lazy("Why is there none?"), widget=forms.RadioSelect(choices=list(AWAY.items()))
    )


def _scope(request: Asked) -> Scope:
    scopes = [request.by.scope(right) for right in SEES if request.by.may(right)]
    return scopes[0] | scopes[-1]


@needs(*SEES)
@never_cache
@require_safe
def returns(request: Asked) -> HttpResponse:
    """Those without a door; with ``?tab=all`` all of them. Names are masked."""
    scope, every = _scope(request), request.GET.get("tab") == "all"
    found = queries.latest(scope) if every else queries.waiting(scope)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    figures = queries.figures(scope)
    places = labels([one.place for one in page.object_list])
    tabs = [
        {"url": "?", "label": _("Without a door"), "current": not every, "count": figures[State.UNMATCHED]},
        {"url": "?tab=all", "label": pgettext("report", "All"), "current": every, "count": figures["received"]},
    ]
    context = {
        "page": page, "rows": [_row(one, places[one.place_id]) for one in page.object_list], "tabs": tabs,
        "keep": "tab=all" if every else "", "every": every, "figures": figures,
        "counted": [(STATES[one], figures[one]) for one in State if figures[one]],
        "actions": [{"url": reverse("posters"), "label": _("Posters"), "icon": "printer", "main": False}],
    }  # fmt: skip
    return render(request, "wangge/desk/returns.html", context)


def _row(one: SelfReport, place: str) -> dict[str, Any]:
    people = queries.details(one).get("people", [])
    return {
        "uuid": one.uuid, "names": listed(mask_name(name) for name in people) or "—", "place": place,
        "arrives": day(one.arrives_on), "level": LEVELS[one.level] if one.level else "", "needs": one.needs,
        "state": STATES[one.state], "received": moment(one.received_at),
    }  # fmt: skip


@needs(*SEES)
@never_cache
@require_safe
def one(request: Asked, uuid: UUID) -> HttpResponse:
    """One report with all that was said. A look, put on record."""
    found = queries.report(_scope(request), uuid)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"self-report:{uuid}")
    return _page(request, found, HomeForm(), AwayForm(), 200)


def _page(request: Asked, found: SelfReport, home: HomeForm, away: AwayForm, status: int) -> HttpResponse:
    said, open_ = queries.details(found), found.state == State.UNMATCHED and request.by.may(Right.OPEN_RECORD)
    doors = queries.candidates(found, request.by.scope(Right.OPEN_RECORD)) if open_ else []
    home.fields["home"].widget.choices = _choices(doors)
    context = {
        "one": found, "said": said, "facts": _facts(found, said), "state": STATES[found.state], "applies": shown(found),
        "level": LEVELS[found.level] if found.level else "", "unjudged": found.unjudged, "open": open_,
        "doors": doors, "home": home, "away": away, "page_back": reverse("returns"),
        "door": full_label(found.door) if found.door else "", "why": AWAY[found.away] if found.away else "",
        "drill": response(found.response).drill,
    }  # fmt: skip
    return render(request, "wangge/desk/return.html", context, status=status)


def _choices(doors: list[Candidate]) -> list[tuple[str, str]]:
    where = labels([one.door for one in doors])
    return [(str(one.door.uuid), told(where[one.door.pk], _why(one))) for one in doors]


def _why(one: Candidate) -> str:
    whys = (
        (one.address, _("an address like this")), (one.phone, _("somebody there has this phone")),
        (one.name, _("somebody there has this name")),
    )  # fmt: skip
    return listed(word for true, word in whys if true)


def _facts(found: SelfReport, said: dict[str, Any]) -> list[tuple[str, Any]]:
    """What was said, in the order of the form."""
    if not said:
        return []
    first, last = (found.arrives_on.fromisoformat(said[name]) for name in ("first", "last"))
    areas = named(read_areas(said["areas"]), first, last)
    rows = [
        (_("Reported"), f"{WHOM[said['whom']]} · {moment(found.received_at)}"),
        (_("Who comes"), listed(said["people"])),
        (_("Reported by"), said["reporter"]), (_("Phone"), said["phone"]),
        (_("From where"), f"{said['came_from']} · {days(first, last)}"),
        (_("Listed areas"), listed(str(one.area) for one in areas)), (_("Arrives on"), day(found.arrives_on)),
        (_("Travels by"), f"{TRAVEL[said['travel']]} {said['number']}".strip()),
        (_("Home"), " ".join([full_label(found.place), *filter(None, (said[part] for part in HOME))])),
        (_("Needs"), said["needs"]),
    ]  # fmt: skip
    return [(str(term), value) for term, value in rows if value]


@needs(Right.OPEN_RECORD)
@require_POST
def settle(request: Asked, uuid: UUID) -> HttpResponse:
    """Put it to a door: one of the candidates, of which the page shows why."""
    scope = request.by.scope(Right.OPEN_RECORD)
    found, form = queries.report(scope, uuid), HomeForm(request.POST)
    try:
        actions.settle(report=found, home=_home(scope, request.POST.get("home", "")), by=request.by)
    except Problem as error:
        form.say(error)
        return _page(request, found, form, AwayForm(), 422)
    messages.success(request, _("The report is at its door. What the rule asks for there follows."))
    return redirect("returns")


def _home(scope: Scope, chosen: str) -> Place:
    try:
        return touched(scope, UUID(chosen))
    except (ValueError, Place.DoesNotExist) as error:
        raise Problem("report_home_missing", field="home") from error


@needs(Right.OPEN_RECORD)
@require_POST
def turn_away(request: Asked, uuid: UUID) -> HttpResponse:
    """Say why it belongs to no door here."""
    found, form = queries.report(request.by.scope(Right.OPEN_RECORD), uuid), AwayForm(request.POST)
    try:
        away = member(Away, request.POST.get("away", ""))
        if away is None:
            raise Problem("report_away_missing", field="away")
        actions.turn_away(report=found, away=away, by=request.by)
    except Problem as error:
        form.say(error)
        return _page(request, found, HomeForm(), form, 422)
    messages.success(request, _("Noted, with the reason."))
    return redirect("returns")
