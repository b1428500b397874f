"""A message to an audience: chosen, looked at with a count, and only then sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.access.scope import ScopedQuerySet
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation.queries import bound_in
from wangge.domains.messages import actions, queries
from wangge.domains.messages.actions.sending import sender
from wangge.domains.messages.composing import preview
from wangge.domains.messages.inputs import read_values
from wangge.domains.messages.models import Dispatch, GroupRobot
from wangge.domains.messages.templates import Form, Template
from wangge.domains.messages.words import AUDIENCES, HOLES
from wangge.domains.people.models import Person
from wangge.domains.people.queries import in_area
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label
from wangge.domains.places.queries.scoped import widest
from wangge.domains.protocol.models import Response
from wangge.web.access import Asked, needs
from wangge.web.desk.messages import down, missing, next_morning, shown, tongue
from wangge.web.desk.words import language
from wangge.web.problems import by_field

CHOICES = ("households", "orders", "group")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form says, as it is looked at and as it is sent."""

    uuid: UUID
    response: Response
    place: Place
    template: Template
    values: Mapping[str, str]
    audience: str
    people: "ScopedQuerySet[Person] | None"
    groups: list[GroupRobot]


@needs(Right.SEND_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """The form; with ``step`` look, what would go out to how many; with send, it goes."""
    if request.method != "POST":
        return _form(request, None)
    try:
        chosen = _read(request)
        if request.POST.get("step") != "send":
            return _look(request, chosen)
        one = _send(request, chosen)
    except (Problem, Problems) as problem:
        return _form(request, problem)
    messages.success(request, _("It is in the outbox. What it adds up to stands here."))
    return redirect("message", one.uuid)


def _read(request: Asked) -> Chosen:
    """Raises Problem or Problems."""
    typed, scope = request.POST, request.by.scope(Right.SEND_MESSAGES)
    place = queries.area_named(typed.get("area", ""), scope)
    if (response := queries.response_at(place)) is None:
        raise Problem("message_no_response", field="area")
    template = queries.template(typed.get("template", ""), place)
    audience = typed.get("audience", "")
    if audience not in CHOICES:
        raise Problem("message_audience_missing", field="audience")
    values = read_values(template, typed, group=audience == "group")
    groups = [one for one in queries.robots(scope) if str(one.uuid) in typed.getlist("groups")]
    if audience == "group" and not groups:
        raise Problem("message_no_group", field="groups")
    return Chosen(
        _uuid(typed.get("uuid", "")), response, place, template, values, audience, _people(audience, place, response),
        groups,
    )  # fmt: skip


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid7()


def _people(audience: str, place: Place, response: Response) -> "ScopedQuerySet[Person] | None":
    if audience == "group":
        return None
    return bound_in(place, response) if audience == "orders" else in_area(place)


def _send(request: Asked, chosen: Chosen) -> Dispatch:
    if chosen.people is None:
        return actions.post_to_groups(
            response=chosen.response, template=chosen.template, values=chosen.values, place=chosen.place,
            groups=chosen.groups, by=request.by, uuid=chosen.uuid,
        )  # fmt: skip
    return actions.send(
        response=chosen.response, template=chosen.template, values=chosen.values, place=chosen.place,
        people=chosen.people, audience=chosen.audience, by=request.by, uuid=chosen.uuid,
    )  # fmt: skip


def _look(request: Asked, chosen: Chosen) -> HttpResponse:
    """Before it goes: the texts, to how many, and what has to be known."""
    office, number = sender(chosen.place)
    texts = preview(
        chosen.template, tongue(), office=office, number=number, typed=chosen.values, drill=chosen.response.drill
    )
    for_groups = chosen.people is None
    texts = {form: text for form, text in texts.items() if (form is Form.GROUP) is for_groups}
    count = len(chosen.groups) if chosen.people is None else chosen.people.count()
    if not count:
        raise Problem("message_to_nobody", field="area")
    context = {
        "texts": shown(texts), "count": count, "phones": _with_phone(chosen.people), "place": full_label(chosen.place),
        "title": chosen.template.title.into(language()), "audience": AUDIENCES[chosen.audience],
        "life_saving": chosen.template.life_saving, "for_groups": for_groups,
        "later": "" if chosen.template.life_saving else next_morning(), "down": down(), "missing": missing(),
        "carried": _carried(request, chosen), "page_back": reverse("message-new"),
    }  # fmt: skip
    return render(request, "wangge/desk/message_look.html", context)


def _with_phone(people: "ScopedQuerySet[Person] | None") -> int:
    return people.exclude(phone_index="").count() if people is not None else 0


def _carried(request: Asked, chosen: Chosen) -> list[tuple[str, str]]:
    """What the look hands on to the sending, under one id: pressed twice it goes out once."""
    pairs = [
        ("uuid", str(chosen.uuid)), ("template", chosen.template.name), ("area", request.POST.get("area", "")),
        ("audience", chosen.audience), ("step", "send"), *chosen.values.items(),
    ]  # fmt: skip
    return pairs + [("groups", str(one.uuid)) for one in chosen.groups]


def _form(request: Asked, problem: Problem | Problems | None) -> HttpResponse:
    scope = request.by.scope(Right.SEND_MESSAGES)
    errors = by_field(problem) if problem else {}
    place = widest(scope)
    known = queries.templates(place) if place else queries.shipped()
    groups = [(str(one.uuid), one.name) for one in queries.robots(scope)]
    context = {
        "templates": [(one.name, one.title.into(language())) for one in known.values() if _open(one)],
        "audiences": [(key, AUDIENCES[key]) for key in CHOICES if key != "group" or groups], "groups": groups,
        "holes": [(name, *HOLES[name], request.POST.get(name, ""), errors.get(name, [])) for name in HOLES],
        "typed": request.POST, "chosen_groups": request.POST.getlist("groups"), "errors": errors,
        "uuid": request.POST.get("uuid") or uuid7(), "whole": " ".join(errors.get("", [])),
        "here": place.name if place else "", "page_back": reverse("messages"),
    }  # fmt: skip
    return render(request, "wangge/desk/message_new.html", context, status=422 if problem else 200)


def _open(one: Template) -> bool:
    """Whether an office can send it by hand: what a flow fills in for each person cannot be typed for many."""
    return not {"until", "day"} & one.holes()
