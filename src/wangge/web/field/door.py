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
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.domains.asking.trying import Trying
from wangge.domains.people.queries import at_door, details, person
from wangge.domains.people.rules import age_on, is_frail
from wangge.domains.places.queries import full_label, label
from wangge.domains.protocol.queries import in_force
from wangge.domains.selfreports.queries import at_door as reported
from wangge.domains.work import actions
from wangge.domains.work.inputs import read_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.queries import attempts, settles, task
from wangge.domains.work.rules import Channel
from wangge.domains.work.saying import words_of
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.web.access import Asked, needs
from wangge.web.desk.words import day
from wangge.web.field.cards import day_hour
from wangge.web.field.knowledge import known_here
from wangge.web.field.trying import trying
from wangge.web.saying import confirming, office_for


@needs(Right.WORK_DOORS)
def door(request: Asked, uuid: UUID) -> HttpResponse:
    """The door's page. Opening it is a look at the people behind it, logged with the task as its purpose."""
    one = task(request.by.scope(Right.WORK_DOORS), uuid)
    actions.open_door(task=one, by=request.by)
    edition, tried = in_force(one.response), trying(request, one)
    context = {
        "task": one, "name": label(one.door), "where": full_label(one.door), "due": day_hour(one.due_at),
        "late": one.closed_at is None and one.due_at <= clock.now(), "people": _people(request, one, tried),
        "door_items": words_of([i for i in one.items.all() if not i.person_id and i.closed_at is None], edition),
        "edition": edition.label.into(get_language() or "zh"), "tries": _tries(one),
        "outcomes": OUTCOMES.items(), "channel": _channel(request, tried), "channels": CHANNELS.items(),
        "settles": settles(request.account, one), "page_back": "/field/", "trying": tried,
        "reports": _reports(one), "known": known_here(request, one),
    }  # fmt: skip
    context["hidden"] = [{"name": "uuid", "value": uuid7()}, {"name": "channel", "value": context["channel"]}]
    return render(request, "wangge/field/door.html", context)


def _reports(one: Task) -> list[dict[str, Any]]:
    """What people who come back to this door have reported: read before knocking, so that nobody is asked again."""
    found = reported(one.door).filter(response=one.response.uuid)[:5]
    return [{"uuid": report.uuid, "arrives": day(report.arrives_on)} for report in found]


def _channel(request: Asked, tried: Trying) -> str:
    """As the address says; else as it is best tried next."""
    if (said := request.GET.get("by")) in (Channel.PHONE, Channel.DOOR):
        return str(said)
    return Channel.PHONE if tried.then.phone else Channel.DOOR


def _people(request: Asked, one: Task, tried: Trying) -> list[dict[str, Any]]:
    """Everybody behind the door, the frail first; each with what is open for them."""
    edition, today = in_force(one.response), clock.today()
    waiting = [item for item in one.items.all() if item.closed_at is None]
    people = [
        {
            "uuid": somebody.uuid, "name": somebody.name, "age": age_on(somebody.birth_date, today),
            "frail": is_frail(somebody.birth_date, today), "died": somebody.died_on,
            "what": words_of([item for item in waiting if item.person_id == somebody.pk], edition),
            "intake": any(item.kind == "intake" and item.person_id == somebody.pk for item in waiting),
            "phone": bool(somebody.phone_index) and somebody.died_on is None, "try": uuid7(),
            "stays": somebody.uuid in tried.stays and somebody.died_on is None,
        }
        for somebody in at_door(request.by.scope(Right.WORK_DOORS), one.door)
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
