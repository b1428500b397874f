"""Residents' requests about their own data: the list, one request, what is held, a correction, the answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.seating import titles
from wangge.domains.people import queries as people
from wangge.domains.people.correcting import correct_person, current
from wangge.domains.people.inputs import read_correction
from wangge.domains.people.words import SEXES
from wangge.domains.places.queries import full_label, labels
from wangge.domains.requests import actions, queries
from wangge.domains.requests.inputs import text
from wangge.domains.requests.models import Request
from wangge.domains.requests.queries import last_day
from wangge.domains.requests.rules import Kind, Outcome, Told, outcomes
from wangge.domains.requests.words import KINDS, OUTCOMES, TOLD
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.desk.held import held, held_by
from wangge.web.desk.held import moment as long_moment
from wangge.web.desk.person_rows import rows as person_rows
from wangge.web.desk.words import day, moment

PAGE = 50
SHOWN = 8


class AnswerForm(Typed):
    outcome = forms.CharField(label=gettext_lazy("How it ends"), widget=forms.RadioSelect())
    ground = forms.CharField(
        label=gettext_lazy("Legal ground"), required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=gettext_lazy("Needed for a refusal. The resident reads it and can complain."),
    )  # fmt: skip
    told = forms.CharField(
        label=gettext_lazy("How the resident was told"), widget=forms.RadioSelect(choices=list(TOLD.items()))
    )

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].widget.choices = [(one.value, OUTCOMES[one]) for one in outcomes(kind)]


class CorrectForm(Typed):
    """The register's own fields, as they stand; what is changed is taken, the earlier value stays nowhere."""

    name = forms.CharField(label=gettext_lazy("Name"), widget=forms.TextInput(attrs={"maxlength": 60}))
    sex = forms.CharField(label=gettext_lazy("Sex"), widget=forms.Select(choices=list(SEXES.items())))
    birth_date = forms.CharField(
        label=gettext_lazy("Date of birth"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    document = forms.CharField(
        label=gettext_lazy("ID number, if it is wrong"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 30}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Phone, if it is wrong"), required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "maxlength": 30}),
    )  # fmt: skip


@needs(Right.ANSWER_REQUESTS)
@never_cache
@require_safe
def requests(request: Asked) -> HttpResponse:
    """All that was asked at one's places, open ones first, with figures that add up."""
    scope = request.by.scope(Right.ANSWER_REQUESTS)
    page = Paginator(queries.requests(scope), PAGE).get_page(request.GET.get("page"))
    doors = labels([one.place for one in page.object_list])
    rows = [
        {"uuid": one.uuid, "kind": KINDS[one.kind], "place": doors[one.place_id], "asked": moment(one.asked_at),
         "due": day(last_day(one)), "late": not one.outcome and one.due_at < clock.now(),
         "outcome": OUTCOMES[one.outcome] if one.outcome else "", "number": str(one.uuid)[-8:]}
        for one in page.object_list
    ]  # fmt: skip
    figures = queries.figures(scope)
    counted = [(OUTCOMES[one], figures[one]) for one in Outcome if figures[one]]
    context = {"page": page, "rows": rows, "figures": figures, "counted": counted, "keep": ""}
    return render(request, "wangge/desk/requests.html", context)


@needs(Right.ANSWER_REQUESTS)
@never_cache
@require_safe
def one(request: Asked, uuid: UUID) -> HttpResponse:
    """One request: who asks, whose record it is, and the answer."""
    found = queries.request(request.by.scope(Right.ANSWER_REQUESTS), uuid)
    return _page(request, found, AnswerForm(Kind(found.kind), initial={"ground": _ground(found)}))


def _ground(found: Request) -> str:
    return held_by(found.person)[:500] if found.person and found.kind == Kind.DELETION else ""


def _page(request: Asked, found: Request, form: AnswerForm, status: int = 200) -> HttpResponse:
    said = queries.details(found)
    who = {"checked": found.checked_post, "answered": found.answered_post}
    posts = titles(post for post in who.values() if post)
    context = {
        "one": found, "said": said, "kind": KINDS[found.kind], "place": full_label(found.place), "form": form,
        "asked": long_moment(found.asked_at),
        "due": date_format(last_day(found), "DATE_FORMAT"), "number": str(found.uuid)[-8:],
        "late": not found.outcome and found.due_at < clock.now(), "page_back": reverse("requests"),
        "outcome": OUTCOMES[found.outcome] if found.outcome else "", "told": TOLD[found.told] if found.told else "",
        "answered": long_moment(found.answered_at) if found.answered_at else "",
        "checked": long_moment(found.checked_at) if found.checked_at else "",
        "post": {name: posts.get(post, "") for name, post in who.items() if post},
        "person": person_rows([found.person])[0] if found.person else None,
        "offered": [] if found.person or found.outcome else _candidates(request, said, request.GET.get("q", "")),
        "q": request.GET.get("q", ""),
    }  # fmt: skip
    return render(request, "wangge/desk/request.html", context, status=status)


def _candidates(request: Asked, said: dict[str, Any], text: str) -> list[Any]:
    """Records it may be about: by the number they gave, or by what the desk types."""
    scope = request.by.scope(Right.OPEN_RECORD)
    named = people.find(scope, text) if text else people.find(scope, said.get("name", ""))
    by_phone = [] if text else list(people.by_phone(scope, said.get("phone", "")).select_related("home")[:SHOWN])
    found = {one.pk: one for one in [*by_phone, *named[:SHOWN]]}
    return list(person_rows(list(found.values())[:SHOWN]))


@needs(Right.ANSWER_REQUESTS)
@require_POST
def check(request: Asked, uuid: UUID) -> HttpResponse:
    """Somebody has shown who they are: this is their record."""
    scope = request.by.scope(Right.OPEN_RECORD)
    found = queries.request(request.by.scope(Right.ANSWER_REQUESTS), uuid)
    try:
        person = people.person(scope, UUID(request.POST.get("person", "")))
    except ValueError as error:
        raise Problem("not_checked") from error
    actions.check(request=found, person=person, by=request.by)
    messages.success(request, _("Noted: the person has shown who they are."))
    return redirect("request", uuid)


@needs(Right.ANSWER_REQUESTS)
@require_POST
def answer(request: Asked, uuid: UUID) -> HttpResponse:
    """End it, with how the resident was told."""
    found = queries.request(request.by.scope(Right.ANSWER_REQUESTS), uuid)
    form = AnswerForm(Kind(found.kind), request.POST)
    try:
        outcome, told = member(Outcome, request.POST.get("outcome", "")), member(Told, request.POST.get("told", ""))
        if outcome is None:
            raise Problem("outcome_of_another_kind", field="outcome")
        if told is None:
            raise Problem("told_missing", field="told")
        ground = text(request.POST, "ground")
        actions.answer(request=found, outcome=outcome, told=told, ground=ground, by=request.by)
    except Problem as error:
        form.say(error)
        return _page(request, found, form, status=422)
    messages.success(request, _("The request is answered."))
    return redirect("request", uuid)


@needs(Right.ANSWER_REQUESTS)
@never_cache
@require_safe
def held_page(request: Asked, uuid: UUID) -> HttpResponse:
    """Everything held about the person of a request, to be printed and handed over. A look, put on record."""
    found = queries.request(request.by.scope(Right.ANSWER_REQUESTS), uuid)
    if found.person is None:
        raise Problem("not_checked")
    log_look(by=request.by, kind=AccessLog.Kind.REVEALED, person=found.person.uuid, reason=f"request:{uuid}")
    sections = held(found.person)
    context = {
        "sections": [one for one in sections if one.rows], "nothing": [one.what for one in sections if not one.rows],
        "name": found.person.name, "number": str(uuid)[-8:], "place": full_label(found.place),
        "printed": long_moment(clock.now()), "page_back": reverse("request", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/desk/held.html", context)


@needs(Right.ANSWER_REQUESTS)
@never_cache
def correct(request: Asked, uuid: UUID) -> HttpResponse:
    """Correct the register for the person of a request."""
    found = queries.request(request.by.scope(Right.ANSWER_REQUESTS), uuid)
    if found.person is None:
        raise Problem("not_checked")
    person = found.person
    form = CorrectForm(request.POST) if request.method == "POST" else CorrectForm(initial=_shown(person))
    if request.method == "POST":
        try:
            typed = read_correction(request.POST, current(person))
            correct_person(person=person, typed=typed, by=request.by)
            messages.success(request, _("The record is corrected. Now answer the request."))
            return redirect("request", uuid)
        except (Problem, Problems) as error:
            form.say(error)
    context = {"form": form, "name": mask_name(person.name), "page_back": reverse("request", args=[uuid])}
    return render(request, "wangge/desk/correct.html", context, status=422 if form.is_bound else 200)


def _shown(person: Any) -> dict[str, Any]:
    born = person.birth_date.isoformat() if person.birth_date else ""
    return {"name": person.name, "sex": person.sex, "birth_date": born}
