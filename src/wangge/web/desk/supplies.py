"""Supplies by place: what runs out below me, what waits for my yes, and every store with how long it lasts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.places.queries import labels
from wangge.domains.supplies import opening, queries
from wangge.domains.supplies.actions import booking, running_out
from wangge.domains.supplies.inputs import StoreInput, read_answer, read_store
from wangge.domains.supplies.models import Shipment, Shortage, Store
from wangge.domains.supplies.queries import Line
from wangge.domains.supplies.rules import Way
from wangge.domains.supplies.words import ANSWERS, KINDS, WAYS
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.desk.supplies_forms import StoreForm
from wangge.web.desk.words import moment

PAGE, MOST = 50, 50


@needs(Right.KEEP_SUPPLIES)
@require_safe
def supplies(request: Asked) -> HttpResponse:
    """What there is to answer, then the stores."""
    scope = request.by.scope(Right.KEEP_SUPPLIES)
    page = Paginator(queries.stores(scope), PAGE).get_page(request.GET.get("page"))
    mine = list(queries.my_shortages(request.by.account)[:MOST])
    opens = [{"url": reverse("parcels"), "label": _("Parcels for households"), "icon": "home", "main": False}]
    if queries.leads(request.by):
        opens.insert(0, {"url": reverse("store-new"), "label": _("Open a store"), "icon": "plus", "main": True})
    context = {
        "page": page, "rows": _rows(list(page.object_list)), "short": shortage_rows(mine), "keep": "",
        "going": [transfer_row(one) for one in queries.to_answer(scope)[:MOST]],
        "actions": opens,
    }  # fmt: skip
    return render(request, "wangge/desk/supplies.html", context)


def _rows(found: list[Store]) -> list[dict[str, Any]]:
    """One line each, from a few statements however many there are."""
    places, all_lines = labels([one.place for one in found], divisions=True), queries.lines(found, clock.now())
    by_store: dict[int, list[Line]] = {one.pk: [] for one in found}
    for (store, _item), line in all_lines.items():
        by_store[store].append(line)
    return [
        {
            "uuid": one.uuid, "name": one.name, "kind": KINDS[one.kind], "place": places[one.place_id],
            "grid": one.grid.name if one.grid else "", "open": one.closed_at is None,
            "items": len(by_store[one.pk]),
            "low": [f"{line.item.name} · {lasts(line)}" for line in by_store[one.pk] if line.low],
            "below": [line.item.name for line in by_store[one.pk] if line.below],
            "soon": [line.item.name for line in by_store[one.pk] if line.soon],
        }
        for one in found
    ]  # fmt: skip


def lasts(line: Line) -> str:
    """For how long an item lasts, in words."""
    return days_words(line.outlook.days_left)


def days_words(days: int | None) -> str:
    """So many days left, in words."""
    if days is None:
        return _("not used of late")
    if days == 0:
        return _("less than a day left")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def transfer_row(one: Shipment) -> dict[str, Any]:
    """A transfer in a list."""
    return {
        "uuid": one.uuid, "item": one.item.name, "unit": one.item.unit, "amount": one.amount, "from": one.origin.name,
        "to": one.to.name, "way": WAYS[one.way], "when": moment(one.sent_at or one.asked_at), "arrived": one.arrived,
        "sending": one.way == Way.ASKED,
        "missing": one.amount - one.arrived if one.arrived is not None else 0,
    }  # fmt: skip


def shortage_rows(found: Sequence[Shortage]) -> list[dict[str, Any]]:
    """What runs out, with what was said about it."""
    now, places = clock.now(), labels([one.store.place for one in found])
    return [
        {
            "uuid": one.uuid, "item": one.item.name, "store": one.store.name, "store_uuid": one.store.uuid,
            "place": places[one.store.place_id], "days": days_words(one.days), "post": one.post.title,
            "until": moment(one.until), "late": one.until <= now, "since": moment(one.since),
            "answered": ANSWERS[one.answered] if one.answered else "",
        }
        for one in found
    ]  # fmt: skip


@needs(Right.KEEP_SUPPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Open a store: name, kind, where, and who answers for it."""
    scope = request.by.scope(Right.KEEP_SUPPLIES)
    places = opening.places_for(scope)
    grids, posts = opening.grids_for(places), opening.posts_for(scope)
    form = StoreForm(request.POST if request.method == "POST" else None)
    form.offer(labels(places, divisions=True), places, grids, posts)
    if request.method == "POST":
        try:
            typed = read_store(request.POST)
            return redirect("store", _opened(request, typed, places, grids, posts).uuid)
        except (Problem, Problems) as problem:
            form.say(problem)
    context = {"form": form, "uuid": request.POST.get("uuid") or uuid7(), "page_back": reverse("supplies")}
    return render(request, "wangge/desk/store_new.html", context, status=422 if form.errors else 200)


def _opened(request: Asked, typed: StoreInput, places: list[Any], grids: list[Any], posts: list[Any]) -> Store:
    place = next((one for one in places if one.uuid == typed.place), None)
    post = next((one for one in posts if one.uuid == typed.post), None)
    grid = next((one for one in grids if one.uuid == typed.grid), None)
    if place is None or post is None:
        raise Problem("store_place" if place is None else "store_post", field="place" if place is None else "post")
    if grid and grid.community_id != place.pk:
        raise Problem("store_grid", field="grid")
    return booking.open_store(
        name=typed.name, kind=typed.kind, place=place, grid=grid, post=post, by=request.by, uuid=typed.uuid
    )


@needs(Right.KEEP_SUPPLIES)
@require_POST
def close(request: Asked, uuid: UUID) -> HttpResponse:
    """Close an empty store."""
    one = queries.store(request.by.scope(Right.KEEP_SUPPLIES), uuid)
    try:
        booking.close_store(store=one, by=request.by)
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("store", uuid)
    messages.success(request, _("%(name)s is closed. Its ledger stays.") % {"name": one.name})
    return redirect("supplies")


@needs(Right.KEEP_SUPPLIES)
@require_POST
def answer(request: Asked, uuid: UUID) -> HttpResponse:
    """What my level does about something that runs out below it."""
    one = queries.my_shortages(request.by.account).get(uuid=uuid)
    try:
        running_out.answer(shortage=one, typed=read_answer(request.POST, clock.today()), by=request.by)
    except Problem as problem:
        messages.error(request, sentence(problem))
    else:
        messages.success(request, _("Noted. If it still runs out then, it comes up again by itself."))
    return redirect("supplies")
