"""Requests for help at the desk: open ones by their time, late first, with who has each."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.help import queries
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import State
from wangge.domains.help.terms import terms
from wangge.domains.help.words import STATES
from wangge.domains.places.queries import labels
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken
from wangge.web.desk.words import moment

PAGE = 50
SEES = (Right.ANSWER_CALLS, Right.WORK_DOORS)


def scope_of(request: Asked) -> Scope:
    """Where one answers calls, or works doors."""
    scopes = [request.by.scope(right) for right in SEES if request.by.may(right)]
    return scopes[0] | scopes[-1]


def kind_words(kind: str) -> str:
    """What is asked for, in words; the key where an office took the kind out of its file."""
    term = terms().kinds.get(kind)
    return spoken(term.word) if term else kind


@needs(*SEES)
@never_cache
@require_safe
def requests(request: Asked) -> HttpResponse:
    """One of the lists. Nothing of what was written stands here."""
    scope, chosen = scope_of(request), request.GET.get("tab", "")
    chosen = chosen if chosen in queries.TABS else queries.TABS[0]
    page = Paginator(queries.tab(scope, chosen), PAGE).get_page(request.GET.get("page"))
    figures = queries.figures(scope)
    context = {
        "page": page, "rows": _rows(list(page.object_list)), "tabs": _tabs(chosen, figures), "figures": figures,
        "keep": f"tab={chosen}", "chosen": chosen,
        "actions": [
            {"url": reverse("help-take-down"), "label": _("Take one down"), "icon": "plus", "main": True},
            {"url": reverse("promises"), "label": _("Promises kept"), "icon": "board", "main": False},
            {"url": reverse("help-posters"), "label": _("Posters"), "icon": "printer", "main": False},
        ] if request.by.may(Right.ANSWER_CALLS) else None,
    }  # fmt: skip
    return render(request, "wangge/desk/help_requests.html", context)


def _tabs(chosen: str, figures: dict[str, int]) -> list[dict[str, Any]]:
    words = {
        "open": pgettext("help tab", "Open"), "done": pgettext("help tab", "To be confirmed"),
        "hazards": pgettext("help tab", "Hazards"), "many": pgettext("help tab", "Many from one address"),
        "closed": pgettext("help tab", "Closed"),
    }  # fmt: skip
    return [
        {"url": f"?tab={name}", "label": words[name], "current": name == chosen, "count": figures.get(name)}
        for name in queries.TABS if name != "many" or figures["many"] or chosen == "many"
    ]  # fmt: skip


def _rows(found: list[HelpRequest]) -> list[dict[str, Any]]:
    who, now = queries.holders(found), clock.now()
    where = labels([one.door or one.place for one in found])
    return [
        {
            "uuid": one.uuid, "short": str(one.uuid)[-8:], "kind": kind_words(one.kind),
            "where": where[one.door_id or one.place_id], "due": moment(one.due_at), "state": STATES[one.state],
            "late": one.closed_at is None and one.state != State.DONE and one.due_at <= now, "nudges": one.nudges,
            "who": who[one.pk].title if one.pk in who else "",
        }
        for one in found
    ]  # fmt: skip
