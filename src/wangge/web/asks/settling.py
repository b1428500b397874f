"""Two sources say different things of the same door or person: both are shown, and somebody says which it is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.domains.asking.actions import settle_answer
from wangge.domains.asking.actions.looking import look_at_answers
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries import answers as reads
from wangge.domains.asking.saying import answer_words, question_words
from wangge.domains.asking.words import SOURCES
from wangge.domains.places.queries import label, labels
from wangge.web.access import Asked, needs
from wangge.web.command.here import kept
from wangge.web.field.cards import day_hour

PAGE = 25


@needs(Right.WORK_DOORS)
@require_safe
def disputed(request: Asked) -> HttpResponse:
    """The contradictions at the reader's doors, the oldest first; what was said stands on each one's own page."""
    page = Paginator(reads.disputed(request.by.scope(Right.WORK_DOORS)), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    named = labels([one.door for one in found])
    rows = [
        {"uuid": one.uuid, "door": named[one.door_id], "question": question_words(one.question),
         "who": mask_name(one.person.name) if one.person else _("the household"), "since": day_hour(one.known_at)}
        for one in found
    ]  # fmt: skip
    return render(request, "wangge/asks/disputed.html", {"rows": rows, "page": page, "keep": kept(request)})


@needs(Right.WORK_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Asked, uuid: UUID) -> HttpResponse:
    """Both answers side by side; ``keep`` 'this' or 'other' says which is right."""
    one = reads.answer(request.by.scope(Right.WORK_DOORS), uuid)
    if request.method == "POST" and request.POST.get("keep") in ("this", "other"):
        settle_answer(answer=one, keep=request.POST["keep"] == "this", by=request.by)
        messages.success(request, _("Settled. The other answer is kept as replaced."))
        return redirect("disputed")
    other = reads.current_beside(one)
    both = [("other", other), ("this", one)] if other else [("this", one)]
    look_at_answers(answers=[answer for _name, answer in both], by=request.by)
    context = {
        "door": label(one.door), "question": question_words(one.question), "page_back": reverse("disputed"),
        "who": one.person.name if one.person else _("the household"),
        "both": [_said(name, answer) for name, answer in both], "open": one.state == "disputed",
    }  # fmt: skip
    return render(request, "wangge/asks/settle.html", context)


def _said(name: str, answer: Answer) -> dict[str, Any]:
    value = reads.value_of(answer)
    return {
        "name": name, "value": answer_words(answer.question, value) if value else _("left empty"),
        "source": SOURCES[answer.source], "at": day_hour(answer.at),
    }  # fmt: skip
