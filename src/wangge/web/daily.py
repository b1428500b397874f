"""Daily reports as pages share them: the form, a week's temperatures as a picture, what was said in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.monitoring import queries
from wangge.domains.monitoring.inputs import HELP, ReportInput, read_report, told_of
from wangge.domains.monitoring.models import DailyReport, HomeWatch
from wangge.domains.monitoring.rules import CallOutcome, Told, Why, read_reading
from wangge.domains.monitoring.words import CAREFUL, CHANNELS, DEPENDANTS, OUTCOMES, SLOTS, STATES, SYMPTOMS, WHYS
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import day, moment
from wangge.web.signs import listed, phrases, told

ENOUGH = [("yes", gettext_lazy("Yes, enough")), ("no", gettext_lazy("No, something is missing"))]
TALK = [("yes", gettext_lazy("Yes, please")), ("no", gettext_lazy("No need"))]


class DailyForm(Typed):
    """What is asked, in the order in which one would tell it; nothing that is not needed for help."""

    temperature = forms.CharField(
        label=gettext_lazy("Temperature now"), help_text=gettext_lazy("As the thermometer shows it, such as 36.5."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 10, "autocomplete": "off"}),
    )  # fmt: skip
    untaken = forms.CharField(label=gettext_lazy("Not taken"), required=False, widget=forms.CheckboxInput())
    symptoms = forms.CharField(
        label=gettext_lazy("What is wrong?"), required=False, help_text=gettext_lazy("Nothing: tick nothing."),
        widget=forms.CheckboxSelectMultiple(choices=list(SYMPTOMS.items())),
    )  # fmt: skip
    supplies = forms.CharField(
        label=gettext_lazy("Are food and water assured?"), widget=forms.RadioSelect(choices=ENOUGH)
    )
    medicine_days = forms.CharField(
        label=gettext_lazy("For how many days is there medicine?"), required=False,
        help_text=gettext_lazy("None needed: leave it empty."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
    )  # fmt: skip
    dependants = forms.CharField(
        label=gettext_lazy("Who needs care and has nobody?"), required=False,
        widget=forms.CheckboxSelectMultiple(choices=list(DEPENDANTS.items())),
    )  # fmt: skip
    mind = forms.CharField(
        label=gettext_lazy("Would it help if somebody called to talk?"), widget=forms.RadioSelect(choices=TALK)
    )
    help = forms.CharField(
        label=gettext_lazy("What else do you need?"), required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": HELP}),
    )  # fmt: skip


def read(request: HttpRequest) -> ReportInput:
    """What was sent. Raises Problems."""
    post = request.POST
    return read_report(post.dict(), post.getlist("symptoms"), post.getlist("dependants"))


def form_of(request: HttpRequest, error: Problem | Problems | None = None) -> dict[str, Any]:
    """The form's part of a page: empty, or as it was typed with what is wrong with it."""
    typed = request.POST if error else None
    form = DailyForm(typed, initial={"supplies": "yes", "mind": "no"})
    if error:
        form.say(error)
    meant = read_reading(request.POST.get("temperature", "")).meant if error else None
    return {
        "form": form, "uuid": _own(request), "meant": meant or "", "meant_word": f"{meant / 10:.1f}" if meant else "",
    }  # fmt: skip


def _own(request: HttpRequest) -> str:
    """The id this form was made with: sent again it is the same report."""
    return request.POST.get("uuid", "")[:36] or str(uuid7())


@dataclass(frozen=True, slots=True)
class Week:
    """A week's temperatures: points in a picture of 320 by 120, the line of a fever, and the same in words."""

    points: str
    dots: list[tuple[float, float, bool]]
    line: float
    text: str


WIDE, HIGH, LOW, TOP = 320, 120, 350, 410


def week(reports: Sequence[DailyReport], fever: int) -> Week | None:
    """None where no temperature was taken in these days. Log the look before showing it."""
    read_ = [(one.at, tenths) for one in reversed(reports) if (tenths := told_of(queries.said(one)).tenths)]
    if not read_:
        return None
    first, last = read_[0][0], read_[-1][0]
    span = max((last - first).total_seconds(), 1)
    dots = [(round(12 + (WIDE - 24) * (at - first).total_seconds() / span, 1), _high(t), t >= fever) for at, t in read_]
    text = phrases(told(moment(at), f"{t / 10:.1f} °C") for at, t in read_)
    return Week(" ".join(f"{x},{y}" for x, y, _ in dots), dots, _high(fever), text)


def _high(tenths: int) -> float:
    """Where a temperature stands in the picture; what lies outside stands at its edge."""
    return round(HIGH - 10 - (HIGH - 20) * (min(max(tenths, LOW), TOP) - LOW) / (TOP - LOW), 1)


def in_words(one: Told) -> list[str]:
    """What was said, as short as it can be."""
    found = [f"{one.tenths / 10:.1f} °C" if one.tenths else _("temperature not taken")]
    found += [str(SYMPTOMS[symptom]) for symptom in one.symptoms]
    found += [] if one.supplies else [_("food or water not assured")]
    if one.medicine_days is not None:
        found.append(_("medicine for %(n)s days") % {"n": one.medicine_days})
    if one.dependants:
        found.append(told(_("needs care and has nobody"), listed(DEPENDANTS[who] for who in one.dependants)))
    found += [_("wants somebody to talk to")] if one.mind else []
    return [*found, *([one.help] if one.help else [])]


def report_rows(reports: Sequence[DailyReport]) -> list[dict[str, Any]]:
    """Reports for a list. Log the look before showing it."""
    return [
        {
            "when": moment(one.at), "how": CHANNELS[one.channel], "what": in_words(told_of(queries.said(one))),
            "helper": one.helper.name if one.helper else "", "clock_off": one.clock_off,
        }
        for one in reports
    ]  # fmt: skip


def slot_rows(watch: HomeWatch) -> list[dict[str, Any]]:
    """Each expected report of the last days with how it stands."""
    return [
        {"when": f"{day(one.tally.day)} {SLOTS[one.tally.slot]}", "state": one.state, "word": STATES[one.state]}
        for one in queries.slots_of(watch)
    ]


def careful_words(watch: HomeWatch) -> str:
    """Why somebody is looked after first."""
    return listed(CAREFUL[one] for one in watch.careful.split(",") if one)


def why_words(whys: str) -> str:
    """Why a doctor calls."""
    return listed(WHYS[Why(one)] for one in whys.split(",") if one)


def outcomes() -> list[tuple[str, Any]]:
    return [(one.value, OUTCOMES[one]) for one in CallOutcome]


def hour(at: datetime) -> str:
    """A day and its hour, as everywhere."""
    return moment(at)
