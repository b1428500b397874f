"""A request taken down by whoever answers a call, or stands at a door; and the poster that leads to the form."""

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.domains.help import actions, queries
from wangge.domains.help.inputs import read_help
from wangge.domains.help.rules import Channel
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, label, labels
from wangge.domains.places.queries.scoped import touched
from wangge.domains.protocol.queries import drill
from wangge.domains.work.queries import task
from wangge.web import printing
from wangge.web.access import Asked, needs
from wangge.web.resident.ask import community
from wangge.web.resident.back import WhereForm
from wangge.web.resident.help import HelpForm

PAGE = 50


class DownForm(HelpForm):
    """The same as the public form, with the community."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= WhereForm.base_fields


@needs(Right.ANSWER_CALLS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: Asked) -> HttpResponse:
    """By phone: who calls need not be anybody known, and may have neither address nor number."""
    form = DownForm(request.POST if request.method == "POST" else None, initial={"whom": "self"})
    if request.method == "POST":
        try:
            place = community(request.POST.get("community", ""), request.POST.get("community_choice", ""), form)
            if not request.by.scope(Right.ANSWER_CALLS).covers(place.path, place.grid_id):
                raise Problem("help_place", field="community")
            one = actions.ask(said=read_help(request.POST.dict()), place=place, channel=Channel.PHONE, by=request.by)
        except (Problem, Problems) as error:
            form.say(error)
        else:
            messages.success(request, _("Taken down. Its number: %(number)s.") % {"number": str(one.uuid)[-8:]})
            return redirect("help-request", one.uuid)
    several = bool(getattr(form.fields["community_choice"].widget, "choices", ()))
    context = {"form": form, "uuid": request.POST.get("uuid") or uuid7(), "several": several, "by_phone": True,
               "title": _("Take down a request"), "page_back": reverse("help-requests")}  # fmt: skip
    return render(request, "wangge/desk/help_down.html", context, status=422 if form.is_bound else 200)


@needs(Right.WORK_DOORS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def at_door(request: Asked, uuid: UUID) -> HttpResponse:
    """At the door, from the door's page."""
    one = task(request.by.scope(Right.WORK_DOORS), uuid)
    form = HelpForm(request.POST if request.method == "POST" else None, initial={"whom": "self"})
    if request.method == "POST":
        try:
            typed = request.POST.dict() | {"where": label(one.door)}
            actions.ask(said=read_help(typed), place=one.door, channel=Channel.DOOR, by=request.by)
        except (Problem, Problems) as error:
            form.say(error)
        else:
            messages.success(request, _("Taken down; it is at this door."))
            return redirect("door", uuid)
    context = {"form": form, "uuid": request.POST.get("uuid") or uuid7(), "title": label(one.door),
               "response": one.response, "page_back": reverse("door", args=[uuid])}  # fmt: skip
    return render(request, "wangge/desk/help_down.html", context, status=422 if form.is_bound else 200)


@needs(Right.ANSWER_CALLS)
@require_safe
def posters(request: Asked) -> HttpResponse:
    """Places of one's own for which a poster can be printed: down to a stairwell or a door."""
    q = request.GET.get("q", "").strip()
    found = queries.places_for_posters(request.by.scope(Right.ANSWER_CALLS), q)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = labels(page.object_list, divisions=True)
    rows = [{"uuid": one.uuid, "name": one.name, "where": names[one.pk]} for one in page.object_list]
    context = {"page": page, "rows": rows, "q": q, "keep": f"q={q}", "page_back": reverse("help-requests")}
    return render(request, "wangge/desk/help_posters.html", context)


@needs(Right.ANSWER_CALLS)
@require_safe
def poster(request: Asked, uuid: UUID) -> HttpResponse:
    """One poster, to be printed and hung up."""
    context = _poster(request, uuid) | {"page_back": reverse("help-posters")}
    return render(request, "wangge/desk/help_poster.html", context)


@needs(Right.ANSWER_CALLS)
@require_safe
def poster_pdf(request: Asked, uuid: UUID) -> HttpResponse:
    """The same as one A4 page for a printer. Raises Problem where this server cannot make one."""
    context = _poster(request, uuid) | {"language": get_language()}
    text = render_to_string("wangge/desk/help_poster_printed.html", context)
    return printing.pdf(text, style="wangge/venue-poster.css", name=f"help-{str(uuid)[-8:]}.pdf")


def _poster(request: Asked, uuid: UUID) -> dict[str, Any]:
    """What a poster says. Raises Place.DoesNotExist, also for what is wider than a community."""
    place = touched(request.by.scope(Right.ANSWER_CALLS), uuid)
    if place.kind in queries.TOO_WIDE:
        raise Place.DoesNotExist
    address, posts = request.build_absolute_uri(reverse("help-ask", args=[place.uuid])), offices(place)[:1]
    return {
        "place": place, "label": full_label(place), "address": address, "drill": drill(),
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=2),
        "office": posts[0].title if posts else "", "number": office_of(posts[0]) if posts else HOTLINE,
    }  # fmt: skip
