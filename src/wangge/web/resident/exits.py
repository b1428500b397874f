"""What is fixed between one's door and the street: seen, tried, reported, freed. No account and no name is needed to
report; whoever says that something opens or is gone signs with their name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base.access.address import client_of
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.queries import offices
from wangge.domains.fixtures import actions, queries
from wangge.domains.fixtures.inputs import LENGTHS, read_check, read_found, read_name
from wangge.domains.fixtures.links import read_token
from wangge.domains.fixtures.models import Fixture
from wangge.domains.fixtures.rules import Second
from wangge.domains.fixtures.words import STATES, THINGS, WHY
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.places.queries.reading import by_uuid, root
from wangge.domains.protocol.queries import covering_open
from wangge.web.desk.fixture_steps import say as say_all
from wangge.web.desk.words import moment
from wangge.web.resident.ask import NOBODY, community
from wangge.web.resident.back import WhereForm


class BlockedForm(WhereForm):
    """What blocks a way, for whoever has no link."""

    thing = forms.CharField(
        label=gettext_lazy("What thing is it?"), widget=forms.RadioSelect(choices=list(THINGS.items()))
    )
    spot = forms.CharField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("Compound, building, unit, and which door or lane."),
        widget=forms.TextInput(attrs={"maxlength": LENGTHS["spot"], "autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("In words"), required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LENGTHS["words"]}),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def blocked(request: HttpRequest) -> HttpResponse:
    """Anybody reports a blocked way, without an account and without a name."""
    form = BlockedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            place = community(request.POST.get("community", ""), request.POST.get("community_choice", ""), form)
            typed = read_found(request.POST)
            actions.report_found(place=place, typed=typed, by=NOBODY, sender=client_of(request))
            messages.success(request, _thanks())
            return redirect("exits")
        except (Problem, Problems) as error:
            form.say(error)
    several = bool(getattr(form.fields["community_choice"].widget, "choices", ()))
    top = root()
    context = {
        "form": form, "uuid": request.POST.get("uuid") or uuid7(), "several": several,
        "response": covering_open(top) if top else None,
    }  # fmt: skip
    return render(request, "wangge/resident/blocked.html", context, status=422 if form.errors else 200)


def _thanks() -> str:
    return _("Reported: your community and the level above it know now. In danger call 119, do not wait for them.")


def _place(token: str) -> Place:
    uuid = read_token(token)
    try:
        if uuid:
            return by_uuid(uuid)
    except Place.DoesNotExist:
        pass
    raise Http404


@never_cache
@require_safe
def here(request: HttpRequest, token: str) -> HttpResponse:
    """Everything between a door, or a stairwell, and the street."""
    place = _place(token)
    found = list(queries.at_exits_of(place))
    names = labels([one.place for one in found])
    ways = queries.way_out(place)
    context = {
        "name": full_label(place), "token": token, "things": list(THINGS.items()), "uuid": uuid7(),
        "ways": [{"uuid": one.uuid, "name": text} for one, text in zip(ways, _names(ways), strict=True)],
        "rows": [_shown(one, names[one.place_id]) for one in found], "offices": offices(place)[:2],
        "response": covering_open(place),
    }  # fmt: skip
    return render(request, "wangge/resident/exits.html", context)


def _names(ways: list[Place]) -> list[str]:
    found = labels(ways)
    return [found[one.pk] for one in ways]


def _shown(one: Fixture, where: str) -> dict[str, Any]:
    state = queries.state_of(one)
    return {
        "uuid": one.uuid, "thing": THINGS[one.thing], "where": f"{where} {one.spot}".strip(), "state": state.value,
        "word": STATES[state], "installer": one.installer, "document": one.document, "clause": one.clause,
        "until": moment(one.ends_at) if one.ends_at else "", "why": WHY[one.why] if one.why else "", "check": uuid7(),
    }  # fmt: skip


@require_POST
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Something here that nobody had recorded."""
    place = _place(token)
    try:
        ways = {str(one.uuid): one for one in queries.way_out(place)}
        if (where := ways.get(request.POST.get("place", ""))) is None:
            raise Problem("fixture_place_unknown", field="place")
        actions.report_found(place=where, typed=read_found(request.POST), by=NOBODY, sender=client_of(request))
        messages.success(request, _thanks())
    except (Problem, Problems) as error:
        say_all(request, error)
    return redirect("exits-here", token)


@require_POST
def say(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody has to get out; or it opens, is gone, or hangs still."""
    place = _place(token)
    try:
        messages.success(request, _said(request, place))
    except (Problem, Problems) as error:
        say_all(request, error)
    return redirect("exits-here", token)


def _said(request: HttpRequest, place: Place) -> str:
    """Do it and say so. Raises Problem, and Http404 for something that does not hang here."""
    step = request.POST.get("step", "")
    if step == "out":
        actions.free_stairwell(place=place, by=NOBODY)
        return _("Noted: everything here has to be taken away now. Do not wait for it: call 119, 120 or 110.")
    one = next((each for each in queries.at_exits_of(place) if str(each.uuid) == request.POST.get("fixture")), None)
    if one is None:
        raise Http404
    if step == "gone":
        name = read_name(request.POST)
        actions.confirm_gone(fixture=one, by=NOBODY, said=Second.RESIDENT, name=name, resident=True)
    elif step == "still":
        actions.still_hangs(fixture=one, by=NOBODY, resident=True)
        return _("Noted. The level above knows that it hangs still.")
    else:
        actions.check(fixture=one, typed=read_check(request.POST, by_resident=True), by=NOBODY, resident=True)
    return _("Thank you. It is on record.")
