"""The log: what happened, under which clause, because of what; who looked at whom; what failed. Ids and codes only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.events import queries
from wangge.base.events.models import Event, FlowRun
from wangge.domains.duty.seating import titled, titles
from wangge.domains.people.queries import ids_within as people_within
from wangge.domains.places.queries.scoped import ids_within
from wangge.domains.protocol.queries import touching
from wangge.web.access import Asked, needs
from wangge.web.command.here import typed, uuid_of
from wangge.web.command.words import LOOKS
from wangge.web.desk.reasons import reason_words
from wangge.web.event_words import sentence

PAGE = 100


@needs(Right.AUDIT)
@require_safe
def log(request: Asked) -> HttpResponse:
    """Facts, newest first, page by page by key."""
    scope = request.by.scope(Right.AUDIT)
    responses = list(touching(scope))
    sought = _sought(request)
    found = queries.log(sought, ids_within(scope), [one.uuid for one in responses])
    events, further = queries.before(found, _key(request), PAGE)
    context = {
        "rows": _facts(events), "further": further, "tabs": _tabs("log"), "keep": _kept(request),
        "typed": request.GET, "kinds": queries.kinds(), "kind": sought.kind,
        "responses": [(str(one.uuid), one.title) for one in responses], "response": str(sought.response or ""),
    }  # fmt: skip
    return render(request, "wangge/command/log.html", context)


def _sought(request: Asked) -> queries.Sought:
    named = ("response", "subject", "cause", "uuid")
    ids = {name: uuid_of(request.GET.get(name, "").strip()) for name in named}
    post = typed(request, "post", 80)
    posts = tuple(titled(post)) if post else None
    return queries.Sought(kind=typed(request, "kind", 60), day=_day(request), posts=posts, **ids)


def _day(request: Asked) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _key(request: Asked) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _kept(request: Asked) -> str:
    kept = request.GET.copy()
    kept.pop("before", None)
    return kept.urlencode()


def _tabs(current: str) -> list[dict[str, Any]]:
    named = [("log", _("All that happened")), ("log-looks", _("Who looked")), ("log-runs", _("What failed"))]
    return [{"url": reverse(name), "label": label, "current": name == current, "count": None} for name, label in named]


def _facts(events: Sequence[Event]) -> list[dict[str, Any]]:
    posts = titles(event.post for event in events if event.post)
    return [
        {"event": event, "when": _instant(event.recorded_at), "what": sentence([event]),
         "post": posts.get(event.post, "") if event.post else _("the system"), "happened": _earlier(event)}
        for event in events
    ]  # fmt: skip


def _instant(at: Any) -> str:
    return date_format(localtime(at, clock.LOCAL), "Y-m-d H:i:s")


def _earlier(event: Event) -> str:
    """When it happened, where that was at least a minute before it was known."""
    gap = (event.recorded_at - event.occurred_at).total_seconds()
    return _instant(event.occurred_at) if gap >= 60 else ""


@needs(Right.AUDIT)
@require_safe
def looks(request: Asked) -> HttpResponse:
    """Who opened, called or exported whom, and why; persons by id."""
    found = queries.looks(people_within(request.by.scope(Right.AUDIT)), _day(request))
    page, further = queries.before(found, _key(request), PAGE)
    posts = titles(look.post for look in page if look.post)
    rows = [
        {"look": look, "when": _instant(look.at), "kind": LOOKS[AccessLog.Kind(look.kind)],
         "reason": reason_words(look), "about": uuid_of(look.reason.partition(":")[2]),
         "post": posts.get(look.post, "") if look.post else _("the system")}
        for look in page
    ]  # fmt: skip
    context = {"rows": rows, "further": further, "tabs": _tabs("log-looks"), "keep": _kept(request)}
    return render(request, "wangge/command/looks.html", context | {"day": request.GET.get("day", "")})


@needs(Right.AUDIT)
@require_safe
def runs(request: Asked) -> HttpResponse:
    """Runs that were given up, or failed and wait for another try."""
    page, further = queries.before(queries.troubled(), _key(request), PAGE)
    rows = [
        {"run": run, "when": _instant(run.event.recorded_at), "what": sentence([run.event]),
         "given_up": run.state == FlowRun.State.FAILED, "next": _instant(run.not_before)}
        for run in page
    ]  # fmt: skip
    context = {"rows": rows, "further": further, "tabs": _tabs("log-runs"), "keep": _kept(request)}
    return render(request, "wangge/command/runs.html", context)
