"""What one should know at a door: the best hour, who has a key. Facts like any other, that lapse; never an opinion."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.actions.looking import look_at_answers
from wangge.domains.asking.models import Form
from wangge.domains.asking.queries.answers import form_in_use, judge_of, known_texts, value_of
from wangge.domains.asking.queries.doors import KNOWLEDGE, about_door
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.asking.rules import Source
from wangge.domains.asking.saying import answer_words, language, question_words
from wangge.domains.places.queries import full_label, label
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task
from wangge.sentences import by_field
from wangge.web.access import Asked, needs
from wangge.web.command.here import uuid_of
from wangge.web.questionnaire.plain import PREFIX, PlainForm, answers


def known_here(request: Asked, one: Task) -> list[dict[str, str]]:
    """What is known of this door as question and answer, for its page; who saw it is on record."""
    found = list(about_door(request.by.scope(Right.WORK_DOORS), one.door, KNOWLEDGE))
    look_at_answers(answers=found, by=request.by)
    return [
        {"question": question_words(each.question), "value": answer_words(each.question, value_of(each))}
        for each in found
    ]


@needs(Right.WORK_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def knowledge(request: Asked, uuid: UUID) -> HttpResponse:
    """The questionnaire, filled in with what is known. An answer that is taken away is left blank from now on."""
    one = task(request.by.scope(Right.WORK_DOORS), uuid)
    form = form_in_use(KNOWLEDGE)
    if form is None:
        messages.info(request, _("The office has not published this questionnaire yet."))
        return redirect("door", uuid)
    if request.method == "POST":
        return _taken(request, one, form)
    look_at_answers(answers=about_door(request.by.scope(Right.WORK_DOORS), one.door, KNOWLEDGE), by=request.by)
    questionnaire = judge_of(form.uuid).questionnaire
    known = known_texts(one.door, None, [each.name for each in questionnaire.asked])
    return _page(request, one, PlainForm(questionnaire, language(), known))


def _taken(request: Asked, one: Task, form: Form) -> HttpResponse:
    given = {name: text for name, text in answers(request.POST).items() if text}
    try:
        record_answers(
            door=one.door, values=given, at=clock.now(), by=request.by, source=Source.VISIT, form=form,
            instance=uuid_of(request.POST.get("submission", "")) or uuid7(), response=one.response,
        )  # fmt: skip
    except (Problem, Problems) as problem:
        plain = PlainForm(judge_of(form.uuid).questionnaire, language(), given)
        plain.say([])
        for name, texts in by_field(problem).items():
            plain.add_error(PREFIX + name if PREFIX + name in plain.fields else None, texts)
        return _page(request, one, plain, 422)
    messages.success(request, _("%(door)s: noted. The people who live there can read it.") % {"door": label(one.door)})
    return redirect("door", one.uuid)


def _page(request: Asked, one: Task, plain: PlainForm, status: int = 200) -> HttpResponse:
    words = plain.questionnaire
    context: dict[str, Any] = {
        "task": one, "name": label(one.door), "where": full_label(one.door), "plain": plain,
        "filling": {"send": reverse("door-knowledge", args=[one.uuid]), "submission": uuid7()},
        "purpose": words_in(words.purpose, language()), "ground": words_in(words.ground, language()),
        "page_back": reverse("door", args=[one.uuid]),
    }  # fmt: skip
    return render(request, "wangge/field/knowledge.html", context, status=status)
