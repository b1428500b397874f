"""One store: what lies in it and how long it lasts, its ledger that adds up, and booking into it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.places.queries import full_label, labels
from wangge.domains.supplies import queries
from wangge.domains.supplies.actions import booking, sending
from wangge.domains.supplies.inputs import (
    read_amount,
    read_arrived,
    read_count,
    read_in,
    read_item,
    read_uuid,
)
from wangge.domains.supplies.models import Store, SupplyEntry
from wangge.domains.supplies.queries import Line
from wangge.domains.supplies.rules import Step
from wangge.domains.supplies.words import BOOKS, CAME, KINDS, WHYS
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.desk.supplies import lasts, shortage_rows, transfer_row
from wangge.web.desk.supplies_forms import WORDS, CountForm, InForm, OutForm, TransferForm, lot_words
from wangge.web.desk.words import moment

LINES, TRANSFERS = 50, 20


def _one(request: Asked, uuid: UUID) -> Store:
    return queries.store(request.by.scope(Right.KEEP_SUPPLIES), uuid)


@needs(Right.KEEP_SUPPLIES)
@require_safe
def store(request: Asked, uuid: UUID) -> HttpResponse:
    """What lies here, for how long, what is on the way."""
    one = _one(request, uuid)
    found = list(queries.lines([one], clock.now()).values())
    facts = [
        (_("Kind"), KINDS[one.kind]), (_("Place"), full_label(one.place)),
        *([(_("Grid"), one.grid.name)] if one.grid else []), (_("Answers for it"), one.post.title),
    ]  # fmt: skip
    mine = queries.to_answer(request.by.scope(Right.KEEP_SUPPLIES)).values_list("uuid", flat=True)
    answers = set(mine)
    context = {
        "one": one, "facts": facts, "rows": [_row(line) for line in found], "page_back": reverse("supplies"),
        "short": shortage_rows(list(queries.shortages([one]))),
        "going": [
            transfer_row(each) | {"mine": each.uuid in answers} for each in queries.transfers([one])[:TRANSFERS]
        ],
        "can_close": queries.leads(request.by) and one.closed_at is None,
        "actions": _actions(one, queries.leads(request.by)),
    }  # fmt: skip
    return render(request, "wangge/desk/store.html", context)


def _actions(one: Store, leads: bool) -> list[dict[str, Any]] | None:
    if one.closed_at:
        return None
    begin = {"url": reverse("parcel-new", args=[one.uuid]), "label": _("Parcels for households"), "icon": "home"}
    return [
        {"url": reverse("supplies-hand", args=[one.uuid]), "label": _("Hand over"), "icon": "hand-over", "main": True},
        *[
            {"url": reverse("store-book", args=[one.uuid, do]), "label": word, "icon": icon, "main": False}
            for (do, word), icon in zip(WORDS.items(), ("plus", "check", "up", "download"), strict=True)
        ],
        *([begin | {"main": False}] if leads else []),
    ]  # fmt: skip


def _row(line: Line) -> dict[str, Any]:
    out, today, soon = line.outlook, clock.today(), line.terms.said.expiry_days
    return {
        "item": line.item.name, "unit": line.item.unit, "uuid": line.item.uuid, "total": line.total,
        "below": line.below, "low": line.low, "lasts": lasts(line), "used": out.used, "hours": out.over_hours,
        "planned": out.planned, "coming": out.coming, "expired": line.expired,
        "lots": [
            {
                "uuid": each.uuid, "amount": each.amount, "expires": each.expires_on,
                "over": bool(each.expires_on and each.expires_on < today),
                "soon": bool(each.expires_on and (each.expires_on - today).days <= soon and each.amount > 0),
            }
            for each in line.stock
        ],
        "over_days": max(1, out.over_hours // 24),
    }  # fmt: skip


@needs(Right.KEEP_SUPPLIES)
@require_safe
def ledger(request: Asked, uuid: UUID) -> HttpResponse:
    """Every line, the latest first; of one item with how it adds up."""
    one = _one(request, uuid)
    item = queries.item(read_uuid(request.GET.get("item")))
    page = Paginator(queries.ledger(one, item.uuid if item else None), LINES).get_page(request.GET.get("page"))
    sums = queries.balance(one, item) if item else {}
    rows = [
        {
            "when": moment(each.at), "item": each.item.name, "kind": BOOKS[each.kind], "amount": f"{each.amount:+d}",
            "expires": each.expires_on, "number": each.number,
            "said": WHYS.get(each.why) or CAME.get(each.came) or "",
            "other": _other(each),
        }
        for each in page.object_list
    ]  # fmt: skip
    context = {
        "one": one, "item": item, "page": page, "rows": rows, "keep": f"item={item.uuid}" if item else "",
        "sums": [(BOOKS[kind], f"{number:+d}") for kind, number in sums.items()], "total": sum(sums.values()),
        "page_back": reverse("store", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/desk/store_ledger.html", context)


def _other(each: SupplyEntry) -> str:
    """The other end of a transfer."""
    if each.shipment is None:
        return ""
    return (each.shipment.origin if each.store_id == each.shipment.to_id else each.shipment.to).name


@needs(Right.KEEP_SUPPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: Asked, uuid: UUID, do: str) -> HttpResponse:
    """Book in, use up, send on, ask for."""
    one = _one(request, uuid)
    if do not in WORDS:
        return redirect("store", uuid)
    data = request.POST if request.method == "POST" else None
    form: Any = {"in": InForm, "used": OutForm}.get(do, TransferForm)(data, initial={"item": request.GET.get("item")})
    form.offer(queries.items())
    others: list[Store] = []
    if isinstance(form, TransferForm):
        others = list(queries.partners(one))
        form.between(others, labels([each.place for each in others]))
    if data is not None:
        try:
            said = _done(request, one, do, others)
        except (Problem, Problems) as problem:
            form.say(problem)
        else:
            messages.success(request, said)
            return redirect("store", uuid)
    context = {
        "one": one, "form": form, "do": do, "title": WORDS[do], "uuid": request.POST.get("uuid") or uuid7(),
        "page_back": reverse("store", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/desk/store_book.html", context, status=422 if form.errors else 200)


def _done(request: Asked, one: Store, do: str, others: list[Store]) -> str:
    own, typed = read_uuid(request.POST.get("uuid")), request.POST
    if do == "in":
        booking.take_in(store=one, typed=read_in(typed), by=request.by, uuid=own)
        return _("Booked in.")
    item, amount = booking.the_item(read_item({"item": typed.get("item")})), read_amount(typed)
    if do == "used":
        booking.use_up(store=one, item=item, amount=amount, by=request.by, uuid=own)
        return _("Booked as used up.")
    other = next((each for each in others if str(each.uuid) == typed.get("store")), None)
    if other is None:
        raise Problem("transfer_where", field="store")
    if do == "send":
        sending.send(origin=one, to=other, item=item, amount=amount, by=request.by, uuid=own)
        return _("It is on the way to %(name)s until they have counted it.") % {"name": other.name}
    sending.ask(origin=other, to=one, item=item, amount=amount, by=request.by, uuid=own)
    return _("Asked. Nothing leaves %(name)s before they say so.") % {"name": other.name}


@needs(Right.KEEP_SUPPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: Asked, uuid: UUID, lot: UUID) -> HttpResponse:
    """Count a lot; a difference has a reason."""
    one = _one(request, uuid)
    stock = queries.stock(one, lot)
    form = CountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            by_how_many = booking.count(
                store=one, stock=stock, typed=read_count(request.POST), by=request.by,
                uuid=read_uuid(request.POST.get("uuid")),
            )  # fmt: skip
        except Problem as problem:
            form.say(problem)
        else:
            agreed = _("It agrees.") if not by_how_many else _("Put right by %(n)+d.") % {"n": by_how_many}
            messages.success(request, agreed)
            return redirect("store", uuid)
    context = {
        "one": one, "form": form, "lot": lot_words(stock), "stock": stock, "page_back": reverse("store", args=[uuid]),
        "uuid": request.POST.get("uuid") or uuid7(),
    }  # fmt: skip
    return render(request, "wangge/desk/store_count.html", context, status=422 if form.errors else 200)


@needs(Right.KEEP_SUPPLIES)
@require_POST
def step(request: Asked, uuid: UUID) -> HttpResponse:
    """Say yes or no to a transfer: the giving side, then the receiving one with what it counted."""
    one = queries.shipment(request.by.scope(Right.KEEP_SUPPLIES), uuid)
    do = member(Step, request.POST.get("do", ""))
    try:
        if do is None:
            raise Problem("transfer_over")
        arrived = read_arrived(request.POST) if do is Step.ACCEPT else None
        moved = sending.take_step(shipment=one, step=do, by=request.by, arrived=arrived)
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("supplies")
    missing = moved.amount - moved.arrived if moved.arrived is not None else 0
    if missing:
        said = _("Taken in: %(n)d. Missing on the way: %(missing)d. Both ends see it.")
        messages.warning(request, said % {"n": moved.arrived, "missing": missing})
    else:
        messages.success(request, _("Noted."))
    return redirect("supplies")
