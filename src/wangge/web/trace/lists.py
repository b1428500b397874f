"""Line lists of the tracer: as files for Go.Data and epiverse, and what such files bring back."""

from collections.abc import Iterable
from time import monotonic
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.base.receipts import queries as receipts
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.base.receipts.tables import MOST_BYTES
from wangge.base.receipts.words import STATES
from wangge.base.receipts.writing import WORKBOOK
from wangge.domains.cases.linelists import taking, writing
from wangge.domains.cases.linelists.shapes import FORMS, KINDS, Shape
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, touching
from wangge.web.access import Asked, needs
from wangge.web.command.here import uuid_of
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment
from wangge.web.problems import sentence

PAGE = 50
SENT = 20  # lists sent before that are shown
PART = 100
PATIENCE = 5.0  # seconds; what is left after them is the worker's
NAMES = {
    Shape.GODATA_CASES: gettext_lazy("Cases, for Go.Data"),
    Shape.GODATA_CONTACTS: gettext_lazy("Contacts, for Go.Data"),
    Shape.GODATA_RELATIONSHIPS: gettext_lazy("Who met whom, for Go.Data (without names)"),
    Shape.LINELIST: gettext_lazy("Cases, for epiverse linelist (without names)"),
}


def _choice(label: Any, options: Iterable[tuple[Any, Any]]) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Select(choices=list(options)))


class _ListForm(Typed):
    """A list's shape and Response."""

    shapes: Iterable[Shape] = Shape

    def __init__(self, responses: Iterable[Response], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shape = _choice(pgettext_lazy("line list", "Which list"), [(one.value, NAMES[one]) for one in self.shapes])
        response = _choice(gettext_lazy("Response"), [(str(one.uuid), one.title) for one in responses])
        self.fields = {"shape": shape, "response": response} | self.fields


class ExportForm(_ListForm):
    format = _choice(gettext_lazy("Kind of file"), [("csv", "CSV"), ("xlsx", gettext_lazy("Excel workbook"))])
    reason = forms.CharField(
        label=gettext_lazy("What for"), widget=forms.TextInput(attrs={"maxlength": 150, "autocomplete": "off"}),
        help_text=gettext_lazy("It goes on record, with the number of rows."),
    )  # fmt: skip


class SendForm(_ListForm):
    shapes = tuple(FORMS)
    file = forms.CharField(
        label=gettext_lazy("The list"), help_text=gettext_lazy("CSV or Excel, at most 10 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls,text/csv"}),
    )  # fmt: skip


def _responses(request: Asked) -> list[Response]:
    return [one for one in touching(request.by.scope(Right.TRACE)) if "case" in in_force(one).on]


def _chosen(request: Asked) -> tuple[Shape, Response]:
    """What both forms choose. Raises Problem."""
    uuid = uuid_of(request.POST.get("response", ""))
    response = next((one for one in _responses(request) if one.uuid == uuid), None)
    try:
        shape = Shape(request.POST.get("shape", ""))
    except ValueError:
        response = None
    if response is None:
        raise Problem("list_missing", field="shape")
    return shape, response


@needs(Right.TRACE)
@never_cache
def lists(request: Asked) -> HttpResponse:
    """The two forms, and the lists sent before."""
    return _page(request)


def _page(request: Asked, out: ExportForm | None = None, into: SendForm | None = None) -> HttpResponse:
    known = _responses(request)
    if not known:
        return render(request, "wangge/trace/no_response.html")
    sent = [one for kind in KINDS for one in receipts.mine(kind, request.by)[:SENT]]
    context = {
        "out": out or ExportForm(known, auto_id="out_%s"), "into": into or SendForm(known, auto_id="in_%s"),
        "sent": [_intake(one) for one in sorted(sent, key=lambda one: one.received_at, reverse=True)[:SENT]],
        "page_back": reverse("cases"),
    }  # fmt: skip
    return render(request, "wangge/trace/lists.html", context, status=422 if out or into else 200)


@needs(Right.TRACE)
@require_POST
def export(request: Asked) -> HttpResponse:
    """A list as a file, row by row; on record before its first row leaves."""
    try:
        shape, response = _chosen(request)
        about = writing.begin(shape=shape, response=response, reason=request.POST.get("reason", ""), by=request.by)
    except Problem as error:
        form = ExportForm(_responses(request), request.POST, auto_id="out_%s")
        form.say(error)
        return _page(request, out=form)
    answer: HttpResponseBase
    ending = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    if ending == "xlsx":
        answer = FileResponse(writing.as_workbook(about, request.by), content_type=WORKBOOK)
    else:
        answer = StreamingHttpResponse(writing.as_csv(about, request.by), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{about.file_name(ending)}"'
    answer["Cache-Control"] = "no-store"
    return cast(HttpResponse, answer)  # a stream, which the pages' type does not name


@needs(Right.TRACE)
@require_POST
def send(request: Asked) -> HttpResponse:
    """Take a list in; what cannot be taken comes back with its reason."""
    try:
        intake, new = _receive(request)
    except Problem as error:
        form = SendForm(_responses(request), request.POST, auto_id="in_%s")
        form.say(error)
        return _page(request, into=form)
    if not new:
        messages.info(request, _("This file was sent before. Nothing was taken twice; here it is."))
    return redirect("list-intake", intake.uuid)


def _receive(request: Asked) -> tuple[Intake, bool]:
    shape, response = _chosen(request)
    file = request.FILES.get("file")
    if file is None or shape not in FORMS:
        raise Problem("file_missing", field="file")
    if (file.size or 0) > MOST_BYTES:
        raise Problem("file_too_big", field="file", found=f"{(file.size or 0) / 2**20:.1f}", most=MOST_BYTES >> 20)
    intake, new = taking.receive_list(
        shape=shape, name=file.name or "", content=file.read(), response=response, by=request.by
    )
    left, until = receipts.how_many_wait(intake), monotonic() + PATIENCE
    while left and monotonic() < until:
        left = taking.take_part(intake=intake, limit=PART, by=request.by)
    return intake, new


@needs(Right.TRACE)
@never_cache
def intake(request: Asked, uuid: UUID) -> HttpResponse:
    """One list that was sent: totals that add up, and each row that could not be taken with its reason."""
    one = next((found for kind in KINDS for found in receipts.mine(kind, request.by).filter(uuid=uuid)), None)
    if one is None:
        raise Intake.DoesNotExist
    page = Paginator(receipts.refused(one), PAGE).get_page(request.GET.get("page"))
    context = _intake(one) | {"page": page, "rows": _refused(one, page.object_list), "page_back": reverse("lists")}
    return render(request, "wangge/trace/list_intake.html", context)


def _intake(one: Intake) -> dict[str, Any]:
    totals = receipts.totals([one])[one.pk]
    order = ("taken", "known", "refused", "waiting")
    return {
        "intake": one, "kind": NAMES[KINDS[one.kind]], "received": moment(one.received_at),
        "total": sum(totals.values()), "parts": [(STATES[state], totals[state]) for state in order],
        "waiting": totals["waiting"],
    }  # fmt: skip


def _refused(one: Intake, rows: Iterable[IntakeRow]) -> list[dict[str, Any]]:
    headings = dict(one.columns)
    return [
        {"number": row.number, "column": headings.get(row.column, ""), "reason": sentence(receipts.problem(row))}
        for row in rows
    ]
