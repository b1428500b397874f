"""What is fixed to doors, units and gates: the list of what hangs, one thing, recording and reporting one."""

from collections.abc import Sequence
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
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.fixtures import actions, queries
from wangge.domains.fixtures.inputs import LENGTHS, read_fixture, read_found
from wangge.domains.fixtures.links import token_of
from wangge.domains.fixtures.models import Fixture, Walk
from wangge.domains.fixtures.rules import Origin, State, Thing, may_hang
from wangge.domains.fixtures.words import STATES, THINGS, WAYS, WHY
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.protocol.queries import covering_open, in_force, response
from wangge.flows import fixtures as flow
from wangge.web.access import Asked, needs
from wangge.web.code_shown import picture
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import language, moment

PAGE = 50
TABS = {
    "todo": gettext_lazy("To do"),
    "all": gettext_lazy("All that hangs"),
    "gone": gettext_lazy("Gone and confirmed"),
}


def _line(label: Any, name: str, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"maxlength": LENGTHS[name], "autocomplete": "off"})
    return forms.CharField(label=label, widget=widget, **more)


class FoundForm(Typed):
    """Something that nobody had recorded."""

    thing = forms.CharField(
        label=gettext_lazy("What thing is it?"), widget=forms.RadioSelect(choices=list(THINGS.items()))
    )
    spot = _line(gettext_lazy("Where exactly?"), "spot", help_text=gettext_lazy("Such as: unit 2, door to the yard."))
    words = forms.CharField(
        label=gettext_lazy("In words"), required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LENGTHS["words"]}),
    )  # fmt: skip


class FixtureForm(Typed):
    """Something that was fixed on somebody's authority. ``thing``: only what the edition in force allows here."""

    thing = forms.CharField(label=gettext_lazy("What thing is it?"), widget=forms.RadioSelect())
    spot = _line(gettext_lazy("Where exactly?"), "spot", required=False)
    installer = _line(gettext_lazy("Who fixed it"), "installer", help_text=gettext_lazy("The office, or the name."))
    document = _line(gettext_lazy("Number of the document that orders it"), "document")
    rests_on = forms.CharField(
        label=gettext_lazy("It rests on"), required=False, widget=forms.Select(),
        help_text=gettext_lazy("When that is over, this has to be taken away as well."),
    )  # fmt: skip
    ends = forms.CharField(
        label=gettext_lazy("Until when"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


@needs(Right.WORK_DOORS)
@never_cache
@require_safe
def fixtures(request: Asked) -> HttpResponse:
    """What hangs at one's places, the due first; before it the walks that one's posts have to do."""
    scope, tab = request.by.scope(Right.WORK_DOORS), request.GET.get("tab", "")
    tab = tab if tab in TABS else "todo"
    page = Paginator(queries.fixtures(scope).filter(queries.TABS[tab]), PAGE).get_page(request.GET.get("page"))
    counts = queries.figures(scope)
    context = {
        "page": page, "rows": rows(list(page.object_list)), "keep": f"tab={tab}", "late": counts["late"],
        "walks": [_walk(one) for one in queries.walks_of(request.account)[:20]],
        "tabs": [
            {"url": f"?tab={name}", "label": word, "current": name == tab, "count": counts[name]}
            for name, word in TABS.items()
        ],
        "actions": [
            {"url": reverse("fixture-found"), "label": _("Report what blocks a way"), "icon": "warning", "main": True},
            {"url": reverse("fixture-new"), "label": _("Record what was fixed"), "icon": "plus"},
        ],
    }  # fmt: skip
    return render(request, "wangge/desk/fixtures.html", context)


def rows(some: Sequence[Fixture]) -> list[dict[str, Any]]:
    where = labels([one.place for one in some])
    now = clock.now()
    return [
        {
            "uuid": one.uuid, "thing": THINGS[one.thing], "place": where[one.place_id], "spot": one.spot,
            "state": STATES[queries.state_of(one)], "why": WHY[one.why] if one.why else "",
            "gone": one.gone_at is not None, "due": moment(one.due_at), "post": one.post.title,
            "raised": one.raised_to.title if one.raised_to else "",
            "late": one.gone_at is None and one.due_at <= now,
        }
        for one in some
    ]  # fmt: skip


def exits_of(door: Place) -> list[dict[str, Any]]:
    """What hangs between a door and the street, for whoever stands before it."""
    return rows(list(queries.at_exits_of(door).select_related("raised_to")[:10]))


def _walk(one: Walk) -> dict[str, Any]:
    return {"uuid": one.uuid, "grid": one.grid.name, "due": moment(one.due_at), "late": one.due_at <= clock.now()}


def _place(request: Asked) -> Place | None:
    """The place that the address names. Raises Place.DoesNotExist for another's."""
    try:
        uuid = UUID(request.GET.get("place", ""))
    except ValueError:
        return None
    return queries.entrance(request.by.scope(Right.WORK_DOORS), uuid)


def _choose(request: Asked, title: str) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:40]
    places = queries.entrances(request.by.scope(Right.WORK_DOORS), text)
    names = labels(places)
    context = {
        "title": title, "q": text, "page_back": reverse("fixtures"),
        "places": [{"uuid": one.uuid, "name": names[one.pk]} for one in places],
    }  # fmt: skip
    return render(request, "wangge/desk/fixture_place.html", context)


@needs(Right.WORK_DOORS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: Asked) -> HttpResponse:
    """Report what nobody had recorded: first where, then what."""
    if (place := _place(request)) is None:
        return _choose(request, _("Report what blocks a way"))
    form = FoundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            one = actions.report_found(place=place, typed=read_found(request.POST), by=request.by)
            messages.success(request, _("Reported: the level above knows now. It has to be taken away."))
            return redirect("fixture", one.uuid)
        except (Problem, Problems) as problem:
            form.say(problem)
    return _form(request, form, place, "wangge/desk/fixture_found.html")


@needs(Right.WORK_DOORS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Record what was fixed: first where, then what, by whom, on what ground and until when."""
    if (place := _place(request)) is None:
        return _choose(request, _("Record what was fixed"))
    form = FixtureForm(request.POST if request.method == "POST" else None)
    _choices(form, place)
    if request.method == "POST":
        try:
            one = flow.record(place=place, typed=read_fixture(request.POST), by=request.by)
            messages.success(request, _("Recorded. Now let somebody who lives there try it from inside."))
            return redirect("fixture", one.uuid)
        except (Problem, Problems) as problem:
            form.say(problem)
    return _form(request, form, place, "wangge/desk/fixture_new.html")


def _choices(form: FixtureForm, place: Place) -> None:
    here = covering_open(place)
    allowed = in_force(here).fixtures.allowed if here else {}
    things = [(one.value, THINGS[one]) for one in Thing if may_hang(one, place.kind, allowed)]
    rests = [(str(one.uuid), _rest(one)) for one in flow.grounds_at(place)]
    form.fields["thing"].widget.choices = things
    form.fields["rests_on"].widget.choices = [("", _("the document alone")), *rests]


def _rest(one: flow.Rest) -> str:
    return _("the order for somebody behind this door, until %s") % moment(one.ends) if one.ends else one.zone


def _form(request: Asked, form: Typed, place: Place, template: str) -> HttpResponse:
    here = covering_open(place)
    rule = in_force(here).fixtures if here else None
    context = {
        "form": form, "name": full_label(place), "uuid": request.POST.get("uuid") or uuid7(),
        "page_back": reverse("fixtures"), "response": here,
        "report": f"{reverse('fixture-found')}?place={place.uuid}",
        "rule": rule.rule.into(language()) if rule else "", "clause": rule.clause if rule else "",
        "allowed": bool(getattr(form.fields["thing"].widget, "choices", ())),
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


@needs(Right.WORK_DOORS)
@never_cache
@require_safe
def fixture(request: Asked, uuid: UUID) -> HttpResponse:
    """One thing and its next step. Names and words are sealed: the look is on record."""
    one = queries.fixture(request.by.scope(Right.WORK_DOORS), uuid)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"fixture:{one.uuid}")
    state, address = (
        queries.state_of(one),
        request.build_absolute_uri(reverse("exits-here", args=[token_of(one.place)])),
    )
    context = {
        "one": one, "thing": THINGS[one.thing], "name": full_label(one.place), "state": state.value,
        "word": STATES[state], "facts": _facts(one), "words": queries.words_of(one).get("words", ""),
        "checks": [_check(each) for each in queries.checks(one)], "ways": list(WAYS.items()), "uuid": uuid7(),
        "second": one.removed_by is not None and one.removed_by != request.by.account,
        "hangs": state in (State.UNCHECKED, State.HANGS), "address": address, "picture": picture(address, 4),
        "page_back": reverse("fixtures"), "response": response(one.response),
    }  # fmt: skip
    return render(request, "wangge/desk/fixture.html", context)


def _check(each: Any) -> dict[str, Any]:
    return {"when": moment(each.at), "opens": each.opens, "name": queries.name_of(each), "way": WAYS[each.way]}


def _facts(one: Fixture) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = [(_("Where"), f"{full_label(one.place)} {one.spot}".strip())]
    if one.origin == Origin.RECORDED and one.ends_at:
        found += [
            (_("Fixed by"), one.installer), (_("Document"), one.document),
            (_("Until at the latest"), moment(one.ends_at)),
        ]  # fmt: skip
    else:
        found.append((_("Found"), moment(one.recorded_at)))
    found += [(_("Clause"), one.clause), (_("Looked after by"), one.post.title)]
    if one.raised_to:
        found.append((_("Also with"), one.raised_to.title))
    if one.why:
        found.append((_("Has to go because"), WHY[one.why]))
    if one.removed_at:
        found.append((_("Taken away"), moment(one.removed_at)))
    found.append((_("Confirmed gone"), moment(one.gone_at)) if one.gone_at else (_("Next step by"), moment(one.due_at)))
    return found
