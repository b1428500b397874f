"""Tables of offices: which there are, what each holds and lacks, out as a file, made by the clock, made anew."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.base.receipts.writing import WORKBOOK
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.places.models import Place
from wangge.domains.tables import actions, queries, writing
from wangge.domains.tables.coverage import coverage
from wangge.domains.tables.models import SavedTable
from wangge.domains.tables.rules import Definition, Every
from wangge.domains.tables.words import COVERS, EVERY, SUBJECTS
from wangge.web.access import Asked, needs
from wangge.web.desk.register import register_tabs
from wangge.web.desk.table_forms import TakeForm
from wangge.web.desk.words import language, moment


@needs(Right.OPEN_RECORD)
@never_cache
def tables(request: Asked) -> HttpResponse:
    """Every table, the files that wait, and what the clock makes for this account."""
    found = [
        {"url": reverse("table", args=[one.name]), "title": one.title, "office": one.office,
         "subject": SUBJECTS[one.subject], "columns": len(one.columns)}
        for one in queries.tables(request.by)
    ]  # fmt: skip
    titles = {one.name: one.title for one in queries.tables(request.by)}
    files = [
        {"uuid": one.uuid, "name": one.name, "title": titles.get(one.schedule.table, one.schedule.table),
         "count": one.count, "made": moment(one.made_at),
         "picked_up": moment(one.picked_up_at) if one.picked_up_at else ""}
        for one in queries.files(request.by)[:20]
    ]  # fmt: skip
    running = [
        {"uuid": one.uuid, "title": titles.get(one.table, one.table), "every": EVERY[one.every], "form": one.form}
        for one in queries.schedules(request.by)
    ]
    context = {"tables": found, "files": files, "schedules": running, "register": register_tabs(request, "tables")}
    return render(request, "wangge/desk/tables.html", context)


@needs(Right.OPEN_RECORD)
@never_cache
def table(request: Asked, name: str) -> HttpResponse:
    """One table: how many rows, the first of them masked, what is known of each column, and the two forms."""
    return _page(request, _named(request, name))


def _page(request: Asked, definition: Definition, form: TakeForm | None = None) -> HttpResponse:
    by = request.by
    covered = [
        {"heading": one.column.heading, "state": COVERS[one.cover], "cover": one.cover.value, "count": one.count,
         "total": one.total, "question": _asked(one.question), "missing": one.missing}
        for one in coverage(definition, by)
    ]  # fmt: skip
    context = {
        "table": definition, "subject": SUBJECTS[definition.subject], "count": queries.how_many(definition, by),
        "rows": queries.first_rows(definition, by), "covered": covered, "form": form or TakeForm(),
        "conditions": writing.said(definition), "page_back": reverse("tables"),
    }  # fmt: skip
    return render(request, "wangge/desk/table.html", context, status=422 if form else 200)


def _asked(question: Any) -> str:
    """What would be asked, in the words of the bank."""
    if question is None:
        return ""
    return str(words_in(question.label, language()))


def _named(request: Asked, name: str) -> Definition:
    """The table of an address; one that is not there for this reader is no page."""
    try:
        return queries.table(name, request.by)
    except Problem as error:
        raise SavedTable.DoesNotExist from error


def _area(request: Asked) -> Place | None:
    return queries.area_named(request.POST.get("area", ""), request.by)


@needs(Right.OPEN_RECORD)
@require_POST
def export(request: Asked, name: str) -> HttpResponse:
    """The table as a file, row by row; on record before its first row leaves."""
    definition = _named(request, name)
    try:
        about = writing.begin(
            definition=definition, area=_area(request), reason=request.POST.get("reason", ""), by=request.by
        )
    except Problem as error:
        return _again(request, definition, error)
    answer: HttpResponseBase
    ending = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    if ending == "xlsx":
        answer = FileResponse(writing.as_workbook(about), content_type=WORKBOOK)
    else:
        answer = StreamingHttpResponse(writing.as_csv(about), content_type="text/csv; charset=utf-8")
    return _sent(answer, about.file_name(ending))


def _again(request: Asked, definition: Definition, error: Problem) -> HttpResponse:
    form = TakeForm(request.POST)
    form.say(error)
    return _page(request, definition, form)


def _sent(answer: HttpResponseBase, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return cast(HttpResponse, answer)  # a stream, which the pages' type does not name


@needs(Right.OPEN_RECORD)
@require_POST
def schedule(request: Asked, name: str) -> HttpResponse:
    """Have it made by the clock."""
    definition = _named(request, name)
    every = Every.WEEK if request.POST.get("every") == Every.WEEK else Every.DAY
    try:
        actions.schedule_table(
            definition=definition, area=_area(request), every=every, form=request.POST.get("format", "csv"),
            reason=request.POST.get("reason", ""), by=request.by,
        )  # fmt: skip
    except Problem as error:
        return _again(request, definition, error)
    messages.success(request, _("It is made from the next day on and waits here, on the page of tables."))
    return redirect("tables")


@needs(Right.OPEN_RECORD)
@require_POST
def schedule_end(request: Asked, uuid: UUID) -> HttpResponse:
    """No more files of it."""
    actions.end_schedule(schedule=queries.schedule(uuid), by=request.by)
    messages.success(request, _("It is made no more. Files that were made stay for their days."))
    return redirect("tables")


@needs(Right.OPEN_RECORD)
@require_POST
def file(request: Asked, uuid: UUID) -> HttpResponse:
    """Pick a file up; on record."""
    try:
        found, pieces = actions.pick_up(uuid=uuid, by=request.by)
    except Problem:
        messages.error(request, _("This file was deleted after its days. Take the table again, or wait for the next."))
        return redirect("tables")
    kind = WORKBOOK if found.name.endswith("xlsx") else "text/csv; charset=utf-8"
    return _sent(StreamingHttpResponse(pieces, content_type=kind), found.name)
