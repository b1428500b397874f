"""The list of cases, and above it those whose first screen waits for its re-test."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.domains.cases import queries
from wangge.domains.cases.models import Case
from wangge.domains.cases.words import CLASSIFICATIONS
from wangge.domains.places.models import Place
from wangge.domains.places.queries import Found, labels, resolve_place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, touching
from wangge.domains.testing.models import TestDue
from wangge.domains.testing.queries import retests_due
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.field.cards import day_hour

PAGE = 50
MOST = 100  # re-tests shown; more than that is not traced but counted


@needs(Right.TRACE)
def cases(request: Asked) -> HttpResponse:
    """The cases of one Response, by place or by what is open on them."""
    scope, asked = request.by.scope(Right.TRACE), request.GET
    known = [one for one in touching(scope) if "case" in in_force(one).on]
    response = next((one for one in known if str(one.uuid) == asked.get("response")), known[0] if known else None)
    if response is None:
        return render(request, "wangge/trace/no_response.html")
    found = _looked_for(asked.get("q", ""), asked.get("place", ""), response)
    rows = queries.cases(scope, response, area=found.chosen if found else None, state=asked.get("state", ""))
    page = Paginator(rows, PAGE).get_page(asked.get("page"))
    keep = {name: asked[name] for name in ("response", "q", "place", "state") if asked.get(name)}
    context = {
        "response": response, "page": page, "rows": _rows(page.object_list), "q": asked.get("q", ""), "found": found,
        "retests": _retests(retests_due(scope, response)[:MOST]), "keep": urlencode(keep),
        "filters": _filters(known, response, asked.get("state", "")),
    }  # fmt: skip
    return render(request, "wangge/trace/cases.html", context)


def _looked_for(text: str, chosen: str, response: Response) -> Found | None:
    """The place asked for: by its name, or one of the candidates that the name can mean."""
    text = text.strip()[:60]
    if not text:
        return None
    found = resolve_place(text=text, within=response.area)
    picked = next((one.place for one in found.candidates if str(one.place.uuid) == chosen), found.chosen)
    return Found(text, found.candidates, picked)


def _filters(known: list[Response], response: Response, state: str) -> list[dict[str, Any]]:
    states = [
        ("", _("all")), ("waiting", _("with people to be decided")), ("open", _("open")), ("withdrawn", _("withdrawn")),
    ]  # fmt: skip
    filters = [{"name": "state", "label": _("Cases"), "chosen": state, "options": states}]
    if len(known) > 1:
        options = [(str(one.uuid), one.title) for one in known]
        filters.append({"name": "response", "label": _("Response"), "chosen": str(response.uuid), "options": options})
    return filters


def homes(places: Iterable[Place]) -> dict[int, str]:
    """Addresses by key without the city, which every reader knows."""
    return {key: text.partition(" ")[2] or text for key, text in labels(places, divisions=True).items()}


def _rows(cases: Iterable[Case]) -> list[dict[str, Any]]:
    cases = list(cases)
    where = homes([one.person.home for one in cases])
    return [
        {
            "uuid": one.uuid, "number": one.number, "name": mask_name(one.person.name),
            "home": where[one.person.home_id], "kind": CLASSIFICATIONS[one.classification],
            "when": moment(one.confirmed_at), "met": one.met, "waiting": one.waiting,  # type: ignore[attr-defined]  # annotated by the query
            "withdrawn": one.state == Case.State.WITHDRAWN,
        }
        for one in cases
    ]  # fmt: skip


def _retests(due: Iterable[TestDue]) -> list[dict[str, Any]]:
    due = list(due)
    where = homes([one.person.home for one in due])
    return [
        {
            "name": mask_name(one.person.name), "home": where[one.person.home_id], "due": day_hour(one.due_at),
            "late": one.due_at <= clock.now(),
        }
        for one in due
    ]  # fmt: skip
