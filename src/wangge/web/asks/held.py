"""Forms of phones whose answers could not be recorded: why, what was answered, and a person decides."""

from collections.abc import Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem, Problems
from wangge.domains.asking.actions import Recorded
from wangge.domains.asking.inbox import queries
from wangge.domains.asking.inbox.deciding import look_at_form, record_held, set_form_aside
from wangge.domains.asking.inbox.inputs import read_why
from wangge.domains.asking.inbox.words import ASIDE, PROBLEMS, why_held
from wangge.domains.asking.models import ReceivedForm
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.asking.saying import language
from wangge.domains.places.queries import label, labels
from wangge.sentences import by_field, sentence
from wangge.web.access import Asked, needs
from wangge.web.asks.held_form import Form, corrected_in, form_of
from wangge.web.command.here import kept
from wangge.web.desk.words import day
from wangge.web.field.cards import day_hour
from wangge.web.questionnaire.plain import PREFIX, answers

PAGE = 25
HELD, ASIDE_ = ReceivedForm.State.HELD, ReceivedForm.State.ASIDE


@needs(Right.WORK_DOORS)
@require_safe
def held_forms(request: Asked) -> HttpResponse:
    """The forms held at the reader's doors, the oldest first; ``state`` 'aside': those that were set aside."""
    aside = request.GET.get("state") == "aside"
    found = queries.held_forms(request.by.scope(Right.WORK_DOORS), ASIDE_ if aside else HELD)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    named, posts = labels([one.door for one in rows]), queries.senders(rows)
    context = {
        "rows": [_row(one, named[one.door_id], posts) for one in rows], "page": page, "aside": aside,
        "keep": kept(request), "page_back": reverse("asks"),
    }  # fmt: skip
    return render(request, "wangge/asks/held_forms.html", context)


def _row(one: ReceivedForm, door: str, posts: Mapping[UUID | None, str]) -> dict[str, Any]:
    return {
        "uuid": one.uuid, "door": door, "title": queries.title_of(one.form, language()),
        "who": mask_name(one.person.name) if one.person else _("the household"), "post": posts.get(one.post, "—"),
        "received": day_hour(one.received_at), "why": why_held(one.reason), "until": _until(one),
        "decided": posts.get(one.settled_post, "—"),
    }  # fmt: skip


@needs(Right.WORK_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def held_form(request: Asked, uuid: UUID) -> HttpResponse:
    """One form. ``do``: 'again' tries it as it was sent, 'record' with what was corrected, 'aside' sets it aside."""
    one = queries.held_form(request.by.scope(Right.WORK_DOORS), uuid)
    do = request.POST.get("do") if request.method == "POST" else None
    if do not in ("again", "record", "aside"):
        return _page(request, one)
    try:
        messages.success(request, _aside(request, one) if do == "aside" else _recorded(request, one, do))
    except (Problem, Problems) as problem:
        now = queries.held_form(request.by.scope(Right.WORK_DOORS), uuid)
        return _page(request, now, problem, str(do))
    return redirect("held-forms")


def _aside(request: Asked, one: ReceivedForm) -> str:
    why, words = read_why(request.POST.dict())
    set_form_aside(held=one, why=why, words=words, by=request.by)
    return _("Set aside. It stays on record; its content goes when its time is over.")


def _recorded(request: Asked, one: ReceivedForm, do: str) -> str:
    corrected = corrected_in(one, answers(request.POST)) if do == "record" else {}
    return _said(record_held(held=one, corrected=corrected, by=request.by))


def _said(done: Recorded | None) -> str:
    if done is None:
        return _("Somebody had recorded it already. It counts once.")
    asks = len(done.asks)
    if not asks:
        return _("Recorded: its answers count. No open ask was waiting for them.")
    return ngettext(
        "Recorded: its answers count, and %(n)d open ask is answered with them.",
        "Recorded: its answers count, and %(n)d open asks are answered with them.", asks,
    ) % {"n": asks}  # fmt: skip


def _page(request: Asked, one: ReceivedForm, error: Problem | Problems | None = None, do: str = "") -> HttpResponse:
    look_at_form(held=one, by=request.by)
    posts = queries.senders([one])
    form = form_of(one, language(), answers(request.POST) if do == "record" else None)
    context = {
        "held": one, "door": label(one.door), "who": one.person.name if one.person else _("the household"),
        "title": queries.title_of(one.form, language()), "purpose": queries.purpose_of(one.form, language()),
        "state": one.state, "why": why_held(one.reason),
        "facts": [
            (_("Sent by"), posts.get(one.post, "—")), (_("Filled in"), day_hour(one.at)),
            (_("Received"), day_hour(one.received_at)), (_("Kept until"), _until(one)),
        ],
        "form": form, "wrong": _mark(form, error) if error and do != "aside" else [],
        "correcting": do == "record" or bool(form.plain.wrong), "reasons": ASIDE.items(), "typed": request.POST,
        "aside_wrong": list(chain(*by_field(error).values())) if error and do == "aside" else [],
        "decided": posts.get(one.settled_post, "—"), "decided_at": day_hour(one.settled_at) if one.settled_at else "",
        "page_back": reverse("held-forms"),
    }  # fmt: skip
    return render(request, "wangge/asks/held_form.html", context, status=422 if error else 200)


def _mark(form: Form, error: Problem | Problems) -> list[str]:
    """Put what is wrong with an answer at its question; what is about the whole form comes back as sentences."""
    whole = []
    form.plain.say([])
    for one in error.problems if isinstance(error, Problems) else [error]:
        if one.code.startswith("answer") and PREFIX + one.field in form.plain.fields:
            form.plain.wrong[one.field] = words_in(one.values.get("words", {}), language()) or sentence(one)
            form.plain.add_error(PREFIX + one.field, form.plain.wrong[one.field])
        else:
            whole.append(sentence(one) if one.code in PROBLEMS else why_held(one.code))
    return list(dict.fromkeys(whole))


def _until(one: ReceivedForm) -> str:
    return day(clock.day_of(queries.kept_until(one)))
