"""Asking for one's own data, without an account. The answer never tells whether somebody is known."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base.access.address import client_of
from wangge.base.access.by import By
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.queries import offices
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, resolve_place
from wangge.domains.places.queries.reading import root
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response
from wangge.domains.requests import actions, queries
from wangge.domains.requests.inputs import MOST, read_asking
from wangge.domains.requests.models import Request
from wangge.domains.requests.words import KINDS
from wangge.web.desk.forms import Typed

NOBODY = By(account=None, post=None)  # a resident: holds no right, and needs none to ask
SHOWN = 8


class AskForm(Typed):
    """What a resident writes. ``community_choice`` appears where a name means several."""

    kind = forms.CharField(
        label=gettext_lazy("What do you want?"), widget=forms.RadioSelect(choices=list(KINDS.items()))
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        widget=forms.TextInput(attrs={"maxlength": MOST["name"], "autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone on which we reach you"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": 30}),
    )
    community = forms.CharField(
        label=gettext_lazy("Your community or village"),
        help_text=gettext_lazy("As it stands on its notice board."),
        widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"}),
    )
    community_choice = forms.CharField(
        label=gettext_lazy("Which of these?"), required=False, widget=forms.RadioSelect()
    )
    words = forms.CharField(
        label=gettext_lazy("In words: what is wrong, or what you object to"), required=False,
        help_text=gettext_lazy("Write no ID number here. The community asks for it when it checks who you are."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST["words"]}),
    )  # fmt: skip


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and taking it down."""
    about = _about(request.GET.get("response", ""))
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            one = _take_down(request, form, about)
            return redirect("asked", one.uuid)
        except (Problem, Problems) as error:
            form.say(error)
    context = {
        "form": form, "about": about, "uuid": request.POST.get("uuid") or uuid7(),
        "several": bool(getattr(form.fields["community_choice"].widget, "choices", ())),
        "page_back": reverse("notice", args=[about.uuid]) if about else "",
    }  # fmt: skip
    return render(request, "wangge/resident/ask.html", context, status=422 if form.is_bound else 200)


def _about(text: str) -> Response | None:
    """The Response whose page led here, if any."""
    try:
        return response(UUID(text))
    except (ValueError, Response.DoesNotExist):
        return None


def _take_down(request: HttpRequest, form: AskForm, about: Response | None) -> Request:
    problems: list[Problem] = []
    place = None
    try:
        place = community(request.POST.get("community", ""), request.POST.get("community_choice", ""), form)
    except Problem as error:
        problems.append(error)
    try:
        asking = read_asking(request.POST.dict())
    except Problems as error:
        raise Problems([*error.problems, *problems]) from error
    if place is None:
        raise Problems(problems)
    sender = client_of(request)
    return actions.ask(asking=asking, place=place, by=NOBODY, sender=sender, response=about.uuid if about else None)


def community(text: str, chosen: str, form: Typed) -> Place:
    """The community a text means. Places are no secret: several are shown to choose from."""
    top = root()
    found = resolve_place(text=text.strip(), within=top, kinds={Kind.COMMUNITY}) if top and text.strip() else None
    options = found.candidates[:SHOWN] if found else ()
    picked = next((one.place for one in options if str(one.place.uuid) == chosen), found.chosen if found else None)
    if picked is None and len(options) == 1:
        picked = options[0].place
    if picked is None:
        choices = [(str(one.place.uuid), one.label) for one in options]
        form.fields["community_choice"].widget.choices = choices
        raise Problem("community_which", field="community_choice" if choices else "community")
    return picked


@never_cache
@require_safe
def asked(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What happens now. It says the same of everybody: nothing of a record."""
    one = queries.known(uuid)
    if one is None:
        raise Request.DoesNotExist
    context: dict[str, Any] = {
        "number": str(uuid)[-8:], "due": date_format(queries.last_day(one), "DATE_FORMAT"),
        "place": full_label(one.place), "offices": offices(one.place)[:2], "kind": KINDS[one.kind],
        "title": _("Your request has arrived"),
    }  # fmt: skip
    return render(request, "wangge/resident/asked.html", context)
