"""An order as the paper that is printed and handed over."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.isolation import queries
from wangge.domains.isolation.homes import handed
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.releases import OVER
from wangge.domains.isolation.words import SIGNED
from wangge.web import order_paper
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment

READERS = (Right.CONFIRM_ORDERS, Right.OPEN_RECORD, Right.WORK_DOORS)


@needs(*READERS)
@never_cache
def order(request: Asked, uuid: UUID) -> HttpResponse:
    """The paper. Opening it is a look at the person, put on record before it is shown."""
    one = _looked_at(request, uuid)
    paper = handed([one]).get(one.pk)
    context = order_paper.context(one) | {
        "handed": f"{moment(paper.at)} · {SIGNED[paper.signed]}" if paper else "",
        "can_change": one.state == "in_force" and not one.provisional and request.by.may(Right.CONFIRM_ORDERS),
        "can_print": one.state == "in_force" and not one.provisional,
        "can_release": one.state == "ended" and one.end_cause in OVER and not one.provisional,
        "page_back": reverse("orders") if request.by.may(Right.CONFIRM_ORDERS) else "",
    }  # fmt: skip
    return render(request, "wangge/desk/order.html", context)


@needs(*READERS)
@never_cache
@require_safe
def pdf(request: Asked, uuid: UUID) -> HttpResponse:
    """The same for the printer, one page with a part to tear off."""
    one = _looked_at(request, uuid)
    return order_paper.pdf(one, order_paper.address_of(request, one))


@needs(*READERS)
@never_cache
@require_safe
def release_pdf(request: Asked, uuid: UUID) -> HttpResponse:
    """The paper that says it is over, released or by its term."""
    return order_paper.release_pdf(_looked_at(request, uuid))


def _looked_at(request: Asked, uuid: UUID) -> Order:
    one = _order(request.by, uuid)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=one.person.uuid, reason=f"order:{uuid}")
    return one


def _order(by: By, uuid: UUID) -> Order:
    """Within any place where one of these rights is held. What is only proposed is not yet for the door."""
    deciding = where(by, Right.CONFIRM_ORDERS) | where(by, Right.OPEN_RECORD)
    one = queries.order(deciding | where(by, Right.WORK_DOORS), uuid)
    home = one.person.home
    if one.state == "proposed" and not deciding.covers(home.path, home.grid_id):
        raise Http404
    return one


def where(by: By, *rights: Right) -> Scope:
    """The places at which somebody holds one of these rights; none at all without any."""
    found = Scope()
    for right in rights:
        found |= by.scope(right) if by.may(right) else Scope()
    return found
