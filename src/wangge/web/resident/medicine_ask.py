"""Whoever is at home asks for medicine themselves: which, how much is left, how much a day. The deadline follows.

The ways in are pages of one's own (the daily report, the order, the code) and the receipt of a request for help.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.base.ids import derived, uuid7
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.domains.help import actions as help_
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.queries import known
from wangge.domains.help.rules import LIVE, Noted
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import taking
from wangge.domains.medicine.inputs import NeedInput, read_need, read_photo, read_uuid, text
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import Source
from wangge.domains.medicine.words import COMMON
from wangge.domains.monitoring import queries as monitoring
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_home
from wangge.web.desk.medicine_forms import OwnForm, RequestForm
from wangge.web.resident import own_order
from wangge.web.resident.ask import NOBODY
from wangge.web.resident.daily import link_behind
from wangge.web.resident.pocket import link, own, where_in_use


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_report(request: HttpRequest, secret: str, uuid: UUID | None = None) -> HttpResponse:
    """From the page of the daily report: for oneself, or (``uuid``) for somebody of the household who agreed."""
    page = link_behind(request, secret)
    if page is None or page.ended_at:
        raise Http404
    mine = [page.watch] if uuid in (None, page.watch.uuid) else monitoring.helped(page.watch)
    watch = next((one for one in mine if uuid in (None, one.uuid)), None)
    if watch is None:
        raise Http404
    return _ask(request, watch.person, reverse("daily", args=[secret]))


@where_in_use
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """From one's own order where codes are in use; not from a phone that carries somebody else's."""
    one = link(request, uuid)
    if not own(one):
        raise Http404
    return _ask(request, one.person, reverse("code-order", args=[uuid]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_order(request: HttpRequest) -> HttpResponse:
    """From one's own order without a code."""
    if (order := own_order.kept(request)) is None:
        return redirect("own-order-ask")
    return _ask(request, order.person, reverse("own-order"))


def _ask(request: HttpRequest, person: Person, back: str) -> HttpResponse:
    form = OwnForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            need = _taken(request, person)
            secret = taking.make_link(need=need, by=NOBODY, own=True)
            return redirect("medicine-told", secret)
        except (Problem, Problems) as problem:
            form.say(_own_words(problem))
    context: dict[str, Any] = {
        "form": form, "common": COMMON, "uuid": read_uuid(request.POST.get("uuid")) or uuid7(), "back": back,
        "name": mask_name(person.name), "response": queries.response_at(person.home), **_office(person),
    }  # fmt: skip
    return render(request, "wangge/resident/medicine_ask.html", context, status=422 if form.is_bound else 200)


def _taken(request: HttpRequest, person: Person) -> Need:
    """Take it down, with its photo if there is one; both or neither."""
    file, uuid = request.FILES.get("photo"), read_uuid(request.POST.get("uuid"))
    photo = read_photo(file.read()) if file else b""
    typed = read_need(request.POST, photo=bool(photo))
    need = taking.take_need(person=person, typed=typed, source=Source.PAGE, by=NOBODY, uuid=uuid, own=True)
    if photo:
        own_id = derived("photo", need.uuid)
        taking.add_prescription(need=need, photo=photo, by=NOBODY, uuid=own_id, own=True)
    return need


def _own_words(problem: Problem | Problems) -> Problem | Problems:
    """Whoever asks is not told a whole name: a page can be looked at by others."""
    if isinstance(problem, Problem) and problem.code == "need_already_open":
        return Problem("need_open_own", field="name")
    return problem


def _office(person: Person) -> dict[str, str]:
    posts = offices(person.home)[:1]
    return {"office": posts[0].title if posts else "", "number": office_of(posts[0]) if posts else HOTLINE}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_request(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """From the receipt of a request for medicine. Whether the name is known at that door is told to nobody: it becomes
    a need, or stands with the request for whoever calls."""
    one = known(uuid)
    if one is None or one.kind != "medicine":
        raise Http404
    if one.state not in LIVE or queries.voiced(Source.HELP, one.uuid):
        return redirect("help-told", uuid)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            _said_with(request, one, read_need(request.POST))
            return redirect("help-told", uuid)
        except (Problem, Problems) as problem:
            form.say(problem)
    context = {
        "form": form, "common": COMMON, "uuid": read_uuid(request.POST.get("uuid")) or uuid7(),
        "back": reverse("help-told", args=[uuid]), "name": "", "response": queries.response_at(one.place),
        "office": one.post.title if one.post else "", "number": office_of(one.post) if one.post else HOTLINE,
    }  # fmt: skip
    return render(request, "wangge/resident/medicine_ask.html", context, status=422 if form.is_bound else 200)


def _said_with(request: HttpRequest, one: HelpRequest, typed: NeedInput) -> None:
    name, own_id = text(request.POST, "taker"), read_uuid(request.POST.get("uuid"))
    people = [each for each in (at_home(one.door) if one.door else ()) if name and each.name == name]
    words = " · ".join(
        filter(None, (name, typed.said.get("name"), f"{typed.left.normalize():f} / {typed.per_day.normalize():f}"))
    )
    if len(people) == 1 and own_id:
        try:
            taking.take_need(
                person=people[0], typed=typed, source=Source.HELP, by=NOBODY, uuid=own_id, origin=one.uuid, own=True
            )
            return
        except Problem:
            pass  # it is known already, or nobody answers there: what was said stands with the request
    help_.note_by_link(request=one, kind=Noted.WORDS, by=NOBODY, words=words, uuid=own_id)
