"""One door: who lives there, what is to do, one tap for what happened, one tap to call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.domains.asking.trying import Trying
from wangge.domains.help.queries import at_task as asked_here
from wangge.domains.help.queries import details as said_in
from wangge.domains.medicine.queries import open_at as needs_at
from wangge.domains.monitoring.queries import watches
from wangge.domains.people.queries import at_door, details, person
from wangge.domains.people.rules import age_on, is_frail
from wangge.domains.places.queries import full_label, label
from wangge.domains.protocol.queries import in_force
from wangge.domains.selfreports.queries import at_door as reported
from wangge.domains.sensors.queries import at_door as fitted
from wangge.domains.work import actions
from wangge.domains.work.inputs import read_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.queries import attempts, settles, task
from wangge.domains.work.rules import Channel
from wangge.domains.work.saying import words_of
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.web.access import Asked, needs
from wangge.web.desk.fixtures import exits_of
from wangge.web.desk.help import kind_words
from wangge.web.desk.medicine import rows as medicine_rows
from wangge.web.desk.words import day
from wangge.web.field.cards import day_hour
from wangge.web.field.knowledge import known_here
from wangge.web.field.paper import five_of_door, papers_at
from wangge.web.field.trying import trying
from wangge.web.saying import confirming, office_for
from wangge.web.zones.told import here


@needs(Right.WORK_DOORS)
def door(request: Asked, uuid: UUID) -> HttpResponse:
    """The door's page. Opening it is a look at the people behind it, logged with the task as its purpose."""
    one = task(request.by.scope(Right.WORK_DOORS), uuid)
    actions.open_door(task=one, by=request.by)
    edition, tried = in_force(one.response), trying(request, one)
    papers = papers_at(one)
    context = {
        "task": one, "name": label(one.door), "where": full_label(one.door), "due": day_hour(one.due_at),
        "late": one.closed_at is None and one.due_at <= clock.now(), "people": _people(request, one, tried, papers),
        "door_items": words_of([i for i in one.items.all() if not i.person_id and i.closed_at is None], edition),
        "edition": edition.label.into(get_language() or "zh"), "tries": _tries(one),
        "outcomes": OUTCOMES.items(), "channel": _channel(request, tried), "channels": CHANNELS.items(),
        "settles": settles(request.account, one), "page_back": "/field/", "trying": tried,
        "reports": _reports(one), "asked": _asked(request, one), "sensors": _sensors(one), "exits": exits_of(one.door),
        "known": known_here(request, one),
        "five": five_of_door(one) if papers else [],
        "zone": here(one.door),
        "medicine": _medicine(one),
    }  # fmt: skip
    context["hidden"] = [{"name": "uuid", "value": uuid7()}, {"name": "channel", "value": context["channel"]}]
    return render(request, "wangge/field/door.html", context)


def _reports(one: Task) -> list[dict[str, Any]]:
    """What people who come back to this door have reported: read before knocking, so that nobody is asked again."""
    found = reported(one.door).filter(response=one.response.uuid)[:5]
    return [{"uuid": report.uuid, "arrives": day(report.arrives_on)} for report in found]


def _asked(request: Asked, one: Task) -> list[dict[str, Any]]:
    """What was asked for at this door, as it was said: who comes brings the right thing. The look is on record."""
    found = asked_here(one)
    if found:
        log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"help:{one.uuid}", count=len(found))
    return [
        {"uuid": each.uuid, "kind": kind_words(each.kind), "said": said_in(each), "due": day_hour(each.due_at)}
        for each in found
    ]


def _sensors(one: Task) -> dict[str, bool]:
    """Whether a sensor is on duty here, is to be taken off, or was proposed; empty: nothing of all this."""
    fits = fitted(one.door)
    proposed = any(item.kind == "fit_sensor" and item.closed_at is None for item in one.items.all())
    live = any(each.silent_at is None for each in fits)
    return {"live": live, "off": bool(fits) and not live} if fits or proposed else {}


def _medicine(one: Task) -> list[dict[str, Any]]:
    """What is under way for this door already, so that nobody asks for it twice."""
    found = list(needs_at(one.door)[:10])
    return [row | {"full": need.person.name} for row, need in zip(medicine_rows(found), found, strict=True)]


def _channel(request: Asked, tried: Trying) -> str:
    """As the address says; else as it is best tried next."""
    if (said := request.GET.get("by")) in (Channel.PHONE, Channel.DOOR):
        return str(said)
    return Channel.PHONE if tried.then.phone else Channel.DOOR


def _people(request: Asked, one: Task, tried: Trying, papers: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Everybody behind the door, the frail first; each with what is open for them."""
    edition, today = in_force(one.response), clock.today()
    waiting = [item for item in one.items.all() if item.closed_at is None]
    scope = request.by.scope(Right.WORK_DOORS)
    watched = dict(watches(scope).filter(door=one.door).values_list("person", "uuid"))
    people = [
        {
            "uuid": somebody.uuid, "name": somebody.name, "age": age_on(somebody.birth_date, today),
            "frail": is_frail(somebody.birth_date, today), "died": somebody.died_on,
            "what": words_of([item for item in waiting if item.person_id == somebody.pk], edition),
            "intake": any(item.kind == "intake" and item.person_id == somebody.pk for item in waiting),
            "phone": bool(somebody.phone_index) and somebody.died_on is None, "try": uuid7(),
            "stays": somebody.uuid in tried.stays and somebody.died_on is None,
            "isolation": papers.get(somebody.pk) if somebody.died_on is None else None,
            "watch": watched.get(somebody.pk),
        }
        for somebody in at_door(scope, one.door)
    ]  # fmt: skip
    return sorted(people, key=lambda entry: (not entry["what"], not entry["frail"]))


def _tries(one: Task) -> list[dict[str, Any]]:
    return [
        {"when": day_hour(tried.at), "what": f"{OUTCOMES[tried.outcome]} · {CHANNELS[tried.channel]}"}
        for tried in attempts(one)[:20]
    ]


@needs(Right.WORK_DOORS)
@require_POST
def record(request: Asked, uuid: UUID) -> HttpResponse:
    """One tap: what happened. The next door is the list's."""
    scope = request.by.scope(Right.WORK_DOORS)
    one = task(scope, uuid)
    typed = read_attempt(request.POST)
    who = person(scope, typed.person) if typed.person else None
    attempt = actions.record_attempt(
        task=one, outcome=typed.outcome, channel=typed.channel, by=request.by, person=who, at=typed.at, uuid=typed.uuid
    )
    said = _("%(door)s: %(outcome)s. Recorded.") % {"door": label(one.door), "outcome": OUTCOMES[attempt.outcome]}
    messages.success(request, said)
    still_open = Task._base_manager.filter(pk=one.pk, state=Task.State.OPEN).exists()
    return redirect("door", uuid) if who and still_open else redirect("field")


@needs(Right.WORK_DOORS)
@require_POST
def settle(request: Asked, uuid: UUID) -> HttpResponse:
    """The level above ends what was sent up to it."""
    one = task(request.by.scope(Right.WORK_DOORS), uuid)
    typed = read_attempt(request.POST)
    actions.settle(task=one, outcome=typed.outcome, by=request.by, uuid=typed.uuid)
    messages.success(request, _("%(door)s is settled.") % {"door": label(one.door)})
    return redirect("field")


@needs(Right.WORK_DOORS)
@require_POST
def call(request: Asked, uuid: UUID, person: UUID) -> HttpResponse:
    """Show the number for one call, logged with the task as its purpose; the phone dials by itself where it can."""
    scope = request.by.scope(Right.WORK_DOORS)
    one = task(scope, uuid)
    who = at_door(scope, one.door).filter(uuid=person, died_on__isnull=True).get()
    actions.log_call(task=one, person=who, by=request.by)
    known = details(who)
    context = {
        "task": one, "person": who, "number": known.get("phone", ""), "name": label(one.door),
        "confirm": confirming(who, known), "office": office_for(request),
    }  # fmt: skip
    from_app = request.POST.get("from") == "app"
    back = f"{reverse('phone')}#/door/{uuid}" if from_app else f"{reverse('door', args=[uuid])}?by=phone"
    return render(request, "wangge/field/call.html", context | {"page_back": back})
