"""Who in a zone needs what: those of whom it is not known first, each with what was said, on the record of looks."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.actions import log_looks
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.domains.asking.models import Question
from wangge.domains.asking.saying import answer_words, question_words
from wangge.domains.places.queries import labels
from wangge.domains.work.queries import open_at
from wangge.domains.zones import queries
from wangge.domains.zones import service as needs_of
from wangge.domains.zones.service import CHILD, OLD, Household, Need
from wangge.web.access import Asked, needs
from wangge.web.desk.words import day
from wangge.web.signs import listed
from wangge.web.zones.told import level
from wangge.web.zones.words import NEEDS, VISITS

PAGE = 50
SKIPPED = {"has_helper": "yes", "daily_medicine": "no", "cannot_wait": "no"}  # nothing to do: not shown on its own


@needs(Right.OPEN_RECORD)
@never_cache
@require_safe
def service(request: Asked, uuid: UUID) -> HttpResponse:
    """The doors of a zone that lie at one's places. What is shown of them is put on record first."""
    scope = request.by.scope(Right.OPEN_RECORD)
    one = queries.zone(scope, uuid)
    entries = queries.entries_of([one]).get(one.pk, ())
    need = member(Need, request.GET.get("need", ""))
    page = Paginator(needs_of.listed(entries, scope, need), PAGE).get_page(request.GET.get("page"))
    doors = list(page.object_list)
    homes = needs_of.households(doors)
    seen = [person.uuid for home in homes for person in home.people if home.texts or home.visits]
    log_looks(by=request.by, kind=AccessLog.Kind.OPENED, people=seen, reason=f"zone:{one.uuid}")
    figures = needs_of.figures(entries, scope)
    where = labels(doors)
    tasks = open_at(request.by.scope(Right.WORK_DOORS), one.response, doors) if request.by.may(Right.WORK_DOORS) else {}
    context = {
        "one": one, "level": level(one), "page": page, "figures": figures, "need": NEEDS[need] if need else "",
        "tabs": _tabs(figures, need), "keep": f"need={need.value}" if need else "",
        "rows": [_row(home, where[home.door.pk], tasks.get(home.door.pk)) for home in homes],
        "page_back": reverse("zone", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/zones/service.html", context)


def _tabs(figures: needs_of.Figures, need: Need | None) -> list[dict[str, Any]]:
    counts = {Need.UNKNOWN: figures.unknown, **figures.needs}
    every = {"url": "?", "label": _("All doors"), "current": need is None, "count": figures.doors}
    return [every, *(
        {"url": f"?need={one.value}", "label": word, "current": one is need, "count": counts[one]}
        for one, word in NEEDS.items()
    )]  # fmt: skip


def _row(home: Household, where: str, task: UUID | None) -> dict[str, Any]:
    today = clock.today()
    ages = home.ages(today)
    out = home.runs_out
    return {
        "name": where, "known": home.known, "people": len(home.people), "task": task,
        "children": sum(age < CHILD for age in ages), "old": sum(age >= OLD for age in ages),
        "visits": listed(VISITS[name] for name in home.visits), "out": day(out) if out else "",
        "late": bool(out and out <= today),
        "said": [(question_words(one), text) for one, text in _said(home)],
    }  # fmt: skip


def _said(home: Household) -> list[tuple[Question, str]]:
    """What was answered, without the answers that ask for nothing."""
    found = []
    for one in home.answers:
        text = home.texts.get(one.question.name, "")
        if text and SKIPPED.get(one.question.name) != text:
            found.append((one.question, answer_words(one.question, text)))
    return found
