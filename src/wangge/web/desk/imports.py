"""People and venues from a file: send it, correct its columns, look at what will happen, take it, get back the rest."""

from time import monotonic
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.base.receipts import queries
from wangge.base.receipts.models import Intake
from wangge.flows import importing
from wangge.web.access import Asked, needs
from wangge.web.desk import import_rows
from wangge.web.desk.forms import ImportForm
from wangge.web.desk.register import register_tabs
from wangge.web.problems import sentence

PAGE = 20
AT_ONCE = 2000  # rows that are looked through, or taken, while the sender waits; a longer file is the worker's
PATIENCE = 5.0  # seconds; what is left after them is the worker's as well


@needs(Right.IMPORT_RECORDS)
def imports(request: Asked) -> HttpResponse:
    """Send a file, and the files sent before with what became of them."""
    form = ImportForm(request.POST if request.method == "POST" else None, initial={"kind": "people.people"})
    if request.method == "POST":
        try:
            intake, new = _receive(request)
        except Problem as error:
            form.say(error)
        else:
            if not new:
                messages.info(request, _("This file was sent before. Nothing was taken twice; here it is."))
            return redirect("import", intake.uuid)
    mine = queries.mine_of(list(importing.IMPORTS), request.by)
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "sent": import_rows.sent(page.object_list),
               "register": register_tabs(request, "imports")}  # fmt: skip
    return render(request, "wangge/desk/imports.html", context, status=422 if request.method == "POST" else 200)


def _receive(request: Asked) -> tuple[Intake, bool]:
    file, kind = request.FILES.get("file"), request.POST.get("kind", "")
    if kind not in importing.IMPORTS:
        raise Problem("import_kind_missing", field="kind")
    if file is None:
        raise Problem("file_missing", field="file")
    most, size = importing.IMPORTS[kind].form.most_bytes, file.size or 0
    if size > most:
        raise Problem("file_too_big", field="file", found=f"{size / 2**20:.1f}", most=most >> 20)
    return importing.receive(kind=kind, name=file.name or "", content=file.read(), by=request.by)


def _mine(request: Asked, uuid: UUID) -> Intake:
    return queries.mine_of(list(importing.IMPORTS), request.by).get(uuid=uuid)


@needs(Right.IMPORT_RECORDS)
def one(request: Asked, uuid: UUID) -> HttpResponse:
    """One file where it stands: its columns to correct, the dry run, or what became of its rows."""
    return _page(request, _mine(request, uuid))


def _page(request: Asked, intake: Intake, typed: list[str] | None = None, wrong: str = "") -> HttpResponse:
    stage = import_rows.stage(intake)
    context = {"intake": intake, "stage": stage, "sent": import_rows.sent([intake])[0], "wrong": wrong,
               "page_back": reverse("imports"), "make_doors": intake.shape.get("make_doors", True),
               "doors_asked": intake.kind == "people.people", "shape": intake.shape}  # fmt: skip
    if stage in ("columns", "looked"):
        context["columns"] = import_rows.choices(intake, typed)
    if stage == "looked":
        show, number = request.GET.get("show", ""), request.GET.get("page")
        rows = import_rows.Rows(intake, show, request.by)
        page = import_rows.paged(rows, number)
        context |= {"page": page, "rows": page.object_list, "sums": rows.sums, "show": rows.show,
                    "taking": rows.sums["new"] + rows.sums["changed"]}  # fmt: skip
    if stage == "done":
        page, shown = import_rows.refused_page(intake, request.GET.get("page"))
        context |= {"page": page, "rows": shown, "sums": queries.foreseen(intake)}
    return render(request, "wangge/desk/import.html", context | _progress(intake, stage), status=422 if wrong else 200)


def _progress(intake: Intake, stage: str) -> dict[str, int]:
    states = ["waiting"] if stage == "looking" else ["waiting", "looked"]
    total = queries.size(intake)
    return {"total": total, "done": total - queries.left(intake, states)}


@needs(Right.IMPORT_RECORDS)
def progress(request: Asked, uuid: UUID) -> HttpResponse:
    """How far it is, asked every two seconds; at the end the page is fetched whole."""
    intake = _mine(request, uuid)
    stage = import_rows.stage(intake)
    context = {"intake": intake, "stage": stage, **_progress(intake, stage)}
    response = render(request, "wangge/desk/import_progress.html", context)
    if stage not in ("looking", "taking"):
        response["HX-Refresh"] = "true"
    return response


@needs(Right.IMPORT_RECORDS)
@require_POST
def look(request: Asked, uuid: UUID) -> HttpResponse:
    """Choose the columns and look at what will happen."""
    intake = _mine(request, uuid)
    fields = [request.POST.get(f"column-{at}", "") for at in range(len(intake.columns))]
    make_doors = "make_doors" in request.POST or intake.kind != "people.people"
    try:
        intake = importing.ask_look(intake=intake, fields=fields, make_doors=make_doors, by=request.by)
    except Problem as error:
        return _page(request, intake, fields, sentence(error))
    _go_on(intake, request.by)
    return redirect("import", uuid)


@needs(Right.IMPORT_RECORDS)
@require_POST
def take(request: Asked, uuid: UUID) -> HttpResponse:
    """Take the rows as the dry run said."""
    intake = importing.ask_take(intake=_mine(request, uuid), by=request.by)
    _go_on(intake, request.by)
    return redirect("import", uuid)


def _go_on(intake: Intake, by: By) -> None:
    """A short file at once; a long one is the worker's, and the page may be closed."""
    until = monotonic() + PATIENCE
    if queries.size(intake) <= AT_ONCE:
        while importing.go_on(intake=intake, by=by) and monotonic() < until:
            continue


@needs(Right.IMPORT_RECORDS)
@require_POST
def refused(request: Asked, uuid: UUID) -> HttpResponse:
    """The rows that came back as a file of the same form with the reason beside; on record as an export."""
    intake = _mine(request, uuid)
    content, media, ending = import_rows.returned(intake, by=request.by)
    response = HttpResponse(content, content_type=media)
    name = f"refused-{intake.received_at:%Y%m%d-%H%M}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@needs(Right.IMPORT_RECORDS)
@require_POST
def throw_away(request: Asked, uuid: UUID) -> HttpResponse:
    """Delete a file that was not taken."""
    importing.throw_away(intake=_mine(request, uuid), by=request.by)
    messages.success(request, _("The file was thrown away. Nothing of it was taken."))
    return redirect("imports")
