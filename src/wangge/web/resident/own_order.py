"""One's own order where codes are off, or the phone carries none: the number on the paper, or its picture, and the last
four of one's document. Wrong ones are counted for the paper and for the address from which they come.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base.access import tries
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.domains.duty.badges import HOTLINE
from wangge.domains.isolation import opening, queries
from wangge.domains.isolation.models import Order
from wangge.domains.transfer import journey
from wangge.web.account import guessing
from wangge.web.problems import by_field
from wangge.web.resident import transfer as way
from wangge.web.resident.ask import NOBODY
from wangge.web.resident.order import paper_of, shown

COOKIE = "wangge_order"
MOST = 6  # wrong ones at one paper
WITHIN = timedelta(hours=1)


@sensitive_post_parameters("last")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str = "") -> HttpResponse:
    """Number and last four; the picture on the paper brings the number with it."""
    typed = number or request.POST.get("number", "")
    if request.method != "POST":
        return _ask(request, typed, number)
    try:
        one = _opened(request, typed)
    except Problem as problem:
        return _ask(request, typed, number, problem)
    log_look(by=NOBODY, kind=AccessLog.Kind.OPENED, person=one.person.uuid, reason=f"own_order:{one.uuid}")
    answer = redirect("own-order")
    answer.set_cookie(
        COOKIE, signing.dumps(str(one.uuid), salt=COOKIE), max_age=opening.opens_until(one), httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", path=reverse("own-order"),
    )  # fmt: skip
    return answer


def _ask(request: HttpRequest, typed: str, number: str, problem: Problem | None = None) -> HttpResponse:
    errors = by_field(problem) if problem else {}
    context = {"typed": typed, "number": number, "errors": errors, "whole": errors.get("", [""])[0], "hotline": HOTLINE}
    return render(request, "wangge/resident/own_order.html", context, status=422 if problem else 200)


def _opened(request: HttpRequest, typed: str) -> Order:
    """The order; the same words for a wrong number and wrong last four, so that nobody learns which numbers exist."""
    guessing.check(request, "order")
    one = opening.order_numbered(typed)
    who = one.uuid if one else "none"
    if one and tries.spent("order", who, most=MOST, within=WITHIN):
        raise Problem("too_many_tries")
    if one is None or not opening.is_theirs(one, request.POST.get("last", "")):
        guessing.wrong(request, "order")
        if one:
            tries.take("order", who, most=MOST, within=WITHIN)
        raise Problem("own_order_wrong", field="last")
    tries.forget("order", who)
    return one


def kept(request: HttpRequest) -> Order | None:
    """The order that this phone opened."""
    try:
        uuid = UUID(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE))
        return queries.order(EVERYTHING, uuid)
    except (signing.BadSignature, ValueError, Order.DoesNotExist):
        return None


@never_cache
@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """What stands now for this person, also once it was changed; a phone that opened nothing is asked."""
    one = kept(request)
    if one is None:
        return redirect("own-order-ask")
    context: dict[str, Any] = shown(one.person, one.response) | {"own": True, "without_code": True}
    return render(request, "wangge/resident/order.html", context | {"response": one.response})


@never_cache
@require_safe
def paper(request: HttpRequest, kind: str) -> HttpResponse:
    """One of both papers. Raises Http404 where there is none."""
    one = kept(request)
    if one is None:
        raise Http404
    return paper_of(request, one.person, one.response, kind)


@never_cache
@require_safe
def transfer(request: HttpRequest) -> HttpResponse:
    """How this person is taken to where the order is spent; a phone that opened nothing is asked."""
    one = kept(request)
    if one is None:
        return redirect("own-order-ask")
    pages: dict[str, Any] = {"order_page": reverse("own-order"), "slip_page": reverse("own-slip"), "own": True}
    return way.shown(request, journey.own(one.person, one.response), pages | {"response": one.response})


@never_cache
@require_safe
def slip(request: HttpRequest) -> HttpResponse:
    """The slip that goes with them. Raises Http404 where there is none."""
    one = kept(request)
    return way.slip_of(journey.own(one.person, one.response) if one else None)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """This phone shows the order no more: for one that several people use."""
    answer = redirect("own-order-ask")
    answer.delete_cookie(COOKIE, path=reverse("own-order"))
    return answer
