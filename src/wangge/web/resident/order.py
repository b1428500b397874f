"""One's own order on one's own phone: what, why, until when, who answers now, where to complain, and both papers.

The way in is the code's link, on the person's own phone only: whoever carries somebody else's code sees no order.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.domains.codes.models import CodeLink
from wangge.domains.isolation.homes import handed, own_order
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.releases import released
from wangge.domains.isolation.rules_home import Paper
from wangge.domains.isolation.words import SIGNED
from wangge.web import order_paper
from wangge.web.desk.words import moment
from wangge.web.resident.pocket import link, own, where_in_use


@where_in_use
@never_cache
@require_safe
def order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What stands now; else the last one that is over; else that there is none."""
    one = link(request, uuid)
    mine, past = (own_order(one.person, one.response), _past(one)) if own(one) else (None, None)
    context = {"link": one, "own": own(one), "past": past, "mine": mine, "response": one.response}
    if mine:
        paper = handed([mine]).get(mine.pk)
        context |= order_paper.context(mine) | {
            "handed": f"{moment(paper.at)} · {SIGNED[paper.signed]}" if paper else ""
        }
    if past:
        context["over"] = order_paper.release_context(past)
    return render(request, "wangge/resident/order.html", context)


def _past(one: CodeLink) -> Order | None:
    return released([one.person.pk]).filter(response=one.response).first()


@where_in_use
@never_cache
@require_safe
def paper(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """One of both papers as a PDF. Raises Http404 where there is none, or the phone is somebody else's."""
    one = link(request, uuid)
    if not own(one):
        raise Http404
    if kind == Paper.RELEASE:
        if past := _past(one):
            return order_paper.release_pdf(past)
        raise Http404
    mine = own_order(one.person, one.response)
    if mine is None or mine.provisional or kind != Paper.ORDER:
        raise Http404
    return order_paper.pdf(mine)
