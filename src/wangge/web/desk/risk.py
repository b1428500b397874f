"""Risk areas at the desk: the list in force, taking a new one in, the history of one area."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.risk import queries
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import MOST_BYTES, read_list
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList
from wangge.domains.risk.words import LEVELS, UNITS
from wangge.web.access import Asked, needs, signed_in
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment
from wangge.web.problems import by_field

PAGE, LISTS = 50, 20


class ListForm(Typed):
    """A published list. The two confirmations appear once the list at hand asks for them."""

    file = forms.CharField(
        label=gettext_lazy("The published list"), help_text=gettext_lazy("JSON, as it was published."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )  # fmt: skip
    into_history = forms.CharField(
        label=gettext_lazy("As history: this older list completes what was before"), required=False,
        widget=forms.CheckboxInput(),
    )  # fmt: skip
    many_endings = forms.CharField(
        label=gettext_lazy("Yes, most areas in force are lifted"), required=False, widget=forms.CheckboxInput()
    )


@signed_in
@require_safe
def risk(request: Asked) -> HttpResponse:
    """The list in force, searched and paged, and the lists it came from."""
    return _page(request, ListForm())


def _page(request: Asked, form: ListForm, status: int = 200, ask: str = "") -> HttpResponse:
    q, level = request.GET.get("q", "").strip(), request.GET.get("level", "")
    level = level if level in LEVELS else ""
    page = Paginator(queries.listed_now(q, level), PAGE).get_page(request.GET.get("page"))
    current = queries.latest()
    context = {
        "form": form, "ask": ask, "may_take": request.by.may(Right.TAKE_RISK_LISTS), "page": page,
        "rows": [_row(area) for area in page.object_list], "q": q, "filters": [_filter(level)],
        "keep": urlencode({"q": q, "level": level}), "current": _list(current) if current else None,
        "lists": [_list(one) for one in queries.lists()[:LISTS]], "counts": queries.figures(),
    }  # fmt: skip
    return render(request, "wangge/desk/risk.html", context, status=status)


def _row(area: RiskArea) -> dict[str, Any]:
    held = area.intervals.all()[0]
    return {
        "area": area, "level": LEVELS[held.level], "high": held.level == "high", "since": moment(held.starts),
        "unit": UNITS[area.unit],
    }  # fmt: skip


def _filter(chosen: str) -> dict[str, Any]:
    return {
        "name": "level", "label": _("Level"), "chosen": chosen, "options": [("", _("all levels")), *LEVELS.items()],
    }  # fmt: skip


def _list(one: RiskList) -> dict[str, Any]:
    return {
        "published": moment(one.published_at), "high": one.high, "mid": one.mid, "low": one.low,
        "taken": moment(one.taken_at), "history": one.into_history,
    }  # fmt: skip


@needs(Right.TAKE_RISK_LISTS)
@require_POST
def take(request: Asked) -> HttpResponse:
    """Take a list in. Refused, the page says why and shows what is in force, unchanged."""
    form = ListForm(request.POST)
    try:
        one, known = _take(request)
    except Problem as error:
        if error.code in ASKS:  # said at the box that answers it
            form.add_error(ASKS[error.code], by_field(error)[error.field])
        else:
            form.say(error)
        return _page(request, form, status=422, ask=ASKS.get(error.code, ""))
    if known:
        messages.info(request, _("This list was taken before. Nothing was changed."))
    else:
        messages.success(request, _("The list of %(time)s was taken in.") % {"time": moment(one.published_at)})
    return redirect("risk")


ASKS = {"risk_list_older": "into_history", "risk_list_many_endings": "many_endings"}


def _take(request: Asked) -> tuple[RiskList, bool]:
    file = request.FILES.get("file")
    if file is None:
        raise Problem("file_missing", field="file")
    if (file.size or 0) > MOST_BYTES:
        raise Problem("risk_list_too_big", field="file", most=MOST_BYTES >> 20)
    published = read_list(file.read())
    known = queries.known(published.digest) is not None
    one = take_list(
        published=published, by=request.by, into_history="into_history" in request.POST,
        many_endings="many_endings" in request.POST,
    )  # fmt: skip
    return one, known


@signed_in
@require_safe
def area(request: Asked, uuid: UUID) -> HttpResponse:
    """One area: what it was from when to when, the latest first."""
    one = queries.area(uuid)
    rows = [_span(interval) for interval in reversed(one.intervals.all())]
    context = {"area": one, "unit": UNITS[one.unit], "rows": rows, "page_back": reverse("risk")}
    return render(request, "wangge/desk/risk_area.html", context)


def _span(one: RiskInterval) -> dict[str, Any]:
    return {
        "level": LEVELS[one.level], "high": one.level == "high", "from": moment(one.starts),
        "until": moment(one.ends) if one.ends else "",
    }  # fmt: skip
