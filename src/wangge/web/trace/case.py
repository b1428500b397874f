"""One case: its chain as a picture, whom to decide, who is a contact and what followed to the door."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.domains.cases import queries
from wangge.domains.cases.actions import look_at
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.cases.rules import ExposureState
from wangge.domains.cases.words import CLASSIFICATIONS
from wangge.domains.places.queries import full_label
from wangge.domains.venues.queries import itinerary
from wangge.domains.venues.words import LABELS
from wangge.web.access import Asked, needs
from wangge.web.desk.words import day, language, moment
from wangge.web.explained import of_case
from wangge.web.trace.chain import pictures
from wangge.web.trace.decide import choices
from wangge.web.trace.followed import followed_by, log_of
from wangge.web.trace.gathered import Gathered, gathered

PAGE = 25
UNDECIDED = (ExposureState.CANDIDATE, ExposureState.ASKED)
GONE = (ExposureState.DISMISSED, ExposureState.WITHDRAWN)


@needs(Right.TRACE)
@never_cache
def case(request: Asked, uuid: UUID) -> HttpResponse:
    """The whole case. Opening it is a look at the person, logged with the case as its purpose."""
    one = queries.case(request.by.scope(Right.TRACE), uuid)
    look_at(case=one, by=request.by)
    all_ = gathered(one)
    wide, tall = pictures(all_)
    meeting = request.GET.get("meeting", "")
    waiting = [it for it in all_.in_state(*UNDECIDED) if not meeting or meeting in (str(it.venue), str(it.uuid))]
    page = Paginator(sorted(waiting, key=_best), PAGE).get_page(request.GET.get("page"))
    context = {
        "case": one, "facts": _facts(one, all_), "wide": wide, "tall": tall, "page": page, "meeting": meeting,
        "candidates": [choices(all_, it) for it in page.object_list], "cut": queries.cut_from(one),
        "ever_shown": sum(it.rank > 0 for it in all_.exposures), "cap": all_.edition.candidates_cap,
        "contacts": followed_by(all_, all_.in_state(ExposureState.CONFIRMED)),
        "gone": [choices(all_, it) for it in all_.in_state(*GONE)], "visits": _visits(one, all_),
        "steps": log_of(one, all_), "explained": of_case(one), "subtitle": _subtitle(one),
        "keep": urlencode({"meeting": meeting} if meeting else {}), "page_back": reverse("cases"),
        "withdrawn": one.state == Case.State.WITHDRAWN,
    }  # fmt: skip
    return render(request, "wangge/trace/case.html", context)


def _best(one: Exposure) -> tuple[int, Any]:
    """As the protocol ranks them; those named in an interview have no rank and come first."""
    return one.rank, one.starts


def _subtitle(one: Case) -> str:
    confirmed = _("confirmed %(at)s") % {"at": moment(one.confirmed_at)}
    return " · ".join([one.person.name, str(CLASSIFICATIONS[one.classification]), confirmed])


def _facts(one: Case, all_: Gathered) -> list[tuple[str, Any]]:
    return [
        (_("Home"), full_label(one.person.home)),
        (_("Infectious from"), day(one.infectious_from)),
        *([(_("First symptoms"), day(one.onset_on))] if one.onset_on else []),
        (_("Contacts confirmed"), len(all_.in_state(ExposureState.CONFIRMED))),
        (_("To be decided"), len(all_.in_state(*UNDECIDED))),
        (_("Protocol"), f"{all_.edition.label.into(language())} · {all_.edition.key}"),
    ]


def _visits(one: Case, all_: Gathered) -> list[dict[str, Any]]:
    """Where the case checked in during the days the protocol keeps, the latest first; the infectious days marked."""
    last = clock.day_of(one.confirmed_at)
    went = itinerary(person=one.person_id, first_day=last - timedelta(days=all_.edition.checkins_days), last_day=last)
    return [
        {
            "when": moment(at), "venue": venue.name, "kind": LABELS[venue.kind], "place": venue.place.name,
            "stay": all_.edition.stays.get(venue.kind), "infectious": clock.day_of(at) >= one.infectious_from,
            "met": sum(it.venue == venue.uuid and clock.day_of(it.starts) == clock.day_of(at) for it in all_.exposures),
        }
        for venue, at in reversed(went)
    ]  # fmt: skip
