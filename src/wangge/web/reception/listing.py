"""Who comes back, who waits and for how long: whoever stands there alone first."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.domains.places.queries import labels
from wangge.domains.reception import queries
from wangge.domains.reception.actions import ANNOUNCES, reach
from wangge.domains.reception.models import Reception
from wangge.domains.reception.rules import State
from wangge.domains.reception.words import CARE, ENDED, SHOWN, STATES
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.signs import listed

PAGE = 50


@needs(*ANNOUNCES)
@never_cache
@require_safe
def receptions(request: Asked) -> HttpResponse:
    """Those not over; with ``?tab=over`` those that are."""
    scope, over = reach(request.by, *ANNOUNCES), request.GET.get("tab") == "over"
    found = queries.over(scope) if over else queries.open_at(scope)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": rows(list(page.object_list)), "over": over, "keep": "tab=over" if over else "",
        "tabs": [
            {"url": "?", "label": _("Not handed on yet"), "current": not over, "count": None},
            {"url": "?tab=over", "label": _("Over already"), "current": over, "count": None},
        ],
        "actions": _actions(request),
    }  # fmt: skip
    return render(request, "wangge/reception/list.html", context)


def _actions(request: Asked) -> list[dict[str, Any]]:
    found = [{"url": reverse("reception-new"), "label": _("Somebody comes back"), "icon": "plus", "main": True}]
    if request.by.may(Right.OPEN_RECORD) and request.by.may(Right.WORK_DOORS):
        places = {"url": reverse("reception-spots"), "label": _("Where one waits"), "icon": "map-pin", "main": False}
        found.append(places)
    return found


def rows(some: list[Reception]) -> list[dict[str, Any]]:
    """As the list shows them; the number of queries does not depend on how many."""
    where, answering = labels([one.place for one in some]), queries.answering_for(one.meets for one in some)
    return [
        {
            "uuid": one.uuid, "place": where[one.place_id], "state": STATES[one.state], "shown": SHOWN[one.shown],
            "alone": one.state == State.WAITING, "late": one.levels > 0 and one.ended_at is None,
            "people": people(one), "care": listed(str(CARE[each]) for each in one.care), "when": when(one),
            "spot": one.spot.name if one.spot else "", "meets": meets(one, answering), "raised": one.raised_to,
            "ended": ENDED[one.ended_how] if one.ended_how else "",
        }
        for one in some
    ]  # fmt: skip


def people(one: Reception) -> str:
    """How many come."""
    return ngettext("%(n)d person", "%(n)d people", one.people) % {"n": one.people}


def meets(one: Reception, answering: dict[int, Any]) -> str:
    """Who is to meet them, by name where somebody answers for the post."""
    if one.meets is None:
        return ""
    found = answering.get(one.meets.pk)
    return f"{found.account.name} · {one.meets.title}" if found else one.meets.title


def when(one: Reception) -> str:
    """Since when they wait, or by when they are expected, or when it was over."""
    if one.ended_at:
        return moment(one.ended_at)
    if one.arrived_at:
        number = minutes(one.arrived_at)
        return ngettext("waits for %(n)d minute", "waits for %(n)d minutes", number) % {"n": number}
    return (
        _("expected %(when)s") % {"when": moment(one.expected_at)} if one.expected_at else _("announced, not there yet")
    )


def minutes(since: datetime) -> int:
    """Whole minutes since then."""
    return int((clock.now() - since).total_seconds() // 60)
