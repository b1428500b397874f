"""Venues at the desk: applications, posters given out and replaced, and what was found at the door."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.places.queries import full_label, labels
from wangge.domains.protocol.queries import named_at
from wangge.domains.protocol.rules import Named
from wangge.domains.venues import posters, queries
from wangge.domains.venues.codes import Code, Codes, Kind
from wangge.domains.venues.models import PosterCheck, Venue
from wangge.domains.venues.rules import Why
from wangge.domains.venues.words import LABELS, WHY
from wangge.web import venue_poster
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import day, moment

PAGE = 50
FOUND = (
    ("good", gettext_lazy("It hangs there and can be read")),
    ("bad", gettext_lazy("It hangs there and cannot be read")),
    ("none", gettext_lazy("It does not hang there")),
)  # fmt: skip


class IssueForm(Typed):
    """Why there is to be a new poster."""

    why = forms.CharField(label=gettext_lazy("Why a new one?"), widget=forms.RadioSelect(choices=list(WHY.items())))


class CheckForm(Typed):
    """What was found at the door."""

    found = forms.CharField(label=gettext_lazy("The poster"), widget=forms.RadioSelect(choices=FOUND))
    version = forms.CharField(
        label=gettext_lazy("Last number on it"), required=False,
        help_text=gettext_lazy("Behind the dash, such as 2 in 000123-2."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6}),
    )  # fmt: skip


class ReasonForm(Typed):
    """Why an application goes back."""

    why = forms.CharField(
        label=gettext_lazy("What is wrong with it?"), help_text=gettext_lazy("Its sender reads this."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
    )  # fmt: skip


@needs(Right.KEEP_VENUES)
@require_safe
def venues(request: Asked) -> HttpResponse:
    """Applications first, then the venues, those whose poster is to be looked at before the others."""
    scope, q = request.by.scope(Right.KEEP_VENUES), request.GET.get("q", "").strip()[:60]
    page = Paginator(posters.found_by(scope, q), PAGE).get_page(request.GET.get("page"))
    waiting = list(posters.applications(scope)[:PAGE])
    places = labels([one.place for one in [*page.object_list, *waiting]])
    context = {
        "page": page, "q": q, "keep": f"q={q}",
        "rows": [
            {"venue": one, "kind": LABELS[one.kind], "where": places[one.place_id],
             "number": venue_poster.number_of(one) if one.poster_version else ""}
            for one in page.object_list
        ],
        "waiting": [{"one": one, "kind": LABELS[one.kind], "where": places[one.place_id]} for one in waiting],
        "address": request.build_absolute_uri(reverse("venue-apply")),
    }  # fmt: skip
    return render(request, "wangge/desk/venues.html", context)


def _venue(request: Asked, uuid: UUID) -> Venue:
    return queries.within(request.by.scope(Right.KEEP_VENUES)).get(uuid=uuid)


@needs(Right.KEEP_VENUES)
@never_cache
@require_safe
def one(request: Asked, uuid: UUID) -> HttpResponse:
    """A venue with its poster."""
    return _page(request, _venue(request, uuid), IssueForm(), CheckForm(), 200)


def _page(request: Asked, venue: Venue, issue: IssueForm, check: CheckForm, status: int) -> HttpResponse:
    screen = Codes().write(Code(Kind.SCREEN, venue.pk, venue.poster_version)) if venue.poster_version else ""
    context = {
        "venue": venue, "where": full_label(venue.place), "facts": _facts(venue), "issue": issue, "check": check,
        "checks": [_check(found) for found in venue.checks.all()[:10]], "page_back": reverse("venues"),
        "screen": request.build_absolute_uri(reverse("venue-screen", args=[screen])) if screen else "",
        "response": named_at(venue.place, Named.CHECK_IN),
        "suspected": day(venue.suspect_on) if venue.suspect_on else "",
    }  # fmt: skip
    return render(request, "wangge/desk/venue.html", context, status=status)


def _facts(venue: Venue) -> list[tuple[str, Any]]:
    rows = [
        (_("Kind of venue"), LABELS[venue.kind]), (_("Licence number"), venue.number), (_("Address"), venue.address),
        (_("Keeper"), venue.keeper), (_("Phone"), venue.phone),
        (_("Poster"), venue_poster.number_of(venue) if venue.poster_version else _("none was given out")),
        (_("Given out"), moment(venue.poster_since) if venue.poster_since else ""),
    ]  # fmt: skip
    return [(str(term), value) for term, value in rows if value]


def _check(found: PosterCheck) -> dict[str, Any]:
    word = FOUND[0 if found.readable else 1 if found.present else 2][1]
    return {"when": moment(found.at), "word": word, "version": found.version}


@needs(Right.KEEP_VENUES)
@require_POST
def issue(request: Asked, uuid: UUID) -> HttpResponse:
    """The first poster, or one in place of the one that hangs."""
    venue, form = _venue(request, uuid), IssueForm(request.POST)
    why = member(Why, request.POST.get("why", "")) if venue.poster_version else Why.FIRST
    if why is None or (venue.poster_version and why is Why.FIRST):
        form.say(Problem("venue_why_missing", field="why"))
        return _page(request, venue, form, CheckForm(), 422)
    posters.issue_poster(venue=venue, why=why, by=request.by)
    messages.success(request, _("There is a new poster. Print it and bring it to the door."))
    return redirect("venue", uuid)


@needs(Right.KEEP_VENUES)
@require_POST
def check(request: Asked, uuid: UUID) -> HttpResponse:
    """What was found at the door."""
    venue, form = _venue(request, uuid), CheckForm(request.POST)
    found, version = request.POST.get("found", ""), request.POST.get("version", "").strip()
    if found not in dict(FOUND) or not (version == "" or (version.isascii() and version.isdigit())):
        form.say(Problem("venue_check_missing", field="found"))
        return _page(request, venue, IssueForm(), form, 422)
    posters.check_poster(
        venue=venue, present=found != "none", readable=found == "good", version=int(version) if version else None,
        by=request.by,
    )  # fmt: skip
    messages.success(request, _("Noted."))
    return redirect("venue", uuid)


@needs(Right.KEEP_VENUES)
@never_cache
@require_safe
def poster(request: Asked, uuid: UUID) -> HttpResponse:
    """The poster as a PDF."""
    try:
        return venue_poster.pdf(request, _venue(request, uuid))
    except Problem as error:
        form = IssueForm()
        form.say(Problem(error.code))
        return _page(request, _venue(request, uuid), form, CheckForm(), 422)


@needs(Right.KEEP_VENUES)
@never_cache
@require_safe
def application(request: Asked, uuid: UUID) -> HttpResponse:
    """One application."""
    return _application(request, uuid, ReasonForm(), 200)


def _application(request: Asked, uuid: UUID, form: ReasonForm, status: int) -> HttpResponse:
    found = posters.application(request.by.scope(Right.KEEP_VENUES), uuid)
    said = posters.details(found)
    rows = [
        (_("Kind of venue"), LABELS[found.kind]), (_("Community"), full_label(found.place)),
        (_("Address"), found.address), (_("Licence number"), found.number), (_("Keeper"), said.get("keeper", "")),
        (_("Phone"), said.get("phone", "")), (_("Received"), moment(found.received_at)),
    ]  # fmt: skip
    context = {
        "one": found, "facts": [(str(term), value) for term, value in rows if value], "form": form,
        "page_back": reverse("venues"), "waiting": found.state == found.State.WAITING,
    }  # fmt: skip
    return render(request, "wangge/desk/venue_application.html", context, status=status)


@needs(Right.KEEP_VENUES)
@require_POST
def settle(request: Asked, uuid: UUID) -> HttpResponse:
    """Approve it, or send it back with the reason."""
    found, form = posters.application(request.by.scope(Right.KEEP_VENUES), uuid), ReasonForm(request.POST)
    try:
        if request.POST.get("approve"):
            venue = posters.approve(application=found, by=request.by)
            messages.success(request, _("Approved. Print the poster and bring it to the door."))
            return redirect("venue", venue.uuid)
        posters.send_back(application=found, why=request.POST.get("why", ""), by=request.by)
    except Problem as error:
        form.say(error)
        return _application(request, uuid, form, 422)
    messages.success(request, _("Sent back, with the reason."))
    return redirect("venues")
