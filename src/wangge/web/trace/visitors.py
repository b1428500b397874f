"""Whom a case met at venues and the register does not know: a telephone number, shown for a call that is on record."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.domains.cases import queries
from wangge.domains.cases.actions import look_at
from wangge.domains.cases.models import Case
from wangge.domains.people.queries import whose
from wangge.domains.protocol.queries import in_force
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import Met, by_key, ranked_for, visitors_met
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.saying import office_for


@needs(Right.TRACE)
@never_cache
@require_safe
def visitors(request: Asked, uuid: UUID) -> HttpResponse:
    """The list, by rank. No number stands in it."""
    one = queries.case(request.by.scope(Right.TRACE), uuid)
    look_at(case=one, by=request.by)
    found = unknown(one)
    venues = by_key(met.meeting.venue for met in found)
    context = {
        "case": one, "rows": [_row(met, venues[met.meeting.venue]) for met in found],
        "page_back": reverse("case", args=[uuid]), "closed": one.response.closed_at,
    }  # fmt: skip
    return render(request, "wangge/trace/visitors.html", context)


def unknown(case: Case) -> list[Met]:
    """Visitors among a case's candidates whose number is in no record. Nothing for a case that was withdrawn."""
    edition = in_force(case.response)
    if case.state == Case.State.WITHDRAWN or not edition.stays:
        return []
    ranked = ranked_for(
        person=case.person_id, first_day=case.infectious_from, last_day=clock.day_of(case.confirmed_at),
        stays=edition.stays, cap=edition.candidates_cap,
    )  # fmt: skip
    return [met for met in visitors_met(ranked) if whose(met.phone) is None]


def _row(met: Met, venue: Venue) -> dict[str, Any]:
    meeting = met.meeting
    return {
        "key": met.key, "venue": venue.name, "when": moment(meeting.starts), "rank": meeting.rank,
        "lasted": ngettext("%(n)s minute together", "%(n)s minutes together", meeting.minutes) % {"n": meeting.minutes},
    }  # fmt: skip


@needs(Right.TRACE)
@require_POST
@never_cache
def call(request: Asked, uuid: UUID) -> HttpResponse:
    """One visitor's number, for one call. Who they are is then noted as somebody the case named."""
    one = queries.case(request.by.scope(Right.TRACE), uuid)
    request.by.need(Right.TRACE, one.person.home.path, one.person.home.grid_id)
    chosen = [met for met in unknown(one) if str(met.key) == request.POST.get("visitor", "")]
    if not chosen:
        return render(
            request, "wangge/trace/visitor_gone.html", {"page_back": reverse("case", args=[uuid])}, status=422
        )
    log_look(by=request.by, kind=AccessLog.Kind.CALLED, person=None, reason=f"case:{uuid} visitor")
    venue = by_key([chosen[0].meeting.venue])[chosen[0].meeting.venue]
    context = {
        "case": one, "number": chosen[0].phone, "row": _row(chosen[0], venue), "office": office_for(request),
        "page_back": reverse("case-visitors", args=[uuid]),
        "title": _("A visitor at %(venue)s") % {"venue": venue.name},
    }  # fmt: skip
    return render(request, "wangge/trace/visitor.html", context)
