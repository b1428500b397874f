"""One questionnaire: what a new file changes before it is published, a version's questions, and its file again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.asking import words
from wangge.domains.asking.actions import publish_file
from wangge.domains.asking.changes import changes
from wangge.domains.asking.models import Form, FormSource
from wangge.domains.asking.queries import questionnaires as reads
from wangge.domains.asking.questionnaire import Question, Questionnaire, of_data, words_in
from wangge.domains.asking.saying import language
from wangge.domains.asking.xlsform import read_questionnaire
from wangge.sentences import by_field
from wangge.web.access import Asked, needs
from wangge.web.asks.bank import rows
from wangge.web.asks.words import WHOM, fresh_for_words
from wangge.web.command.here import uuid_of
from wangge.web.desk.words import moment


@needs(Right.KEEP_QUESTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: Asked, uuid: UUID) -> HttpResponse:
    """What a file would change against the version in use; ``against`` names that one when it is published."""
    source = reads.offered(uuid)
    if source.form:
        return redirect("questionnaire", source.form.uuid)
    if request.method == "POST":
        try:
            form = publish_file(source=source, against=uuid_of(request.POST.get("against", "")), by=request.by)
        except (Problem, Problems) as problem:
            return _look(request, source, [text for texts in by_field(problem).values() for text in texts])
        messages.success(request, _("%(title)s is in use from now on.") % {"title": form.title})
        return redirect("questionnaires")
    return _look(request, source)


def _look(request: Asked, source: FormSource, wrong: Sequence[str] = ()) -> HttpResponse:
    after = read_questionnaire(bytes(source.content))
    used = reads.used_now(after.form_id)
    before = of_data(used.definition) if used else None
    found = changes(before, after)
    asks = reads.asked_in(request.by.scope(Right.ASK), [one.name for one in found.gone])
    context = {
        "source": source, "title": words_in(after.title, language()), "id": after.form_id, "version": after.version,
        "used": used, "since": moment(used.published_at) if used else "",
        "same": used is not None and used.version == after.version,
        "count": len(after.asked), "new": [_line(one) for one in found.new], "changes": bool(found),
        "gone": [_line(one) | {"asks": asks.get(one.name, [])} for one in found.gone],
        "changed": [_line(one.question) | {"parts": [words.PARTS[part] for part in one.parts]}
                    for one in found.changed],
        "whole": [words.WHOLE[part] for part in found.whole], "wrong": wrong, "page_back": reverse("questionnaires"),
    }  # fmt: skip
    return render(request, "wangge/asks/questionnaire_file.html", context, status=422 if wrong else 200)


def _line(one: Question) -> dict[str, Any]:
    return {"name": one.name, "words": words_in(one.label, language())}


@needs(Right.ASK)
@require_safe
def version(request: Asked, uuid: UUID) -> HttpResponse:
    """A version with its questions, the asks that use it, and the versions before it."""
    one = reads.version(uuid)
    others = [other for other in reads.versions(one.form_id) if other.pk != one.pk]
    posts = reads.publishers([one, *others])
    questionnaire = of_data(one.definition)
    context = {
        "row": rows(request, [one])[0], "questions": _questions(questionnaire), "has_file": reads.has_source(one),
        "purpose": words_in(questionnaire.purpose, language()), "ground": words_in(questionnaire.ground, language()),
        "others": [_version(other, posts) for other in others], "page_back": reverse("questionnaires"),
        "replaced": moment(one.retired_at) if one.retired_at else "",
    }  # fmt: skip
    return render(request, "wangge/asks/questionnaire.html", context)


def _questions(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    return [
        _line(one) | {
            "fresh": fresh_for_words(int(one.fresh_for.total_seconds()) if one.fresh_for else None),
            "level": words.LEVELS[one.privacy.value], "whom": WHOM[one.subject.value],
        }
        for one in questionnaire.asked
    ]  # fmt: skip


def _version(one: Form, posts: dict[UUID | None, str]) -> dict[str, Any]:
    return {
        "uuid": one.uuid, "version": one.version, "since": moment(one.published_at),
        "by": posts.get(one.published_post, ""), "until": moment(one.retired_at) if one.retired_at else "",
    }  # fmt: skip


@needs(Right.ASK)
@require_POST
def download(request: Asked, uuid: UUID) -> HttpResponse:
    """The file a version was made from, byte for byte."""
    one = reads.version(uuid)
    source = reads.source_of(one)
    if source is None:
        raise Http404
    content = bytes(source.content)
    response = HttpResponse(content, content_type="application/octet-stream")
    name = f"{one.form_id}-{one.version}.{reads.ending_of(content)}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
