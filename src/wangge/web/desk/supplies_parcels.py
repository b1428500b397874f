"""Parcels for households: begun for an area, ticked by building on the page or on paper, each household once."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_uuid, full_label, labels
from wangge.domains.supplies import parcels, queries
from wangge.domains.supplies.actions import giving
from wangge.domains.supplies.inputs import LINES, NAME, read_parcel, read_ticks, read_uuid
from wangge.domains.supplies.models import Parcel, ParcelDoor, Store
from wangge.domains.supplies.rules import OUTSTANDING, Given
from wangge.domains.supplies.words import BAGS, GIVEN
from wangge.sentences import sentence
from wangge.web import printing
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment

PAGE, DOORS, MOST_PRINTED = 30, 120, 4000


class ParcelForm(Typed):
    """What is given to whom: the items stand in rows of their own."""

    name = forms.CharField(
        label=gettext_lazy("What it is called"), help_text=gettext_lazy("Such as “vegetables, first round”."),
        widget=forms.TextInput(attrs={"maxlength": NAME, "autocomplete": "off"}),
    )  # fmt: skip
    area = forms.CharField(label=gettext_lazy("For which area?"), widget=forms.Select())


def _one(request: Asked, uuid: UUID) -> Parcel:
    return parcels.parcel(request.by.scope(Right.KEEP_SUPPLIES), uuid)


@needs(Right.KEEP_SUPPLIES)
@require_safe
def listed(request: Asked) -> HttpResponse:
    """The distributions of my stores, with how far each is."""
    page = Paginator(parcels.parcels(request.by.scope(Right.KEEP_SUPPLIES)), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    counts, places = parcels.counted(found), labels([one.area for one in found])
    rows = [
        {"uuid": one.uuid, "name": one.name, "area": places[one.area_id], "store": one.store.name,
         "open": one.closed_at is None, "when": moment(one.begun_at), **_sums(counts[one.pk])}
        for one in found
    ]  # fmt: skip
    context = {"page": page, "rows": rows, "keep": "", "page_back": reverse("supplies")}
    return render(request, "wangge/desk/parcels.html", context)


def _sums(given: dict[Given, int]) -> dict[str, Any]:
    """The figures of a list; they add up to all."""
    return {"all": sum(given.values()), **{one.value: given[one] for one in Given}}


@needs(Right.KEEP_SUPPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked, uuid: UUID) -> HttpResponse:
    """Begin one out of a store."""
    scope = request.by.scope(Right.KEEP_SUPPLIES)
    store = queries.store(scope, uuid)
    areas = parcels.areas_for(scope)
    form = ParcelForm(request.POST if request.method == "POST" else None)
    where = labels(areas)
    form.fields["area"].widget.choices = [("", "—"), *[(str(one.uuid), where[one.pk]) for one in areas]]
    if request.method == "POST":
        try:
            return redirect("parcel", _begun(request, store, areas).uuid)
        except (Problem, Problems) as problem:
            form.say(problem)
    context = {
        "form": form, "store": store, "uuid": request.POST.get("uuid") or uuid7(), "rows": _lines(request),
        "items": [(str(one.uuid), f"{one.name}（{one.unit}）") for one in queries.items()],
        "page_back": reverse("store", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/desk/parcel_new.html", context, status=422 if form.errors else 200)


def _lines(request: Asked) -> list[dict[str, Any]]:
    """The rows of items as they were typed."""
    return [
        {"number": number, "shown": number + 1}
        | {name: request.POST.get(f"{name}{number}", "") for name in ("item", "small", "middle", "large")}
        for number in range(LINES)
    ]


def _begun(request: Asked, store: Store, areas: list[Place]) -> Parcel:
    typed = read_parcel(request.POST)
    area = next((one for one in areas if one.uuid == typed.area), None)
    if area is None:
        raise Problem("parcel_area", field="area")
    own = read_uuid(request.POST.get("uuid"))
    return giving.begin(store=store, area=area, typed=typed, by=request.by, uuid=own)


@needs(Right.KEEP_SUPPLIES)
@require_safe
def parcel(request: Asked, uuid: UUID) -> HttpResponse:
    """What is in it, and how far each building is."""
    one = _one(request, uuid)
    found = parcels.buildings(one, request.by.scope(Right.KEEP_SUPPLIES))
    where = labels([each.place for each in found])
    rows = [
        {"uuid": each.place.uuid, "name": where[each.place.pk], **_sums(each.given),
         "left": sum(each.given[state] for state in OUTSTANDING)}
        for each in found
    ]  # fmt: skip
    context = {
        "one": one, "area": full_label(one.area), "rows": rows, "total": _sums(parcels.counted([one])[one.pk]),
        "contents": _contents(one), "can_close": queries.leads(request.by) and one.closed_at is None,
        "given": [(key, str(word)) for key, word in GIVEN.items()], "page_back": reverse("parcels"),
        "actions": [{"url": reverse("parcel-paper", args=[uuid]), "label": _("All on paper"), "icon": "printer",
                     "main": False}],
    }  # fmt: skip
    return render(request, "wangge/desk/parcel.html", context)


def _contents(one: Parcel) -> list[tuple[str, int, int, int]]:
    """What is in a parcel of each size."""
    return [
        (f"{each.item.name}（{each.item.unit}）", each.small, each.middle, each.large)
        for each in one.items.select_related("item").order_by("item__name")
    ]


@needs(Right.KEEP_SUPPLIES)
@require_http_methods(["GET", "HEAD", "POST"])
def building(request: Asked, uuid: UUID, building: UUID) -> HttpResponse:
    """The list of a building: ticked one by one with a tap, or a whole sheet typed in."""
    one, place = _one(request, uuid), by_uuid(building)
    if request.method == "POST":
        _ticked(request, one)
        return redirect(request.get_full_path())
    doors = parcels.doors(one, request.by.scope(Right.KEEP_SUPPLIES), place)
    page = Paginator(doors, DOORS).get_page(request.GET.get("page"))
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"parcel:{uuid}",
             count=max(1, len(page.object_list)))  # fmt: skip
    context = {
        "one": one, "place": full_label(place), "building": building, "page": page, "rows": _rows(page.object_list),
        "keep": "", "contents": _contents(one), "open": one.closed_at is None,
        "page_back": reverse("parcel", args=[uuid]),
        "actions": [{"url": f"{reverse('parcel-paper', args=[uuid])}?building={building}", "label": _("On paper"),
                     "icon": "printer", "main": False}],
    }  # fmt: skip
    return render(request, "wangge/desk/parcel_building.html", context)


def _rows(found: Any) -> list[dict[str, Any]]:
    rows: list[ParcelDoor] = list(found)
    where = labels([one.door for one in rows])
    return [
        {
            "uuid": one.door.uuid, "name": where[one.door_id], "people": one.people, "bag": BAGS[one.bag],
            "given": one.given, "word": GIVEN[one.given], "left": one.given in OUTSTANDING,
            "at": moment(one.at) if one.at else "",
        }
        for one in rows
    ]  # fmt: skip


def _ticked(request: Asked, one: Parcel) -> None:
    ticks = read_ticks(request.POST)
    if not ticks:
        messages.warning(request, _("No door was ticked. Tick those that have it, then send."))
        return
    try:
        went = giving.give(parcel=one, doors=ticks, by=request.by)
    except Problem as problem:
        messages.error(request, sentence(problem))
        return
    said = _("Noted. Handed over: %(handed)d, nobody there: %(absent)d, not wanted: %(refused)d.")
    if went[Given.WAITING]:
        said = _("Taken back. The stock has it again.")
    messages.success(request, said % {given.value: number for given, number in went.items()})


@needs(Right.KEEP_SUPPLIES)
@require_safe
def paper(request: Asked, uuid: UUID) -> HttpResponse:
    """The list for the printer, a sheet for each building with boxes to tick. Put on record as an export."""
    one, only = _one(request, uuid), read_uuid(request.GET.get("building"))
    scope = request.by.scope(Right.KEEP_SUPPLIES)
    chosen = [each.place for each in parcels.buildings(one, scope) if only in (None, each.place.uuid)]
    where = labels(chosen)
    doors = list(parcels.doors(one, scope)[:MOST_PRINTED])
    rows = _rows(doors)
    sheets = [
        {"name": where[place.pk],
         "rows": [row for row, door in zip(rows, doors, strict=True) if door.door.path.startswith(place.path)]}
        for place in chosen
    ]  # fmt: skip
    log_look(by=request.by, kind=AccessLog.Kind.EXPORTED, person=None, reason=f"parcel:{uuid}",
             count=max(1, len(rows)))  # fmt: skip
    context = {"one": one, "sheets": sheets, "contents": _contents(one), "printed": moment(clock.now()),
               "language": get_language()}  # fmt: skip
    html = render_to_string("wangge/desk/parcel_paper.html", context)
    return printing.pdf(html, style="wangge/errands.css", name="parcels.pdf")


@needs(Right.KEEP_SUPPLIES)
@require_POST
def close(request: Asked, uuid: UUID) -> HttpResponse:
    """It is over."""
    one = _one(request, uuid)
    giving.close(parcel=one, by=request.by)
    messages.success(request, _("%(name)s is over. What was not given is free again.") % {"name": one.name})
    return redirect("parcel", uuid)
