"""The questionnaires in use, and a new one from its file: what is wrong, or what it changes; then it is published."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import offer_file
from wangge.domains.asking.faulty import BrokenForm
from wangge.domains.asking.form_words import place_of, said_of
from wangge.domains.asking.models import Form
from wangge.domains.asking.queries import questionnaires as reads
from wangge.domains.asking.questionnaire import of_data, words_in
from wangge.domains.asking.saying import language
from wangge.domains.asking.sheets import MOST_BYTES
from wangge.domains.asking.shipped import shipped as shipped_here
from wangge.domains.asking.shipped import shipped_files
from wangge.web.access import Asked, needs
from wangge.web.command.here import kept
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment

PAGE = 25
MOST_SHOWN = 200  # mistakes on one page; what lies behind them shows once they are corrected


class FileForm(Typed):
    """A questionnaire in Excel or as one CSV."""

    file = forms.CharField(
        label=_("The questionnaire (XLSForm)"), help_text=_("Excel or CSV, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )  # fmt: skip


@needs(Right.ASK)
@require_safe
def questionnaires(request: Asked) -> HttpResponse:
    """What is in use; whoever keeps the questions finds there the way to a new version."""
    return _page(request, FileForm())


def _page(request: Asked, form: FileForm, wrong: BrokenForm | None = None, status: int = 200) -> HttpResponse:
    page = Paginator(reads.in_use(), PAGE).get_page(request.GET.get("page"))
    may = request.by.may(Right.KEEP_QUESTIONS)
    errors = wrong.errors if wrong else ()
    context = {
        "form": form, "may_publish": may, "page": page, "keep": kept(request), "rows": rows(request, list(page)),
        "shipped": _shipped() if may else [], "errors": [(place_of(one), said_of(one)) for one in errors[:MOST_SHOWN]],
        "page_back": reverse("asks"), "more": max(0, len(errors) - MOST_SHOWN), "count": len(errors),
    }  # fmt: skip
    return render(request, "wangge/asks/questionnaires.html", context, status=status)


def rows(request: Asked, found: list[Form]) -> list[dict[str, Any]]:
    """Versions as a list shows them; three queries for all of them."""
    read = {one.pk: of_data(one.definition) for one in found}
    names = {one.pk: [question.name for question in read[one.pk].asked] for one in found}
    posts = reads.publishers(found)
    used = reads.asked_in(request.by.scope(Right.ASK), {name for some in names.values() for name in some})
    return [
        {
            "form": one, "title": words_in(read[one.pk].title, language()), "questions": len(names[one.pk]),
            "since": moment(one.published_at), "by": posts.get(one.published_post, ""),
            "asks": sorted({use for name in names[one.pk] for use in used.get(name, ())}, key=lambda use: use[1:]),
        }
        for one in found
    ]  # fmt: skip


def _shipped() -> list[dict[str, Any]]:
    """Those that come with the product and are not in use in this version."""
    used = {(one.form_id, one.version): one for one in reads.in_use()}
    ids = {form_id for form_id, _version in used}
    return [
        {"name": name, "title": words_in(one.title, language()), "version": one.version, "newer": one.form_id in ids}
        for name, one in shipped_here()
        if (one.form_id, one.version) not in used
    ]  # fmt: skip


@needs(Right.KEEP_QUESTIONS)
@require_POST
def send(request: Asked) -> HttpResponse:
    """A file. What is wrong with it is said here, all at once; a sound one is looked at on a page of its own."""
    file, form = request.FILES.get("file"), FileForm(request.POST)
    size = file.size or 0 if file else 0
    try:
        if file is None:
            raise Problem("file_missing", field="file")
        if size > MOST_BYTES:
            raise Problem("file_too_big", field="file", found=f"{size / 2**20:.1f}", most=MOST_BYTES >> 20)
        return _offered(request, file.read())
    except BrokenForm as broken:
        return _page(request, form, broken, 422)
    except (Problem, Problems) as problem:
        form.say(problem)
        return _page(request, form, None, 422)


@needs(Right.KEEP_QUESTIONS)
@require_POST
def shipped(request: Asked) -> HttpResponse:
    """One that comes with the product, by the name of its file: looked at like any other."""
    content = dict(shipped_files()).get(request.POST.get("name", ""))
    if content is None:
        raise Problem("shipped_unknown")
    return _offered(request, content)


def _offered(request: Asked, content: bytes) -> HttpResponse:
    return redirect("questionnaire-file", offer_file(content=content, by=request.by).uuid)
