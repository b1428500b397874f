"""The asks that touch somebody's places, and those that wait for their decision."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wangge.base.access.rights import Right
from wangge.domains.asking import queries
from wangge.domains.asking.inbox.queries import held_forms
from wangge.domains.asking.queries.answers import disputed
from wangge.domains.asking.queries.days import waiting as waiting_days
from wangge.domains.asking.rules import AskState
from wangge.domains.duty.queries import answers_for
from wangge.web.access import Asked, needs
from wangge.web.asks.words import row_of
from wangge.web.command.here import kept

PAGE = 25


@needs(Right.ASK)
@require_safe
def asks(request: Asked) -> HttpResponse:
    """Open asks first; above them those that name the reader's post as the superior."""
    found = queries.asks(request.by.scope(Right.ASK))
    waiting = [
        row_of(one)
        for one in found.filter(state=AskState.PROPOSED, superior__isnull=False)
        if answers_for(request.by.account, {one.superior_id or 0})
    ]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": waiting, "page": page, "keep": kept(request),
        "contradictions": _contradictions(request), "overflows": waiting_days(request.by), "held": _held(request),
        "rows": [row_of(one, queries.sums(one, "")) for one in page.object_list], "new_url": reverse("ask-new"),
    }  # fmt: skip
    return render(request, "wangge/asks/asks.html", context)


def _contradictions(request: Asked) -> int:
    """How many answers contradict another at the doors where the reader may say which is right."""
    return disputed(request.by.scope(Right.WORK_DOORS)).count() if request.by.may(Right.WORK_DOORS) else 0


def _held(request: Asked) -> int:
    """How many forms of phones wait at the reader's doors because their answers could not be recorded."""
    return held_forms(request.by.scope(Right.WORK_DOORS)).count() if request.by.may(Right.WORK_DOORS) else 0
