"""Handing over with one tap: at a gate, on the stairs. Nobody is asked for a name."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.supplies import queries
from wangge.domains.supplies.actions import booking
from wangge.domains.supplies.inputs import read_amount, read_item, read_uuid
from wangge.domains.supplies.models import Store
from wangge.sentences import sentence
from wangge.web.access import Asked, needs

PIECES = (1, 5, 10)


@needs(Right.KEEP_SUPPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: Asked, uuid: UUID) -> HttpResponse:
    """One tap is one piece; the last one can be taken back."""
    one = queries.store(request.by.scope(Right.KEEP_SUPPLIES), uuid)
    if request.method == "POST":
        _posted(request, one)
        return redirect("supplies-hand", uuid)
    last = queries.handed_by(one, request.by.account, clock.now() - booking.UNDO_WITHIN)
    context = {"one": one, "rows": _rows(one), "last": last, "page_back": reverse("store", args=[uuid])}
    return render(request, "wangge/field/supplies_hand.html", context)


def _posted(request: Asked, one: Store) -> None:
    try:
        if batch := read_uuid(request.POST.get("undo")):
            booking.undo(store=one, batch=batch, by=request.by)
            messages.success(request, _("Taken back."))
            return
        item, amount = booking.the_item(read_item(request.POST)), read_amount(request.POST)
        own = read_uuid(request.POST.get("uuid"))
        booking.hand_over(store=one, item=item, amount=amount, by=request.by, uuid=own)
    except Problem as problem:
        messages.error(request, sentence(problem))
    else:
        messages.success(request, _("%(item)s: %(n)d handed over.") % {"item": item.name, "n": amount})


def _rows(one: Store) -> list[dict[str, Any]]:
    """What has ever lain here, with what is left and what was handed over today."""
    today = queries.handed_on(one, clock.start_of(clock.today()))
    return [
        {
            "uuid": line.item.uuid, "name": line.item.name, "unit": line.item.unit, "left": line.outlook.usable,
            "today": today.get(item, 0), "pieces": [(number, uuid7()) for number in PIECES],
        }
        for (_store, item), line in queries.lines([one], clock.now()).items()
    ]  # fmt: skip
