"""A new table from an office's heading row: first what each heading means, then it is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.tables import actions, heading, queries
from wangge.domains.tables.catalogue import SOURCES
from wangge.domains.tables.inputs import of_data
from wangge.domains.tables.matching import Matched, match
from wangge.domains.tables.rules import ANSWER, Subject, question_of
from wangge.web.access import Asked, needs
from wangge.web.desk.table_forms import HeadingsForm
from wangge.web.desk.words import language


@needs(Right.OPEN_RECORD)
def new(request: Asked) -> HttpResponse:
    """The form; then the headings with their sources, to be corrected; then the table."""
    if request.method != "POST":
        return _page(request, HeadingsForm())
    form = HeadingsForm(request.POST)
    try:
        if "source-0" in request.POST:
            return _keep(request)
        columns = match(_headings(request), _subject(request), queries.bank())
    except Problem as error:
        form.say(error)
        return _page(request, form, status=422)
    return _page(request, form, columns)


def _headings(request: Asked) -> list[str]:
    sheet = request.FILES.get("sheet")
    return heading.of_file(sheet.read()) if sheet else heading.of_text(request.POST.get("headings", ""))


def _subject(request: Asked) -> Subject:
    try:
        return Subject(request.POST.get("subject", ""))
    except ValueError as error:
        raise Problem("table_subject_wrong", field="subject") from error


def _keep(request: Asked) -> HttpResponse:
    post = request.POST
    count = sum(key.startswith("heading-") for key in post)
    columns = [{"heading": post.get(f"heading-{at}"), "source": post.get(f"source-{at}")} for at in range(count)]
    data = {
        "title": post.get("title"),
        "office": post.get("office"),
        "subject": post.get("subject"),
        "columns": columns,
    }
    try:
        definition = of_data(data, post.get("table_name", ""))
        actions.save_table(definition=definition, place=queries.widest_place(request.by), by=request.by)
    except Problem as error:
        form = HeadingsForm(post)
        form.say(Problem(error.code, field="table_name" if error.field == "name" else error.field, **error.values))
        chosen = [Matched(str(one["heading"]), str(one["source"] or "")) for one in columns]
        return _page(request, form, chosen, status=422)
    return redirect("table", definition.name)


def _page(request: Asked, form: HeadingsForm, columns: list[Matched] | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "page_back": reverse("tables")}
    if columns:
        subject = _subject(request)
        choices = _choices(subject)
        context["columns"] = [_row(at, one, choices) for at, one in enumerate(columns)]
        context["open"] = sum(not one.source for one in columns)
    return render(request, "wangge/desk/table_new.html", context, status=status)


def _choices(subject: Subject) -> list[tuple[str, str]]:
    own = [(one.key, one.headings[0]) for one in SOURCES.values() if subject in one.subjects]
    asked = [] if subject is Subject.GRID else [(ANSWER + one.name, _label(one)) for one in queries.bank()]
    return [("", _("left empty")), *own, *asked]


def _label(question: Any) -> str:
    return words_in(question.label, language()) or str(question.name)


def _row(at: int, one: Matched, choices: list[tuple[str, str]]) -> dict[str, Any]:
    """A heading with what it may mean: the likeliest first, nothing chosen where it is doubtful."""
    likely = [choice for key in one.candidates for choice in choices if choice[0] == key]
    rest = [choice for choice in choices if choice not in likely]
    state = "known" if one.source and not question_of(one.source) else "answer" if one.source else "open"
    return {"at": at, "heading": one.heading, "source": one.source, "likely": likely, "rest": rest, "state": state}
