"""One's own order on one's own phone: what, why, until when, who answers now, where to complain, and both papers.

The way in is the code's link, on the person's own phone only: whoever carries somebody else's code sees no order.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.domains.isolation.homes import handed, own_order
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.releases import released
from wangge.domains.isolation.rules_home import Paper
from wangge.domains.isolation.words import SIGNED
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response
from wangge.domains.transfer import journey
from wangge.web import order_paper
from wangge.web.desk.words import moment
from wangge.web.resident.pocket import link, own, where_in_use


@where_in_use
@never_cache
@require_safe
def order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What stands now; else the last one that is over; else that there is none."""
    one = link(request, uuid)
    context = {"link": one, "own": own(one), "response": one.response}
    context |= shown(one.person, one.response) if own(one) else {"mine": None, "past": None}
    return render(request, "wangge/resident/order.html", context)


def shown(person: Person, response: Response) -> dict[str, Any]:
    """What the page says of somebody's order in a Response: ``mine`` that stands, ``past`` that is over."""
    mine, past = own_order(person, response), _past(person, response)
    context: dict[str, Any] = {"mine": mine, "past": past, "going": journey.own(person, response)}
    if mine:
        paper = handed([mine]).get(mine.pk)
        context |= order_paper.context(mine) | {
            "handed": f"{moment(paper.at)} · {SIGNED[paper.signed]}" if paper else ""
        }
    if past:
        context["over"] = order_paper.release_context(past)
    return context


def _past(person: Person, response: Response) -> Order | None:
    return released([person.pk]).filter(response=response).first()


@where_in_use
@never_cache
@require_safe
def paper(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """One of both papers as a PDF. Raises Http404 where there is none, or the phone is somebody else's."""
    one = link(request, uuid)
    if not own(one):
        raise Http404
    return paper_of(request, one.person, one.response, kind)


def paper_of(request: HttpRequest, person: Person, response: Response, kind: str) -> HttpResponse:
    """One of both papers of somebody as a PDF. Raises Http404 where there is none."""
    if kind == Paper.RELEASE:
        if past := _past(person, response):
            return order_paper.release_pdf(past)
        raise Http404
    mine = own_order(person, response)
    if mine is None or mine.provisional or kind != Paper.ORDER:
        raise Http404
    return order_paper.pdf(mine, order_paper.address_of(request, mine))
