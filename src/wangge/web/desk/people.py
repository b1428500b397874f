"""People: looking for somebody, giving the reason, the record, and who looked at it."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.access.scope import ScopedQuerySet
from wangge.base.problems import Problem
from wangge.domains.codes.queries import response_of
from wangge.domains.people import actions, queries
from wangge.domains.people.models import Person
from wangge.web.access import Asked, needs
from wangge.web.desk import opened
from wangge.web.desk.forms import LookForm
from wangge.web.desk.person_rows import rows
from wangge.web.desk.reasons import open_task, reason_typed
from wangge.web.desk.record import record_of
from wangge.web.desk.register import register_tabs

PAGE = 50


@needs(Right.OPEN_RECORD)
@never_cache
def people(request: Asked) -> HttpResponse:
    """Look for somebody. A name may stand in the address; a document or a phone number goes by POST and does not."""
    text = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:60]
    numbered = any(ch.isdigit() for ch in text)
    if numbered != (request.method == "POST") and text:
        return redirect("people") if numbered else redirect(f"{reverse('people')}?{urlencode({'q': text})}")
    page = Paginator(_found(request, text), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows(page.object_list), "q": text, "keep": urlencode({"q": text}),
               "register": register_tabs(request, "people")}  # fmt: skip
    return render(request, "wangge/desk/people.html", context)


def _found(request: Asked, text: str) -> ScopedQuerySet[Person]:
    return queries.find(request.by.scope(Right.OPEN_RECORD), text)


@needs(Right.OPEN_RECORD)
@never_cache
def person(request: Asked, uuid: UUID) -> HttpResponse:
    """The record, once a reason was given; until then the question for it."""
    one = queries.person(request.by.scope(Right.OPEN_RECORD), uuid)
    if not opened.is_open(request.session, uuid):
        return _ask(request, one, LookForm())
    revealed = opened.is_revealed(request.session, uuid)
    context = {"person": one, "record": record_of(one, request.by, revealed=revealed), "revealed": revealed,
               "until": opened.until(request.session, uuid), "codes": response_of(one),
               "page_back": reverse("people")}  # fmt: skip
    return render(request, "wangge/desk/person.html", context)


def _ask(request: Asked, one: Person, form: LookForm, status: int = 200) -> HttpResponse:
    task = open_task(request.by, one, request.GET.get("task", ""))
    context = {"row": rows([one])[0], "form": form, "task": task, "page_back": reverse("people")}
    return render(request, "wangge/desk/person_why.html", context, status=status)


@needs(Right.OPEN_RECORD)
@require_POST
def person_open(request: Asked, uuid: UUID) -> HttpResponse:
    """Put the look and its reason on record, then show the record."""
    one = queries.person(request.by.scope(Right.OPEN_RECORD), uuid)
    task = open_task(request.by, one, request.POST.get("task", ""))
    try:
        why = "" if task else reason_typed(request.POST)
        actions.open_record(person=one, reason=why, task=task.uuid if task else None, by=request.by)
    except Problem as error:
        form = LookForm(request.POST)
        form.say(error)
        return _ask(request, one, form, status=422)
    opened.opened(request.session, uuid)
    return redirect("person", uuid)


@needs(Right.OPEN_RECORD)
@require_POST
def person_reveal(request: Asked, uuid: UUID) -> HttpResponse:
    """Put on record that the whole numbers are looked at, then show them for five minutes."""
    one = queries.person(request.by.scope(Right.OPEN_RECORD), uuid)
    if opened.is_open(request.session, uuid):
        actions.reveal(person=one, by=request.by)
        opened.revealed(request.session, uuid)
    return redirect("person", uuid)
