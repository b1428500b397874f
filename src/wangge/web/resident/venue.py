"""A venue asks for its poster, without an account: the application, what became of it, the poster, the screen."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base.access.address import client_of
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.badges import HOTLINE
from wangge.domains.duty.queries import offices
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.queries import named_at, naming
from wangge.domains.protocol.rules import Named
from wangge.domains.venues import posters
from wangge.domains.venues.codes import Code, Codes, Kind
from wangge.domains.venues.inputs import Applying, read_application
from wangge.domains.venues.models import VenueApplication
from wangge.domains.venues.queries import by_key
from wangge.domains.venues.words import LABELS
from wangge.web import venue_poster
from wangge.web.desk.forms import Typed
from wangge.web.resident.ask import NOBODY, community


class ApplyForm(Typed):
    """What a keeper writes."""

    name = forms.CharField(
        label=_("Name of the venue"), help_text=_("As it stands over the door."),
        widget=forms.TextInput(attrs={"maxlength": 80, "autocomplete": "organization"}),
    )  # fmt: skip
    kind = forms.CharField(label=_("Kind of venue"), widget=forms.RadioSelect(choices=list(LABELS.items())))
    community = forms.CharField(
        label=_("In which community or village"), help_text=_("As it stands on its notice board."),
        widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"}),
    )  # fmt: skip
    community_choice = forms.CharField(label=_("Which of these?"), required=False, widget=forms.RadioSelect())
    address = forms.CharField(
        label=_("Street and number"), required=False, widget=forms.TextInput(attrs={"maxlength": 120})
    )
    number = forms.CharField(
        label=_("Number of the licence"), required=False, help_text=_("15 or 18 letters and digits."),
        widget=forms.TextInput(attrs={"maxlength": 30, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    keeper = forms.CharField(
        label=_("Your name"), widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Phone on which we reach you"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": 30}),
    )


@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """The form, and taking it down. Where no order names check-in, nobody needs a poster, and the page says so."""
    if not naming(Named.CHECK_IN):
        return render(request, "wangge/resident/venue_none.html")
    form = ApplyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            return redirect("venue-applied", _take(request, form).uuid)
        except (Problem, Problems) as error:
            form.say(error)
            status = 429 if isinstance(error, Problem) and error.code == "venue_too_often" else 422
    several = bool(getattr(form.fields["community_choice"].widget, "choices", ()))
    context = {"form": form, "several": several, "uuid": _own_id(request), "response": naming(Named.CHECK_IN)[0]}
    return render(request, "wangge/resident/venue_apply.html", context, status=status)


def _own_id(request: HttpRequest) -> UUID:
    """The id this form was made with; a new one where it was lost."""
    try:
        return UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid7()


def _take(request: HttpRequest, form: ApplyForm) -> VenueApplication:
    said, place = _read(request, form)
    response = named_at(place, Named.CHECK_IN)
    if response is None:
        raise Problem("check_in_not_here", field="community")
    return posters.apply(said=said, place=place, response=response, by=NOBODY, sender=client_of(request))


def _read(request: HttpRequest, form: ApplyForm) -> tuple[Applying, Place]:
    """What was written, and where that is. Raises Problems with every mistake at once."""
    typed, problems, place = request.POST, list[Problem](), None
    try:
        place = community(typed.get("community", ""), typed.get("community_choice", ""), form)
    except Problem as problem:
        problems.append(problem)
    try:
        said = read_application(typed.dict())
    except Problems as found:
        raise Problems([*found.problems, *problems]) from found
    if place is None:
        raise Problems(problems)
    return said, place


@never_cache
@require_safe
def applied(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What became of it. Whoever has the address has the number under which it was sent: nobody else can guess it."""
    one = posters.application(EVERYTHING, uuid)
    venue = one.venue
    context = {
        "one": one, "place": full_label(one.place), "kind": LABELS[one.kind], "offices": offices(one.place)[:2],
        "hotline": HOTLINE, "venue": venue, "number": venue_poster.number_of(venue) if venue else "",
        "screen": Codes().write(Code(Kind.SCREEN, venue.pk, venue.poster_version)) if venue else "",
    }  # fmt: skip
    return render(request, "wangge/resident/venue_applied.html", context)


@never_cache
@require_safe
def poster(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The poster of an approved application, to be printed by whoever asked for it."""
    one = posters.application(EVERYTHING, uuid)
    if one.venue is None:
        raise Http404
    return venue_poster.pdf(request, one.venue)


@never_cache
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """A picture that is another one every minute, for a screen in the shop. A new poster ends its address."""
    read = Codes().read(code)
    venue = by_key([read.venue]).get(read.venue) if read and read.kind is Kind.SCREEN else None
    if read is None or venue is None or not read.number or venue.poster_version != read.number or venue.closed:
        return render(request, "wangge/resident/venue_screen_gone.html", status=404)
    here = named_at(venue.place, Named.CHECK_IN)
    context = {"venue": venue, "picture": venue_poster.minute(request, venue) if here else "", "response": here}
    answer = render(request, "wangge/resident/venue_screen.html", context)
    answer["Refresh"] = "20"
    return answer
