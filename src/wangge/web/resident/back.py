"""Coming back: the public page on which people report themselves, and the answer they get at once.

Without an account, with or without a script. The answer says what applies to whoever comes from there; it is made
before anybody looks for the home, and it is the same whether the home exists or not.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.address import client_of
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.queries import response
from wangge.domains.risk import queries as risk
from wangge.domains.risk.words import LEVELS
from wangge.domains.selfreports import actions, queries
from wangge.domains.selfreports.inputs import MOST, read_areas, read_report
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.queries import Asking
from wangge.domains.selfreports.rules import HOUR
from wangge.domains.selfreports.words import TRAVEL, WHOM
from wangge.web.applying import shown
from wangge.web.areas import told as area_told
from wangge.web.command.words import spoken
from wangge.web.desk.forms import Typed
from wangge.web.resident.ask import NOBODY, community


def _line(name: str, **attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"maxlength": MOST[name], "autocomplete": "off", **attrs})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class ReportForm(Typed):
    """What somebody who comes back says, in the order in which one would tell it."""

    whom = forms.CharField(label=_("For whom do you report?"), widget=forms.RadioSelect(choices=list(WHOM.items())))
    people = forms.CharField(
        label=_("Who comes back?"), help_text=_("Names as in the documents, with 、 between several."),
        widget=_line("people"),
    )  # fmt: skip
    reporter = forms.CharField(
        label=_("Your own name, if you are not among them"), required=False,
        widget=_line("reporter", autocomplete="name"),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone on which we reach you"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": 30}),
    )
    came_from = forms.CharField(
        label=_("Where from?"), help_text=_("Province, city, district, street, village or compound."),
        widget=_line("came_from"),
    )  # fmt: skip
    first = forms.CharField(label=_("There since"), widget=_day())
    last = forms.CharField(label=_("Leaving there on"), widget=_day())
    arrives = forms.CharField(label=_("Arriving here on"), widget=_day())
    travel = forms.CharField(label=_("How do you travel?"), widget=forms.Select(choices=[("", ""), *TRAVEL.items()]))
    number = forms.CharField(
        label=_("Number of the train, flight or car"), required=False, widget=_line("number", spellcheck="false")
    )
    building = forms.CharField(label=_("Building"), required=False, widget=_line("building"))
    unit = forms.CharField(label=_("Unit"), required=False, widget=_line("unit"))
    door = forms.CharField(label=_("Door"), widget=_line("door"))
    areas = forms.CharField(label=_("Were you in one of these?"), required=False)
    needs = forms.CharField(
        label=_("What do you need?"), required=False,
        help_text=_("Medicine, somebody to fetch you, food, help with a child or old people."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": MOST["needs"]}),
    )  # fmt: skip


class WhereForm(Typed):
    """For which community, where no poster led here."""

    community = forms.CharField(
        label=_("Your community or village"), help_text=_("As it stands on its notice board."),
        widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"}),
    )  # fmt: skip
    community_choice = forms.CharField(label=_("Which of these?"), required=False, widget=forms.RadioSelect())


@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Without a poster: first the community. Places are no secret."""
    form = WhereForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            place = community(request.POST.get("community", ""), request.POST.get("community_choice", ""), form)
        except Problem as error:
            form.say(error)
        else:
            return redirect("back-report", place.uuid)
    several = bool(getattr(form.fields["community_choice"].widget, "choices", ()))
    context = {"form": form, "several": several}
    return render(request, "wangge/resident/back_where.html", context, status=422 if form.is_bound else 200)


@never_cache
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form of one compound or community, and taking the report down."""
    place = queries.place_of_poster(uuid)
    asked = queries.asking(place)
    if asked is None:
        return render(request, "wangge/resident/back_none.html", _office(place))
    if request.method != "POST":
        return _form(request, place, asked, ReportForm(initial={"arrives": clock.today().isoformat()}), 200)
    form = ReportForm(request.POST)
    try:
        return redirect("back-told", _take(request, place, asked).uuid)
    except (Problem, Problems) as error:
        form.say(error)
        often = isinstance(error, Problem) and error.code == "report_too_often"
        answer = _form(request, place, asked, form, 429 if often else 422)
        if often:
            answer.headers["Retry-After"] = str(int(HOUR.total_seconds()))
        return answer


def _take(request: HttpRequest, place: Place, asked: Asking) -> SelfReport:
    """Raises Problem, also where listed areas lie around and it is not said yet whether they were there."""
    said = read_report(request.POST.dict(), request.POST.getlist("areas"), asked.rule.lookback_days)
    first, last = queries.days_that_count(said.first, said.last, said.arrives, asked.rule.lookback_days)
    if first <= last and not said.areas and not said.none and risk.near(said.came_from, first, last):
        raise Problem("report_were_you_there", field="areas")
    one, _found = actions.receive(said=said, place=place, asked=asked, by=NOBODY, sender=client_of(request))
    return one


def _form(request: HttpRequest, place: Place, asked: Asking, form: ReportForm, status: int) -> HttpResponse:
    typed = request.POST
    context = {
        "form": form, "place": full_label(place), "asked": asked, "rule": spoken(asked.rule.rule),
        "uuid": _own_id(typed.get("uuid", "")), "near": _around(typed, asked), "none": "none" in typed,
        "lookback": asked.rule.lookback_days, **_office(place),
    }  # fmt: skip
    return render(request, "wangge/resident/back.html", context, status=status)


def _own_id(typed: str) -> UUID:
    """The id this form was made with; a new one where it was lost."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid7()


def _around(typed: QueryDict, asked: Asking) -> list[dict[str, Any]]:
    """The listed areas around what is typed, and those already ticked."""
    try:
        first, last = date.fromisoformat(typed.get("first", "")), date.fromisoformat(typed.get("last", ""))
        first = max(first, last - timedelta(days=4 * asked.rule.lookback_days))
    except (ValueError, OverflowError):
        return []
    chosen = set(read_areas(typed.getlist("areas")))
    found = {one.area.uuid: one for one in risk.named(chosen, first, last)}
    found |= {one.area.uuid: one for one in risk.near(typed.get("came_from", ""), first, last)}
    return [area_told(one) | {"ticked": uuid in chosen} for uuid, one in found.items()]


def _office(place: Place) -> dict[str, Any]:
    posts = offices(place)[:1]
    return {"label": full_label(place), "office": posts[0].title if posts else "",
            "phone": office_of(posts[0]) if posts else HOTLINE}  # fmt: skip


@never_cache
@require_safe
def told(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What applies, and until when. It knows nothing of a home or a name: whoever sent it, sees what they were told."""
    one = queries.known(uuid)
    if one is None:
        raise Http404
    within = response(one.response)
    context = {
        "number": str(uuid)[-8:], "response": within, "applies": shown(one), "unjudged": one.unjudged,
        "level": LEVELS[one.level] if one.level else "", "needs": one.needs, "remedy": within.remedy,
        **_office(one.place),
    }  # fmt: skip
    return render(request, "wangge/resident/back_told.html", context)
