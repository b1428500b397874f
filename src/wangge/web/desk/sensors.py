"""Door sensors at the desk: how each does and where it is; issuing one; ending a duty after a call."""

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
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.places.queries import full_label, labels
from wangge.domains.sensors import actions, queries
from wangge.domains.sensors.inputs import read_sensor
from wangge.domains.sensors.models import Fit, Sensor
from wangge.domains.sensors.rules import Health, Kind
from wangge.domains.sensors.words import HEALTH, KINDS, REASONS, SILENT
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment

PAGE = 50


class SensorForm(Typed):
    """A device to be issued."""

    code = forms.CharField(
        label=gettext_lazy("Number on the device"), help_text=gettext_lazy("Letters and digits, such as MC0123."),
        widget=forms.TextInput(attrs={"maxlength": 24, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    kind = forms.CharField(label=gettext_lazy("What it is for"), widget=forms.RadioSelect(choices=list(KINDS.items())))
    place = forms.CharField(label=gettext_lazy("Community that keeps it"), widget=forms.Select())


@needs(Right.KEEP_SENSORS)
@require_safe
def sensors(request: Asked) -> HttpResponse:
    """The devices of one's places; ``how``: only those that do so."""
    scope, how = request.by.scope(Right.KEEP_SENSORS), member(Health, request.GET.get("how", ""))
    found = queries.sensors(scope)
    page = Paginator(queries.in_health(found, how) if how else found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": _rows(list(page.object_list)), "how": how, "keep": f"how={how}" if how else "",
        "ways": [(one.value, HEALTH[one]) for one in Health], "listening": queries.listening().get("sensors", ""),
        "actions": [{"url": reverse("sensor-new"), "label": _("Issue a sensor"), "icon": "plus", "main": True}],
    }  # fmt: skip
    return render(request, "wangge/desk/sensors.html", context)


def _rows(some: Sequence[Sensor]) -> list[dict[str, Any]]:
    fits = queries.fits_of(some)
    where = labels([one.door for one in fits.values()])
    return [
        {
            "uuid": one.uuid, "code": one.code, "kind": KINDS[one.kind], "how": HEALTH[queries.health_of(one)],
            "well": queries.health_of(one) is Health.WELL, "battery": one.battery,
            "heard": moment(one.heard_at) if one.heard_at else "",
            "door": where[fits[one.pk].door_id] if one.pk in fits else "",
            "silent": SILENT[fits[one.pk].silent_cause] if one.pk in fits and fits[one.pk].silent_at else "",
        }
        for one in some
    ]  # fmt: skip


@needs(Right.KEEP_SENSORS)
@never_cache
def new(request: Asked) -> HttpResponse:
    """Issue one: its secret is shown once, to be typed into the device."""
    places = queries.keepers(request.by.scope(Right.KEEP_SENSORS))
    form = SensorForm(request.POST if request.method == "POST" else None)
    form.fields["place"].widget.choices = [(str(one.uuid), one.name) for one in places]
    if request.method == "POST":
        try:
            typed = read_sensor(request.POST)
            place = next((one for one in places if one.uuid == typed.place), None)
            if place is None:
                raise Problem("sensor_place_missing", field="place")
            one, secret = actions.issue(code=typed.code, kind=typed.kind, place=place, by=request.by)
            return _secret(request, one, secret)
        except Problem as problem:
            form.say(problem)
    context = {"form": form, "page_back": reverse("sensors")}
    return render(request, "wangge/desk/sensor_new.html", context, status=422 if form.errors else 200)


def _secret(request: Asked, one: Sensor, secret: str) -> HttpResponse:
    context = {"one": one, "secret": secret, "page_back": reverse("sensor", args=[one.uuid])}
    return render(request, "wangge/desk/sensor_secret.html", context)


@needs(Right.KEEP_SENSORS)
@require_safe
def sensor(request: Asked, uuid: UUID) -> HttpResponse:
    """One device: how it does and what went wrong with what it sent. Not when a door opened: that is the residents'."""
    one = queries.sensor(request.by.scope(Right.KEEP_SENSORS), uuid)
    fit = queries.fits_of([one]).get(one.pk)
    context = {
        "one": one, "kind": KINDS[one.kind], "facts": _facts(one, fit), "fit": fit, "page_back": reverse("sensors"),
        "can_end": fit is not None and fit.silent_at is None and one.kind == Kind.DOOR,
        "rejected": [
            {"when": moment(each.received_at), "why": REASONS.get(each.reason, each.reason), "head": each.head}
            for each in one.rejected.order_by("-id")
        ],
    }  # fmt: skip
    return render(request, "wangge/desk/sensor.html", context)


def _facts(one: Sensor, fit: Fit | None) -> list[tuple[str, Any]]:
    where = full_label(fit.door) if fit else _("in store")
    facts = [
        (_("State"), HEALTH[queries.health_of(one)]), (_("Kept by"), one.place.name), (_("Where"), where),
        (_("Last heard"), moment(one.heard_at) if one.heard_at else "—"),
        (_("Battery"), "—" if one.battery is None else f"{one.battery} %"),
    ]  # fmt: skip
    if fit and fit.silent_at:
        facts.append((_("Silent since"), f"{moment(fit.silent_at)} · {SILENT[fit.silent_cause]}"))
    elif fit and fit.until:
        facts.append((_("Ends at the latest"), moment(fit.until)))
    numbers = [
        (_("Said while silent, not read"), one.dropped), (_("Could not be read"), one.refused),
        (_("Left for later: too many at once"), one.flooded), (_("Started over"), one.resets),
    ]  # fmt: skip
    clock = [(_("Its clock is wrong by (s)"), one.ahead)] if one.ahead else []
    return [*facts, *[(word, number) for word, number in numbers if number], *clock]


@needs(Right.KEEP_SENSORS)
@never_cache
@require_POST
def renew(request: Asked, uuid: UUID) -> HttpResponse:
    """A new secret, where the old one is lost or known to others."""
    one = queries.sensor(request.by.scope(Right.KEEP_SENSORS), uuid)
    try:
        return _secret(request, one, actions.renew(sensor=one, by=request.by))
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("sensor", uuid)


@needs(Right.KEEP_SENSORS)
@require_POST
def retire(request: Asked, uuid: UUID) -> HttpResponse:
    """A device that is lost or broken."""
    one = queries.sensor(request.by.scope(Right.KEEP_SENSORS), uuid)
    try:
        actions.retire(sensor=one, by=request.by)
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("sensor", uuid)
    messages.success(request, _("%(code)s was taken out of use.") % {"code": one.code})
    return redirect("sensors")


@needs(Right.KEEP_SENSORS)
@require_POST
def end(request: Asked, uuid: UUID) -> HttpResponse:
    """Somebody called: the duty of the sensors at this door, or in its stairwell, ends at once. No reason is asked."""
    one = queries.sensor(request.by.scope(Right.KEEP_SENSORS), uuid)
    if fit := queries.fits_of([one]).get(one.pk):
        around = request.POST.get("reach") == "stairwell"
        actions.end_for_safety(door=fit.door, around=around, source="desk", by=request.by)
        messages.success(request, _("Ended for safety. Whoever leaves has done nothing wrong."))
    return redirect("sensor", uuid)
