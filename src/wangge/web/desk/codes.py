"""Codes at the desk: a person's status with its reasoning, links for phones, the paper; and the appeals that wait."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_looks
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.codes import actions, queries
from wangge.domains.codes.actions.carrying import signed_paper
from wangge.domains.codes.inputs import MOST, read_consent, read_decision
from wangge.domains.codes.models import PrintedCode
from wangge.domains.codes.rules import Consent, initials
from wangge.domains.codes.words import CONSENTS, OUTCOMES
from wangge.domains.people import queries as people
from wangge.domains.people.models import Person
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.models import Response
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.code_shown import appeal_rows, picture, shown
from wangge.web.desk import opened
from wangge.web.desk.forms import Typed
from wangge.web.desk.register import register_tabs
from wangge.web.desk.words import day, moment

#: Whose posts may have to answer: those who decide, and the levels above them. Each sees only its own.
ANSWERERS = (Right.OPEN_RECORD, Right.CONFIRM_ORDERS, Right.IMPORT_RECORDS)
SHOWN = 100  # appeals on a page: the next deadlines first
OFFERED = [one for one in Consent if one is not Consent.ON_PAGE]


def _opened(request: Asked, uuid: UUID) -> Person:
    """The person, if the record is open: the look and its reason are on record. Raises Problem to be sent there."""
    one = people.person(request.by.scope(Right.OPEN_RECORD), uuid)
    if not opened.is_open(request.session, one.uuid):
        raise Problem("record_closed")
    return one


def _in_use(one: Person) -> Response:
    response = queries.response_of(one)
    if response is None:
        raise Problem("codes_not_in_use")
    return response


@needs(Right.OPEN_RECORD)
@never_cache
@require_safe
def code(request: Asked, uuid: UUID) -> HttpResponse:
    """Somebody's code: the record has to be open."""
    try:
        one = _opened(request, uuid)
    except Problem:
        return redirect("person", uuid)
    response = queries.response_of(one)
    context: dict[str, Any] = {"person": one, "page_back": reverse("person", args=[one.uuid]), "response": response}
    if response:
        context |= _code(one, response)
    return render(request, "wangge/desk/code.html", context, status=200 if response else 404)


def _code(one: Person, response: Response) -> dict[str, Any]:
    paper = queries.paper_of(one, response)
    return {
        "shown": shown(queries.status_of(one, response), response),
        "links": [
            {"uuid": each.uuid, "consent": CONSENTS[Consent(each.consent)], "made": moment(each.made_at),
             "seen": moment(each.seen_at) if each.seen_at else ""}
            for each in queries.links_to(one, response)
        ],
        "consents": [(each.value, CONSENTS[each]) for each in OFFERED],
        "paper": {"made": moment(paper.issued_at), "until": day(clock.day_of(paper.expires_at))} if paper else None,
        "appeals": appeal_rows(queries.open_about(one, response.pk)),
    }  # fmt: skip


def _back(request: Asked, uuid: UUID, problem: Problem) -> HttpResponse:
    messages.error(request, sentence(problem))
    return redirect("person-code", uuid)


@needs(Right.OPEN_RECORD)
@never_cache
@require_POST
def link(request: Asked, uuid: UUID) -> HttpResponse:
    """A picture for a phone to scan, shown once."""
    try:
        one = _opened(request, uuid)
        consent = read_consent(request.POST.get("consent", ""))
        secret = actions.allow(person=one, response=_in_use(one), consent=consent, by=request.by)
    except Problem as problem:
        return _back(request, uuid, problem)
    address = request.build_absolute_uri(reverse("code-add", args=[secret]))
    context = {"person": one, "picture": picture(address), "address": address, "consent": CONSENTS[consent],
               "page_back": reverse("person-code", args=[one.uuid])}  # fmt: skip
    return render(request, "wangge/desk/code_link.html", context)


@needs(Right.OPEN_RECORD)
@require_POST
def end_link(request: Asked, uuid: UUID, link: UUID) -> HttpResponse:
    """A phone shows this code no more."""
    try:
        one = _opened(request, uuid)
        for each in queries.links_to(one, _in_use(one), request.by.scope(Right.OPEN_RECORD)):
            if each.uuid == link:
                actions.end_link(link=each, by=request.by)
    except Problem as problem:
        return _back(request, uuid, problem)
    return redirect("person-code", uuid)


@needs(Right.OPEN_RECORD)
@require_POST
def print_code(request: Asked, uuid: UUID) -> HttpResponse:
    """A new paper; the one before is void."""
    try:
        one = _opened(request, uuid)
        actions.print_code(person=one, response=_in_use(one), by=request.by)
    except Problem as problem:
        return _back(request, uuid, problem)
    return redirect("code-paper", uuid)


@needs(Right.OPEN_RECORD)
@require_POST
def void(request: Asked, uuid: UUID) -> HttpResponse:
    """The paper was lost."""
    try:
        one = _opened(request, uuid)
        actions.void_print(person=one, response=_in_use(one), by=request.by)
    except Problem as problem:
        return _back(request, uuid, problem)
    messages.success(request, _("The paper is void. Scanners know it within a few minutes."))
    return redirect("person-code", uuid)


@needs(Right.OPEN_RECORD)
@never_cache
@require_safe
def paper(request: Asked, uuid: UUID) -> HttpResponse:
    """The paper that is valid, to be printed."""
    try:
        one = _opened(request, uuid)
        found = queries.paper_of(one, _in_use(one))
    except Problem:
        found = None
    if found is None:
        return redirect("person-code", uuid)
    return render(request, "wangge/desk/code_paper.html", _paper(found))


def _paper(one: PrintedCode) -> dict[str, Any]:
    text = signed_paper(one.person, one.response, one.number, one.issued_at, one.expires_at)
    return {
        "picture": picture(text), "initials": initials(one.person.name), "response": one.response,
        "made": day(clock.day_of(one.issued_at)), "until": day(clock.day_of(one.expires_at)),
        "page_back": reverse("person-code", args=[one.person.uuid]),
    }  # fmt: skip


class DecideForm(Typed):
    """How an appeal ends, and why."""

    outcome = forms.CharField(
        label=gettext_lazy("How it ends"), widget=forms.RadioSelect(choices=list(OUTCOMES.items()))
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, for whoever objected"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST["reason"]}),
    )


@needs(*ANSWERERS)
@never_cache
@require_safe
def appeals(request: Asked) -> HttpResponse:
    """Objections to codes that somebody answers for, the next deadline first."""
    return _appeals(request, None, DecideForm())


def _appeals(request: Asked, bound: UUID | None, form: DecideForm, status: int = 200) -> HttpResponse:
    found = list(queries.answered_by(request.by)[:SHOWN])
    looked_at = [one.person.uuid for one in found]
    log_looks(by=request.by, kind=AccessLog.Kind.OPENED, people=looked_at, reason="appeal")
    rows = [
        row | {
            "where": full_label(one.person.home), "initials": initials(one.person.name), "response": one.response,
            "shown": shown(queries.status_of(one.person, one.response), one.response),
            "form": form if one.uuid == bound else DecideForm(),
        }
        for one, row in zip(found, appeal_rows(found), strict=True)
    ]  # fmt: skip
    context = {"rows": rows, "register": register_tabs(request, "appeals")}
    return render(request, "wangge/desk/appeals.html", context, status=status)


@needs(*ANSWERERS)
@never_cache
@require_POST
def decide(request: Asked, uuid: UUID) -> HttpResponse:
    """Answer an objection, with the reason."""
    one, form = queries.appeal(request.by, uuid), DecideForm(request.POST)
    try:
        actions.decide(one=one, decision=read_decision(request.POST.dict()), by=request.by)
    except (Problem, Problems) as error:
        form.say(error)
        return _appeals(request, uuid, form, 422)
    messages.success(request, _("Answered. Whoever objected reads it on their code's page."))
    return redirect("appeals")
