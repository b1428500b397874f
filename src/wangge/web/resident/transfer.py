"""One's own way to a place of isolation on one's own phone, before the door opens; and the slip as a PDF.

The way in is the code's link, on the person's own phone only, or the order's number (``own_order``), as with the order.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.domains.transfer import journey
from wangge.domains.transfer.models import Passenger
from wangge.web import transfer_paper
from wangge.web.resident.pocket import link, own, where_in_use


@where_in_use
@never_cache
@require_safe
def transfer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where, why, until when, what to bring, when to be ready, who comes, and what happens with what stays behind."""
    one = link(request, uuid)
    going = _going(request, uuid)
    pages = {"order_page": reverse("code-order", args=[uuid]), "slip_page": reverse("code-slip", args=[uuid])}
    return shown(request, going, pages | {"own": own(one), "response": one.response})


def shown(request: HttpRequest, going: Passenger | None, context: dict[str, Any]) -> HttpResponse:
    """The page, by whichever way it was opened."""
    context |= {"going": going} | (transfer_paper.context(going) if going else {})
    return render(request, "wangge/resident/transfer.html", context)


@where_in_use
@never_cache
@require_safe
def slip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The slip. Raises Http404 where no trip is planned, or the phone is somebody else's."""
    return slip_of(_going(request, uuid))


def slip_of(going: Passenger | None) -> HttpResponse:
    """The slip of somebody. Raises Http404 where no trip is planned."""
    if going is None or going.trip is None:
        raise Http404
    return transfer_paper.pdf(going)


def _going(request: HttpRequest, uuid: UUID) -> Passenger | None:
    one = link(request, uuid)
    return journey.own(one.person, one.response) if own(one) else None
