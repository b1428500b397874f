"""Lists handed down: send one, correct its columns, look, take it, pass on what is not ours, report it up."""

from time import monotonic
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.base.receipts import queries as receipts
from wangge.base.receipts.models import Intake
from wangge.domains.lists import actions, queries
from wangge.domains.lists.columns import FORM
from wangge.domains.lists.inputs import read_list
from wangge.domains.lists.models import HandedList
from wangge.domains.lists.rules import ListState, RowState
from wangge.domains.lists.words import LIST_STATES
from wangge.domains.places.queries.scoped import widest
from wangge.domains.places.rules import DIVISIONS, Kind
from wangge.web.access import Asked, needs
from wangge.web.desk import import_rows, list_rows
from wangge.web.desk.forms import ListFileForm, ListForm
from wangge.web.desk.words import moment
from wangge.web.problems import sentence

PAGE, LISTS = 50, 20
AT_ONCE = 1000  # rows that are matched while the sender waits; a longer list is the worker's
PATIENCE = 5.0  # seconds


@needs(Right.IMPORT_RECORDS)
def lists(request: Asked) -> HttpResponse:
    """Send a list, and the lists there are with how far each is."""
    form = ListFileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            intake, new = _receive(request)
        except Problem as error:
            form.say(error)
        else:
            if not new:
                messages.info(request, _("This file was sent before. Nothing was taken twice; here it is."))
            return redirect("handed-file", intake.uuid)
    found = queries.lists(request.by.scope(Right.IMPORT_RECORDS))
    page = Paginator(found, LISTS).get_page(request.GET.get("page"))
    place = widest(request.by.scope(Right.IMPORT_RECORDS))
    context = {"form": form, "page": page, "cards": list_rows.cards(list(page.object_list)),
               "above": place is not None and place.kind in DIVISIONS and place.kind != Kind.COMMUNITY}  # fmt: skip
    return render(request, "wangge/desk/lists.html", context, status=422 if request.method == "POST" else 200)


def _receive(request: Asked) -> tuple[Intake, bool]:
    file = request.FILES.get("file")
    if file is None:
        raise Problem("file_missing", field="file")
    most, size = FORM.most_bytes, file.size or 0
    if size > most:
        raise Problem("file_too_big", field="file", found=f"{size / 2**20:.1f}", most=most >> 20)
    return actions.keep_file(name=file.name or "", content=file.read(), by=request.by)


@needs(Right.IMPORT_RECORDS)
def file(request: Asked, uuid: UUID) -> HttpResponse:
    """The columns of a list's file, and what is said of the list as a whole."""
    intake = receipts.intake(FORM.kind, request.by, uuid)
    scope = request.by.scope(Right.IMPORT_RECORDS)
    if known := queries.lists(scope).filter(intake=intake.uuid).first():
        return redirect("handed-list", known.uuid)
    form = ListForm(
        request.POST if request.method == "POST" else None, initial={"title": _title(intake)},
        questionnaires=queries.questionnaires(),
    )  # fmt: skip
    fields = [request.POST.get(f"column-{at}", "") for at in range(len(intake.columns))]
    if request.method == "POST":
        try:
            one = actions.look_at(intake=intake, fields=fields, said=read_list(request.POST.dict()), by=request.by)
        except (Problem, Problems) as error:
            form.say(error)
        else:
            _go_on(one, receipts.size(intake), request.by)
            return redirect("handed-list", one.uuid)
    posted = request.method == "POST"
    context = {"intake": intake, "form": form, "columns": import_rows.choices(intake, fields if posted else None),
               "page_back": reverse("handed"), "total": receipts.size(intake)}  # fmt: skip
    return render(request, "wangge/desk/list_file.html", context, status=422 if posted else 200)


def _title(intake: Intake) -> str:
    return intake.name.rsplit(".", 1)[0]


def _go_on(one: HandedList, size: int, by: By) -> None:
    """A short list at once; a long one is the worker's, and the page may be closed."""
    until = monotonic() + PATIENCE
    if size <= AT_ONCE:
        while actions.read_on(list_=one, by=by) and monotonic() < until:
            continue


def mine(request: Asked, uuid: UUID) -> HandedList:
    return queries.one(request.by.scope(Right.IMPORT_RECORDS), uuid)


@needs(Right.IMPORT_RECORDS)
@require_safe
def one(request: Asked, uuid: UUID) -> HttpResponse:
    """A list with its rows by state, what can be done now, and the offices that have some of it."""
    found = mine(request, uuid)
    sums, show = queries.sums([found])[found.pk], request.GET.get("show", "")
    rows = queries.rows(found).order_by("-urgent", "number")
    rows = rows.filter(state=show) if show in list_rows.SHOWN else rows
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = _head(found) | {
        "sums": sums, "tiles": list_rows.tiles(sums, show), "show": show if show in list_rows.SHOWN else "",
        "page": page, "rows": list_rows.rows(found, list(page.object_list)), "people": queries.people_in(found),
        "keep": f"show={show}" if show else "", "below": list_rows.below(found), "page_back": reverse("handed"),
        "outcomes": list_rows.outcomes(found), "away": _ours_elsewhere(found).count(), **_progress(found),
    }  # fmt: skip
    return render(request, "wangge/desk/list.html", context)


def _head(found: HandedList) -> dict[str, Any]:
    return {
        "list": found, "state": LIST_STATES[found.state], "due": moment(found.due_at),
        "received": moment(found.received_at), "reading": found.state == ListState.READING,
        "looked": found.state == ListState.LOOKED, "taken": found.state == ListState.TAKEN,
        "reported": moment(found.reported_at) if found.reported_at else "",
        "to_sign": found.above_id is not None and found.accepted_at is None,
        "from_office": found.above.place.name if found.above else "",
    }  # fmt: skip


def _ours_elsewhere(found: HandedList) -> Any:
    """Rows that lie in the area of another office of this system."""
    return queries.rows(found).filter(state=RowState.ELSEWHERE, area__isnull=False)


def _progress(found: HandedList) -> dict[str, int]:
    if found.state != ListState.READING or found.intake is None:
        return {"total": 0, "done": 0}
    intake = receipts.named(found.intake)
    total = receipts.size(intake)
    return {"total": total, "done": total - receipts.left(intake, ["waiting"])}


@needs(Right.IMPORT_RECORDS)
@require_safe
def progress(request: Asked, uuid: UUID) -> HttpResponse:
    """How far the matching is, asked every two seconds; at the end the page is fetched whole."""
    found = mine(request, uuid)
    response = render(request, "wangge/desk/list_progress.html", _head(found) | _progress(found))
    if found.state != ListState.READING:
        response["HX-Refresh"] = "true"
    return response


@needs(Right.IMPORT_RECORDS)
@require_POST
def take(request: Asked, uuid: UUID) -> HttpResponse:
    """Take a list as it was looked at, or send on what was matched since."""
    found = mine(request, uuid)
    if found.state == ListState.TAKEN:
        actions.send_matched(list_=found, by=request.by)
    else:
        actions.take_list(list_=found, by=request.by)
    messages.success(request, _("Sent on. Whoever is known already is not asked again."))
    return redirect("handed-list", uuid)


@needs(Right.IMPORT_RECORDS)
@require_POST
def accept(request: Asked, uuid: UUID) -> HttpResponse:
    """Sign for a list another office forwarded."""
    actions.accept_list(list_=mine(request, uuid), by=request.by)
    messages.success(request, _("Signed for. The office that sent it sees the time."))
    return redirect("handed-list", uuid)


@needs(Right.IMPORT_RECORDS)
@require_POST
def forward(request: Asked, uuid: UUID) -> HttpResponse:
    """Forward every row that lies in another office's area to that office."""
    found = mine(request, uuid)
    rows = list(_ours_elsewhere(found))
    if not rows:
        raise Problem("nothing_to_forward")
    actions.forward_rows(list_=found, rows=rows, by=request.by)
    said = ngettext("%(n)d row was forwarded. Its answer comes back here by itself.",
                    "%(n)d rows were forwarded. Their answers come back here by themselves.", len(rows))  # fmt: skip
    messages.success(request, said % {"n": len(rows)})
    return redirect("handed-list", uuid)


@needs(Right.IMPORT_RECORDS)
@require_POST
def throw_away(request: Asked, uuid: UUID) -> HttpResponse:
    """Delete a list of which nothing was asked yet."""
    actions.throw_away(list_=mine(request, uuid), by=request.by)
    messages.success(request, _("The list was thrown away. Nothing of it was asked of anybody."))
    return redirect("handed")


@needs(Right.IMPORT_RECORDS)
@require_POST
def report_up(request: Asked, uuid: UUID) -> HttpResponse:
    """Close a list whose rows have all ended; the file can then be downloaded for its sender."""
    found = mine(request, uuid)
    try:
        actions.report_up(list_=found, by=request.by)
    except Problem as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Reported up. Download the table and send it to %(who)s.") % {"who": found.sender})
    return redirect("handed-list", uuid)


@needs(Right.IMPORT_RECORDS)
@require_POST
def report(request: Asked, uuid: UUID) -> HttpResponse:
    """The list in its sender's own columns, with the answers; on record as an export."""
    found = mine(request, uuid)
    actions.log_report(list_=found, by=request.by)
    content, media, ending = list_rows.as_file(found, request.POST.get("as", "xlsx"))
    response = HttpResponse(content, content_type=media)
    name = f"list-{found.received_at:%Y%m%d}-{str(found.uuid)[-4:]}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@needs(Right.IMPORT_RECORDS)
@require_safe
def receipt(request: Asked, uuid: UUID) -> HttpResponse:
    """What was received, taken, passed on and returned, to print or to show the sender. Nobody is named."""
    found = mine(request, uuid)
    sums = queries.sums([found])[found.pk]
    returned = queries.rows(found).filter(state=RowState.RETURNED)
    rows = list_rows.rows(found, list(returned[:200]))
    context = _head(found) | {
        "sums": sums, "tiles": list_rows.tiles(sums, ""), "people": queries.people_in(found), "rows": rows,
        "below": list_rows.below(found), "page_back": reverse("handed-list", args=[uuid]),
        "outcomes": list_rows.outcomes(found),
        "accepted": moment(found.accepted_at) if found.accepted_at else "",
    }  # fmt: skip
    return render(request, "wangge/desk/list_receipt.html", context)
