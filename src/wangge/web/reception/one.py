"""One reception: who meets them, where they wait, by which way they go, and how it ends."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.duty.badges import HOTLINE
from wangge.domains.duty.entry import phone_of
from wangge.domains.isolation.five import five_at
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door, door_of, person
from wangge.domains.places.queries import full_label, resolve_place
from wangge.domains.places.rules import HOMES
from wangge.domains.reception import actions, queries
from wangge.domains.reception.actions import ANNOUNCES, RECEIVES, reach
from wangge.domains.reception.inputs import read_end
from wangge.domains.reception.models import Reception
from wangge.domains.reception.rules import Care, Ended, Shown, State, possible
from wangge.domains.reception.words import CARE, ENDED, ORDERED, SHOWN, STATES
from wangge.flows import receptions
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.order_paper import told
from wangge.web.problems import by_field
from wangge.web.reception.listing import people, when
from wangge.web.signs import listed

KNOWS = (Right.WORK_DOORS, Right.OPEN_RECORD)


def _one(request: Asked, uuid: UUID) -> Reception:
    return queries.reception(reach(request.by, *ANNOUNCES), uuid)


@needs(*ANNOUNCES)
@never_cache
@require_safe
def reception(request: Asked, uuid: UUID) -> HttpResponse:
    """The page. Who may open records or works at doors reads who it is: a look, put on record."""
    return _page(request, _one(request, uuid), None)


def _page(request: Asked, one: Reception, problem: Problem | None) -> HttpResponse:
    knows = _knows(request, one)
    if knows and (one.sealed or one.person):
        whose = one.person.uuid if one.person else None
        log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=whose, reason=f"reception:{one.uuid}")
    what, _order = receptions.ordered(one.person, one.response)
    errors = by_field(problem) if problem else {}
    ends = possible(State(one.state), Shown(one.shown), what) if _receives(request) else ()
    context = {
        "one": one, "facts": _facts(one), "meets": _meets(one), "knows": knows,
        "said": queries.said(one) if knows else {},
        "home": _home(one) if knows else {}, "asked": _asked(request, one) if knows else {}, "hotline": HOTLINE,
        "stands": ORDERED[what], "ends": [(each.value, ENDED[each]) for each in ends if each is not Ended.NOT_COME],
        "may_not_come": Ended.NOT_COME in ends, "errors": errors, "typed": request.POST,
        "child_alone": Care.CHILD_ALONE in one.care, "ended": ENDED[one.ended_how] if one.ended_how else "",
        "receives": _receives(request), "page_back": reverse("receptions"),
        "late": one.levels > 0 and one.ended_at is None,
    }  # fmt: skip
    return render(request, "wangge/reception/one.html", context, status=422 if problem else 200)


def _knows(request: Asked, one: Reception) -> bool:
    """Whether this person's posts let them read who it is, at this place."""
    try:
        actions.need(request.by, one.place, *KNOWS)
    except NotAllowed:
        return False
    return True


def _receives(request: Asked) -> bool:
    return any(request.by.may(right) for right in RECEIVES)


def _facts(one: Reception) -> list[tuple[str, Any]]:
    facts = [
        (_("State"), STATES[one.state]), (_("Since or by when"), when(one)), (_("They come with"), SHOWN[one.shown]),
        (_("How many come"), people(one)), (_("To look after first"), listed(str(CARE[each]) for each in one.care)),
    ]  # fmt: skip
    return [(str(term), value) for term, value in facts if value]


def _meets(one: Reception) -> dict[str, str]:
    """The post that is to meet them, and who answers for it now with a number to tap."""
    found = queries.answering_for([one.meets]).get(one.meets.pk) if one.meets else None
    return {
        "post": one.meets.title if one.meets else "", "name": found.account.name if found else "",
        "phone": (phone_of(found.account) or found.post.phone) if found else "",
        "met": moment(one.met_at) if one.met_at else "", "met_by": queries.met_by(one),
    }  # fmt: skip


def _home(one: Reception) -> dict[str, Any]:
    """Whose home it is, and the five of it."""
    if one.person is None:
        return {}
    return {
        "name": one.person.name, "where": full_label(one.person.home),
        "five": told(five_at(one.response, one.person.home)),
    }  # fmt: skip


def _asked(request: Asked, one: Reception) -> dict[str, Any]:
    """Who lives behind the door that was typed: masked, to be chosen by whoever stands beside them."""
    text = request.GET.get("home", "").strip()[:60]
    if not text or one.state == State.ENDED:
        return {}
    found = resolve_place(text=text, within=one.place, kinds=HOMES)
    home = found.chosen
    there = at_door(reach(request.by, *KNOWS), door_of(home)) if home else []
    living = [each for each in there if each.died_on is None]
    return {
        "text": text, "where": full_label(home) if home else "",
        "people": [(str(each.uuid), mask_name(each.name)) for each in living],
    }  # fmt: skip


@needs(*ANNOUNCES)
@require_POST
def here(request: Asked, uuid: UUID) -> HttpResponse:
    """Whoever was announced is there."""
    actions.arrive(reception=_one(request, uuid), by=request.by)
    messages.success(request, _("Noted: they are there. Whoever meets them goes now."))
    return redirect("reception", uuid)


@needs(*RECEIVES)
@require_POST
def met(request: Asked, uuid: UUID) -> HttpResponse:
    """I am with them."""
    actions.meet(reception=_one(request, uuid), by=request.by)
    messages.success(request, _("Noted. A seat, water, and what is going to happen, before any question."))
    return redirect("reception", uuid)


@needs(*KNOWS)
@require_POST
def who(request: Asked, uuid: UUID) -> HttpResponse:
    """Whose home it is."""
    one = _one(request, uuid)
    actions.name_person(reception=one, person=_chosen(request), by=request.by)
    messages.success(request, _("Noted. The page says what stands about them now."))
    return redirect("reception", uuid)


def _chosen(request: Asked) -> Person:
    try:
        return person(reach(request.by, *KNOWS), UUID(request.POST.get("person", "")))
    except (ValueError, Person.DoesNotExist) as error:
        raise Problem("reception_person_missing", field="person") from error


@needs(*RECEIVES)
@require_POST
def end(request: Asked, uuid: UUID) -> HttpResponse:
    """How it ended."""
    one = _one(request, uuid)
    try:
        ended = receptions.end(reception=one, typed=read_end(request.POST.dict()), by=request.by)
    except Problem as problem:
        return _page(request, one, problem)
    messages.success(request, _("Over: %(how)s.") % {"how": ENDED[ended.ended_how]})
    return redirect("receptions")
