"""The paper of an order at the door: print it, hand it over, note what stands under the promise."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.isolation import homes, household, queries
from wangge.domains.isolation.changes import elsewhere
from wangge.domains.isolation.five import five_at
from wangge.domains.isolation.handing import hand_over
from wangge.domains.isolation.inputs import NAME, made, read_handing
from wangge.domains.isolation.models import Order, PaperHanded
from wangge.domains.isolation.releases import released
from wangge.domains.isolation.rules import OrderState
from wangge.domains.isolation.rules_home import ADULT, Paper
from wangge.domains.isolation.words import SIGNED
from wangge.domains.people.rules import age_on
from wangge.domains.places.queries import label
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task
from wangge.web import order_paper
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment


class HandingForm(Typed):
    """What stands under the promise. To refuse is an answer like the others."""

    signed = forms.CharField(
        label=gettext_lazy("What stands under the promise?"), widget=forms.RadioSelect(choices=list(SIGNED.items())),
        help_text=gettext_lazy("Whoever does not sign need not: it is noted, and nothing follows by itself."),
    )  # fmt: skip
    guardian = forms.CharField(
        label=gettext_lazy("Name of the guardian"),
        required=False,
        help_text=gettext_lazy("Only where a guardian signed: for anybody under 18, or who cannot decide alone."),
        widget=forms.TextInput(attrs={"maxlength": NAME, "autocomplete": "off"}),
    )
    at = forms.CharField(
        label=gettext_lazy("When was it?"),
        required=False,
        help_text=gettext_lazy("From the part that was torn off, where it is recorded later. Empty: now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


@needs(Right.WORK_DOORS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Asked, uuid: UUID, order: UUID) -> HttpResponse:
    """The paper's page. Opening it is a look at the person, put on record."""
    scope = request.by.scope(Right.WORK_DOORS)
    one, mine = task(scope, uuid), queries.order(scope, order)
    form = HandingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            handed = hand_over(order=mine, typed=read_handing(request.POST.dict()), by=request.by)
            said = _("%(name)s: %(signed)s. Recorded.") % {"name": mine.person.name, "signed": SIGNED[handed.signed]}
            messages.success(request, said)
            return redirect("door", uuid)
        except Problem as error:
            form.say(error)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=mine.person.uuid, reason=f"order:{order}", task=one.uuid)
    status = 422 if form.is_bound else 200
    return render(request, "wangge/field/paper.html", _context(one, mine, form), status=status)


@needs(Right.WORK_DOORS)
@require_POST
def rooms(request: Asked, uuid: UUID, order: UUID) -> HttpResponse:
    """Whether they can keep apart at home, as they say it at the door."""
    scope = request.by.scope(Right.WORK_DOORS)
    one, mine = task(scope, uuid), queries.order(scope, order)
    said = request.POST.get("separate", "")
    if said not in ("yes", "no"):
        raise Problem("rooms_missing", field="separate")
    household.tell_rooms(order=mine, separate=said == "yes", uuid=made(request.POST.get("uuid", "")), by=request.by)
    messages.success(request, _("Recorded. Nobody is bound by it: the authority decides about the others."))
    return redirect("door-paper", one.uuid, mine.uuid)


def _context(one: Task, mine: Order, form: HandingForm) -> dict[str, Any]:
    age = age_on(mine.person.birth_date, clock.today())
    over = mine.state == OrderState.ENDED
    kind = Paper.RELEASE if over else Paper.ORDER
    return order_paper.context(mine) | {
        "task": one, "form": form, "uuid": uuid7(), "door": label(one.door), "paper": kind.value, "over": over,
        "ask_rooms": household.can_ask(mine), "rooms": household.said_of(mine.person.home, mine.response),
        "rooms_uuid": uuid7(), "minor": age is not None and age < ADULT, "papers": _before(mine, kind),
        "page_back": reverse("door", args=[one.uuid]),
    }  # fmt: skip


def _before(mine: Order, kind: Paper) -> list[str]:
    """What was noted of this paper before, the latest last."""
    papers = homes.papers_of(mine, kind)
    guardians = [homes.guardian_of(one) for one in papers]
    return [
        f"{_noted(one)} · {guardian}" if guardian else _noted(one)
        for one, guardian in zip(papers, guardians, strict=True)
    ]


def _noted(paper: PaperHanded) -> str:
    return f"{moment(paper.at)} · {SIGNED[paper.signed]}"


def papers_at(one: Task) -> dict[int, dict[str, Any]]:
    """For each person behind a door with an order in force: which day it is, and whether the paper is there."""
    orders = [order for order in homes.of_home(one.door) if order.response_id == one.response_id]
    over = _over(one, {order.person_id for order in orders})
    moved = elsewhere(orders)
    handed = homes.handed(orders) | homes.handed(over, Paper.RELEASE)
    return {
        order.person_id: {
            "uuid": order.uuid, "term": homes.term_of(order), "ends": moment(order.ends_at),
            "handed": _noted(handed[order.pk]) if order.pk in handed else "", "over": order.state == OrderState.ENDED,
            "elsewhere": order.pk in moved,
        }
        for order in [*orders, *over]
    }  # fmt: skip


def _over(one: Task, bound: set[int]) -> list[Order]:
    """For whoever no order binds any more the one that ended last and whose paper is still to be brought."""
    waits = {item.person_id for item in one.items.all() if item.kind == "hand_release" and item.closed_at is None}
    found: dict[int, Order] = {}
    for order in released(item for item in waits - bound if item is not None) if waits - bound else ():
        if order.response_id == one.response_id:
            found.setdefault(order.person_id, order)
    return list(found.values())


def five_of_door(one: Task) -> list[dict[str, Any]]:
    """Who looks after the home behind a door."""
    return order_paper.told(five_at(one.response, one.door))
