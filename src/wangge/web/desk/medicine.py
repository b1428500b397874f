"""Medicine at the desk: whose is finished first, first; taking a need down."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.choices import member
from wangge.base.ids import derived, uuid7
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem, Problems
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import taking
from wangge.domains.medicine.inputs import read_need, read_photo, read_uuid
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.queries import SEES
from wangge.domains.medicine.rules import Source, State, days_left, is_urgent
from wangge.domains.medicine.words import COMMON, STATES
from wangge.domains.people.models import Person
from wangge.domains.people.queries import find, person
from wangge.domains.places.queries import full_label, labels
from wangge.web.access import Asked, needs
from wangge.web.desk.medicine_forms import NeedForm
from wangge.web.desk.words import moment

PAGE, FOUND = 50, 8


@needs(*SEES)
@never_cache
@require_safe
def medicine(request: Asked) -> HttpResponse:
    """What is open, by the days left; with ``?tab=over`` what is over. Names are masked."""
    scope, over = queries.scope_of(request.by), request.GET.get("tab") == "over"
    found = queries.ended_needs(scope) if over else queries.open_needs(scope)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"url": "?", "label": pgettext("medicine", "Open"), "current": not over, "count": None},
        {"url": "?tab=over", "label": pgettext("medicine", "Over"), "current": over, "count": None},
    ]
    away = queries.cards_away(scope).count()
    context = {
        "page": page, "rows": rows(list(page.object_list)), "tabs": tabs, "over": over,
        "keep": "tab=over" if over else "", "away": away, "actions": [
            {"url": reverse("medicine-new"), "label": _("Medicine runs out"), "icon": "plus", "main": True},
            {"url": reverse("medicine-buying"), "label": _("I buy"), "icon": "shop", "main": False},
            {"url": reverse("medicine-errands"), "label": _("Rounds"), "icon": "list", "main": False},
            {"url": reverse("promises"), "label": _("Promises kept"), "icon": "board", "main": False},
            {"url": reverse("medicine-cards"), "label": _("Insurance cards"), "icon": "hand-over", "main": False},
        ],
    }  # fmt: skip
    return render(request, "wangge/desk/medicine.html", context)


def rows(found: list[Need]) -> list[dict[str, Any]]:
    """One line each, from a few statements however many there are."""
    now, places = clock.now(), labels([one.person.home for one in found])
    names = queries.names_of(one.buyer for one in found)
    urgent = {key: queries.terms_of(edition) for key, edition in queries.editions(found).items()}
    return [
        {
            "uuid": one.uuid, "name": mask_name(one.person.name), "place": places[one.person.home_id],
            "left": left_words(one), "state": STATES[one.state], "due": moment(one.due_at),
            "holder": names.get(one.buyer, "") if one.buyer else (one.raised_to or one.post).title,
            "until": moment(one.until) if one.until else "", "late": bool(one.until and one.until <= now),
            "urgent": one.ended_at is None and one.state != State.DELIVERED
            and is_urgent(one.runs_out_at, now, urgent[one.response]),
            "raised": one.raised_to.title if one.raised_to else "", "nudged": bool(one.nudged_at),
        }
        for one in found
    ]  # fmt: skip


def left_words(one: Need) -> str:
    """For how many days it still lasts, in words."""
    number = days_left(one.runs_out_at, clock.now())
    if number:
        return ngettext("%(n)d day left", "%(n)d days left", number) % {"n": number}
    return _("less than a day left") if one.runs_out_at > clock.now() else _("finished")


@needs(*SEES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Whose medicine is it: looked for by name or number. Then the four questions."""
    scope = queries.scope_of(request.by)
    chosen = read_uuid(request.POST.get("person") or request.GET.get("person"))
    if chosen is None:
        text = request.POST.get("q", "").strip()[:60]
        found = list(find(scope, text)[:FOUND]) if text else []
        return render(request, "wangge/desk/medicine_find.html", {"q": text, "rows": _people(found),
                                                                  "page_back": reverse("medicine")})  # fmt: skip
    one = person(scope, chosen)
    form = NeedForm(request.POST if "left" in request.POST else None)
    if form.is_bound:
        try:
            return redirect("medicine-one", _taken(request, one).uuid)
        except (Problem, Problems) as problem:
            form.say(problem)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=one.uuid, reason="medicine:new")
    context = {"person": one, "where": full_label(one.home), "form": form, "common": COMMON,
               "uuid": read_uuid(request.POST.get("uuid")) or uuid7(), "page_back": reverse("medicine"),
               "source": _source(request).value, "response": queries.response_at(one.home)}  # fmt: skip
    return render(request, "wangge/desk/medicine_new.html", context, status=422 if form.is_bound else 200)


def _people(found: list[Person]) -> list[dict[str, Any]]:
    places = labels([one.home for one in found])
    return [{"uuid": one.uuid, "name": mask_name(one.name), "place": places[one.home_id]} for one in found]


def _source(request: Asked) -> Source:
    said = member(Source, request.POST.get("source") or request.GET.get("from", ""))
    return said if said in (Source.DOOR, Source.PHONE) and said else Source.PHONE


def _taken(request: Asked, one: Person) -> Need:
    """Take it down, with its photo if there is one; both or neither."""
    file, uuid = request.FILES.get("photo"), read_uuid(request.POST.get("uuid"))
    photo = read_photo(file.read()) if file else b""
    typed = read_need(request.POST, photo=bool(photo))
    need = taking.take_need(person=one, typed=typed, source=_source(request), by=request.by, uuid=uuid)
    if photo:
        taking.add_prescription(need=need, photo=photo, by=request.by, uuid=derived("photo", need.uuid))
    said = _("Taken down. It must be at the door by %(due)s.") % {"due": moment(need.due_at)}
    messages.success(request, said)
    return need


def of_person(uuid: UUID) -> str:
    """Where a need of somebody is taken down, for other pages."""
    return f"{reverse('medicine-new')}?person={uuid}"
