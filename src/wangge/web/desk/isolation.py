"""Homes in isolation of one's places: who is in them, which day of how many, the five, holes, the next test."""

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.domains.isolation import homes
from wangge.domains.isolation.changes import elsewhere
from wangge.domains.isolation.five import One, five_of
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.words import HELPERS, SIGNED
from wangge.domains.places.queries import labels
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import open_responses
from wangge.domains.testing.queries import next_of
from wangge.web.access import Asked, needs
from wangge.web.desk.paper import where
from wangge.web.desk.words import day, moment
from wangge.web.order_paper import told

READERS = (Right.OPEN_RECORD, Right.WORK_DOORS, Right.CONFIRM_ORDERS, Right.SIGN_MEDICAL)
PAGE = 50
A_MOMENT = timedelta(microseconds=1)  # what is due until midnight is due on the day before


@needs(*READERS)
@never_cache
@require_safe
def isolation(request: Asked) -> HttpResponse:
    """The list, home by home; names are masked."""
    open_ = list(open_responses().prefetch_related("phases"))
    first = next(iter(open_), None)
    chosen = next((one for one in open_ if str(one.uuid) == request.GET.get("response")), first)
    if chosen is None:
        return render(request, "wangge/desk/isolation.html", {"rows": [], "chosen": None})
    scope = where(request.by, *READERS)
    page = Paginator(homes.homes(scope, chosen), PAGE).get_page(request.GET.get("page"))
    found = homes.orders_in(scope, page.object_list, chosen)
    context = {
        "page": page, "chosen": chosen, "keep": f"response={chosen.uuid}", "rows": rows(found, chosen),
        "leads": request.by.may(Right.OPEN_RECORD) and request.by.may(Right.WORK_DOORS),
        "signs": request.by.may(Right.SIGN_MEDICAL),
        "confirms": request.by.may(Right.CONFIRM_ORDERS), "responses": _tabs(open_, chosen),
    }  # fmt: skip
    return render(request, "wangge/desk/isolation.html", context)


def _tabs(open_: list[Response], chosen: Response) -> list[dict[str, Any]]:
    if len(open_) < 2:
        return []
    return [
        {"url": f"?response={one.uuid}", "label": one.title, "count": None, "current": one == chosen} for one in open_
    ]


def rows(found: dict[int, list[Order]], chosen: Response) -> list[dict[str, Any]]:
    """Homes as the list shows them; the number of queries does not depend on how many."""
    orders = [one for some in found.values() for one in some]
    places = {one.person.home_id: one.person.home for one in orders}
    names, five, papers = labels(places.values()), five_of(chosen, list(places.values())), homes.handed(orders)
    moved = elsewhere(orders)
    due = next_of([one.person for one in orders], chosen)
    return [
        {
            "uuid": places[key].uuid, "door": names[key], "five": told(five[key]), "holes": holes(five[key]),
            "people": [
                {
                    "uuid": one.uuid, "name": mask_name(one.person.name), "term": homes.term_of(one),
                    "ends": moment(one.ends_at), "test": _day(due.get(one.person_id)),
                    "handed": SIGNED[papers[one.pk].signed] if one.pk in papers else "",
                    "elsewhere": one.pk in moved,
                }
                for one in some
            ],
        }
        for key, some in found.items()
    ]  # fmt: skip


def _day(due: datetime | None) -> str:
    return day(clock.day_of(due - A_MOMENT)) if due else ""


def holes(five: list[One]) -> list[str]:
    """Which of the five nobody is."""
    return [str(HELPERS[one.kind]) for one in five if one.hole]
