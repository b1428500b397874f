"""Laboratory files: sending one, what became of its rows, correcting those that came back."""

from time import monotonic
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.base.receipts import queries
from wangge.base.receipts.models import Intake
from wangge.base.receipts.tables import MOST_BYTES
from wangge.domains.testing import files
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import FileForm, RowForm
from wangge.web.desk.intake_rows import Counts, counts, export, refused_rows

PAGE = 20
AT_ONCE = 2000  # rows that are taken while the sender waits; a longer file is the worker's
PATIENCE = 5.0  # seconds; what is left after them is the worker's as well
PART = 100


@needs(Right.ENTER_RESULTS)
def intakes(request: Asked) -> HttpResponse:
    """Send a file, and the files sent before with what became of them."""
    form = FileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            intake, new = _receive(request)
        except Problem as error:
            form.say(error)
        else:
            if not new:
                messages.info(request, _("This file was sent before. Nothing was taken twice; here it is."))
            return redirect("intake", intake.uuid)
    page = Paginator(queries.mine(files.FORM.kind, request.by), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "sent": counts(page.object_list), "page_back": reverse("results")}
    return render(request, "wangge/desk/intakes.html", context, status=422 if request.method == "POST" else 200)


def _receive(request: Asked) -> tuple[Intake, bool]:
    file = request.FILES.get("file")
    if file is None:
        raise Problem("file_missing", field="file")
    if (file.size or 0) > MOST_BYTES:
        raise Problem("file_too_big", field="file", found=f"{(file.size or 0) / 2**20:.1f}", most=MOST_BYTES >> 20)
    intake, new = files.receive_file(name=file.name or "", content=file.read(), by=request.by)
    left, until = queries.how_many_wait(intake), monotonic() + PATIENCE
    while 0 < left <= AT_ONCE and monotonic() < until:
        left = files.take_rows(intake=intake, limit=PART, by=request.by)
    return intake, new


@needs(Right.ENTER_RESULTS)
def intake(request: Asked, uuid: UUID) -> HttpResponse:
    """One file: totals that add up, the rows that came back, each with its reason and a form."""
    return _page(request, queries.intake(files.FORM.kind, request.by, uuid))


def _page(request: Asked, one: Intake, wrong: tuple[int, RowForm] | None = None) -> HttpResponse:
    page = Paginator(queries.refused(one), PAGE).get_page(request.GET.get("page"))
    context = {
        "intake": one, "counts": _counts(one), "page": page, "rows": refused_rows(one, page.object_list, wrong),
        "page_back": reverse("intakes"),
    }  # fmt: skip
    return render(request, "wangge/desk/intake.html", context, status=422 if wrong else 200)


def _counts(one: Intake) -> Counts:
    return counts([one])[0]


@needs(Right.ENTER_RESULTS)
def intake_progress(request: Asked, uuid: UUID) -> HttpResponse:
    """The totals alone, asked every two seconds while rows wait; at the end the page is fetched whole."""
    one = queries.intake(files.FORM.kind, request.by, uuid)
    now = _counts(one)
    response = render(request, "wangge/desk/intake_counts.html", {"intake": one, "counts": now})
    if not now.waiting:
        response["HX-Refresh"] = "true"
    return response


@needs(Right.ENTER_RESULTS)
@require_POST
def correct(request: Asked, uuid: UUID, number: int) -> HttpResponse:
    """Send one refused row again as corrected."""
    one = queries.intake(files.FORM.kind, request.by, uuid)
    row = queries.row(one, number)
    try:
        files.correct_row(row=row, typed=request.POST.dict(), by=request.by)
    except (Problem, Problems) as error:
        form = RowForm(request.POST, auto_id=f"row{number}_%s")
        form.say(error)
        return _page(request, one, (number, form))
    messages.success(request, _("Row %(number)s is recorded as corrected.") % {"number": number})
    return redirect(f"{reverse('intake', args=[uuid])}#refused")


@needs(Right.ENTER_RESULTS)
@require_POST
def refused_file(request: Asked, uuid: UUID) -> HttpResponse:
    """The refused rows as a file of the same form with the reason beside; on record as an export."""
    one = queries.intake(files.FORM.kind, request.by, uuid)
    response = HttpResponse(export(one, by=request.by), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{one.received_at:%Y%m%d-%H%M}.csv"'
    response["Cache-Control"] = "no-store"
    return response
