"""Named reads: templates, ways, what was sent and how far it is, who is to be called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, When

import wangge
from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.base.problems import Problem
from wangge.domains.messages.inputs import read_template, read_yaml
from wangge.domains.messages.models import (
    ChannelSign,
    ContactChoice,
    Dispatch,
    GroupPost,
    GroupRobot,
    Message,
    MessageTemplate,
    PhoneCall,
)
from wangge.domains.messages.rules import NO_WAY, UNCONFIRMED, Figures, State, Ways
from wangge.domains.messages.templates import Template
from wangge.domains.people.envelope import phone_index
from wangge.domains.people.models import Person
from wangge.domains.people.queries import by_phone
from wangge.domains.people.rules import normal_phone
from wangge.domains.places.models import Place
from wangge.domains.places.queries.resolving import resolve_place
from wangge.domains.places.queries.scoped import about
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.models import Response

FOLDER = Path(wangge.__file__).parent / "messages"
MESSAGES, CHOICES, DISPATCHES, ROBOTS = (
    "wangge_message", "wangge_contactchoice", "wangge_dispatch", "wangge_grouprobot",
)  # fmt: skip


@cache
def shipped() -> dict[str, Template]:
    """The templates that come with the product, by name. Raises Problem where a file is broken: a test reads them."""
    return {path.stem: read_yaml(path.read_text(encoding="utf-8"), path.stem) for path in sorted(FOLDER.glob("*.yaml"))}


def kept(place: Place) -> list[MessageTemplate]:
    """The editions that count at a place, the nearest office's first, its latest first."""
    around = [*ancestors(place.path), place.path]
    rows = MessageTemplate.objects.filter(place__path__in=around, retired_at__isnull=True).select_related("place")
    return sorted(rows, key=lambda one: (-len(one.place.path), -one.edition))


def templates(place: Place) -> dict[str, Template]:
    """Every template as it counts at a place: what the nearest office wrote, else what came with the product."""
    found = dict(shipped())
    for row in reversed(kept(place)):
        found[row.name] = read_template(row.content, row.name)
    return found


def template(name: str, place: Place) -> Template:
    """A template as it counts at a place. Raises Problem."""
    if (found := templates(place).get(name)) is None:
        raise Problem("template_unknown", field="template", name=name[:40])
    return found


def of_dispatch(one: Dispatch) -> Template:
    """The template as it was when this was sent."""
    return read_template(one.content, one.template)


def values_of(one: Dispatch) -> dict[str, str]:
    """What the office filled in. Empty once the Response's days are over."""
    return sealing.unseal(DISPATCHES, one.uuid, one.sealed) if one.sealed else {}


def own_values(one: Message) -> dict[str, str]:
    """What is in this person's message alone. Log the look before showing it."""
    return sealing.unseal(MESSAGES, one.uuid, one.sealed) if one.sealed else {}


def choice(person: Person, response: Response) -> ContactChoice | None:
    return ContactChoice.objects.within(EVERYTHING).filter(person=person, response=response).first()


def choices(people: Iterable[int], response: int) -> dict[int, ContactChoice]:
    """How these people (by key) want to be told in a Response."""
    rows = ContactChoice.objects.within(EVERYTHING).filter(person__in=set(people), response=response)
    return {one.person_id: one for one in rows}


def said_of(one: ContactChoice | None) -> dict[str, str]:
    """The sealed part of a choice: phone, whose, email."""
    return sealing.unseal(CHOICES, one.uuid, one.sealed) if one and one.sealed else {}


def index_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The blind index of a choice's own number: kept with it, worked out again under new keys."""
    return {"phone_index": phone_index(str(content.get("phone", "")))}


def holders_of(number: str) -> set[int]:
    """The keys of everybody whose phone this is, by the register or by what they chose."""
    index = phone_index(normal_phone(number)) or "-"
    rows = ContactChoice.objects.within(EVERYTHING).filter(phone_index=index, response__closed_at__isnull=True)
    return {*by_phone(EVERYTHING, number).values_list("pk", flat=True), *rows.values_list("person", flat=True)}


def choice_with(secret_hash: str) -> ContactChoice | None:
    """The choice that an address opens, while its Response is open."""
    rows = ContactChoice.objects.within(EVERYTHING).filter(secret_hash=secret_hash, response__closed_at__isnull=True)
    return rows.select_related("person", "response").first()


def _holders(people: "ScopedQuerySet[Person]") -> dict[int, int | None]:
    """For each person (by key) who of their home holds a phone: themselves, or who was noted first."""
    mates = Person.objects.filter(home=OuterRef("home"), died_on__isnull=True).exclude(phone_index="")
    first = mates.order_by().values("home").annotate(first=Min("pk")).values("first")
    via = Case(When(~Q(phone_index=""), then=F("pk")), default=Subquery(first), output_field=IntegerField())
    return dict(people.values_list("pk", via))


def ways_of(people: Sequence[Person], response: Response) -> dict[int, tuple[int | None, Ways]]:
    """For each person (by key) who holds the phone, and which ways there are."""
    wanted = Person.objects.within(EVERYTHING).filter(pk__in=[one.pk for one in people])
    holders = _holders(wanted)
    known = choices({*holders, *filter(None, holders.values())}, response.pk)
    found = {}
    for one in people:
        own = known.get(one.pk)
        mine = bool(one.phone_index) or bool(own and own.phone_index)
        via = one.pk if mine or (own and own.has_email) else holders.get(one.pk)
        found[one.pk] = via, _ways(own, known.get(via or one.pk), mine or (via is not None and via != one.pk))
    return found


def _ways(own: ContactChoice | None, holder: ContactChoice | None, number: bool) -> Ways:
    """What either of them refused is refused; what the person chose counts before what the holder did."""
    both = [one for one in (own, holder) if one]
    return Ways(
        number=number, email=bool(holder and holder.has_email),
        chosen=next((one.chosen for one in both if one.chosen), ""), no_sms=any(one.no_sms for one in both),
        no_voice=any(one.no_voice for one in both), no_email=any(one.no_email for one in both),
    )  # fmt: skip


_COUNTS: Mapping[str, Any] = {
    "expected": Count("pk"),
    "waiting": Count("pk", filter=Q(state__in=[State.QUEUED, State.SENDING])),
    "sent": Count("pk", filter=Q(state__in=UNCONFIRMED)),
    "reached": Count("pk", filter=Q(state=State.REACHED)),
    "failed": Count("pk", filter=Q(state=State.CALLS) & ~Q(why__in=NO_WAY)),
    "no_way": Count("pk", filter=Q(state=State.CALLS, why__in=NO_WAY)),
    "stopped": Count("pk", filter=Q(state=State.STOPPED)),
}


def figures(dispatches: Iterable[Dispatch], scope: Scope = EVERYTHING) -> dict[int, Figures]:
    """What each audience adds up to, by the dispatch's key: one statement however many there are."""
    rows = Message.objects.within(scope).filter(dispatch__in=[one.pk for one in dispatches])
    return {row.pop("dispatch"): Figures(**row) for row in rows.order_by().values("dispatch").annotate(**_COUNTS)}


@dataclass(frozen=True, slots=True)
class Reach:
    """People, not messages: whom anything was sent to, and who of them confirmed anything."""

    people: int
    reached: int


def reach(scope: Scope, response: Response | None = None) -> Reach:
    """How many people of a scope were to be told something in open Responses, and how many confirmed it."""
    rows = Message.objects.within(scope).filter(response__closed_at__isnull=True).exclude(state=State.STOPPED)
    rows = rows.filter(response=response) if response else rows
    found = rows.aggregate(
        people=Count("person", distinct=True), reached=Count("person", distinct=True, filter=Q(state=State.REACHED))
    )
    return Reach(found["people"], found["reached"])


def whys(one: Dispatch, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Why people of an audience are on the call list, with how many each."""
    rows = Message.objects.within(scope).filter(dispatch=one, state=State.CALLS).order_by("why")
    return dict(rows.values_list("why").annotate(number=Count("pk")))


def by_channel(one: Dispatch, scope: Scope = EVERYTHING) -> dict[str, int]:
    rows = Message.objects.within(scope).filter(dispatch=one).order_by("channel")
    return dict(rows.values_list("channel").annotate(number=Count("pk")))


def dispatches(scope: Scope) -> QuerySet[Dispatch]:
    """What was sent at places of a scope or around them, the latest first."""
    found = Dispatch.objects.filter(about(scope, "place")).select_related("place", "response")
    return found.order_by("-made_at", "-id")


def dispatch(scope: Scope, uuid: UUID) -> Dispatch:
    """Raises Dispatch.DoesNotExist."""
    return dispatches(scope).get(uuid=uuid)


def calls(scope: Scope) -> "ScopedQuerySet[Message]":
    """One line for each person to be called now: their gravest message, lives first, then whoever waits longest."""
    open_ = Message.objects.within(scope).filter(state=State.CALLS, response__closed_at__isnull=True)
    first = open_.filter(person=OuterRef("person")).order_by("-life_saving", "not_before", "pk").values("pk")[:1]
    rows = open_.filter(not_before__lte=clock.now(), pk=Subquery(first))
    return rows.select_related("person", "person__home", "via", "dispatch").order_by("-life_saving", "not_before", "pk")


def call(scope: Scope, uuid: UUID) -> Message:
    """One line of the call list, also one that was settled meanwhile. Raises Message.DoesNotExist."""
    rows = Message.objects.within(scope).select_related("person", "person__home", "via", "dispatch", "response")
    return rows.get(uuid=uuid)


def later(scope: Scope) -> int:
    """How many people are to be called later."""
    rows = Message.objects.within(scope).filter(state=State.CALLS, not_before__gt=clock.now())
    return int(rows.aggregate(number=Count("person", distinct=True))["number"])


def open_for(person: Person, response: Response) -> list[Message]:
    """Everything somebody was not reached with yet, the gravest first: one call says all of it."""
    rows = Message.objects.within(EVERYTHING).filter(
        person=person, response=response, state__in=[*UNCONFIRMED, State.CALLS]
    )
    return list(rows.select_related("dispatch", "person", "via").order_by("-life_saving", "queued_at", "pk"))


def called(person: Person, response: Response) -> list[PhoneCall]:
    """The calls to somebody, the latest first."""
    return list(PhoneCall.objects.within(EVERYTHING).filter(person=person, response=response).order_by("-at", "-pk"))


def sharing(indexes: Iterable[str]) -> set[str]:
    """Those of these blind indexes of a number that more than one living person has: the phone says for whom."""
    rows = Person.objects.within(EVERYTHING).filter(phone_index__in=set(filter(None, indexes)), died_on__isnull=True)
    many = rows.order_by().values("phone_index").annotate(number=Count("pk")).filter(number__gt=1)
    return set(many.values_list("phone_index", flat=True))


def robots(scope: Scope) -> QuerySet[GroupRobot]:
    """The groups of a scope that may be written to."""
    return GroupRobot.objects.filter(scope.q("place"), ended_at__isnull=True).select_related("place").order_by("name")


def robot(scope: Scope, uuid: UUID) -> GroupRobot:
    """A group of a scope, also one that is written to no more. Raises GroupRobot.DoesNotExist."""
    return GroupRobot.objects.filter(scope.q("place")).select_related("place").get(uuid=uuid)


def robot_address(one: GroupRobot) -> str:
    """Where a robot is written to: for the outbox alone, shown to nobody."""
    return str(sealing.unseal(ROBOTS, one.uuid, one.sealed).get("url", ""))


def posts_of(one: Dispatch) -> list[GroupPost]:
    """What was written into groups, group by group."""
    return list(GroupPost.objects.filter(dispatch=one).select_related("robot").order_by("robot__name"))


def signs() -> dict[str, ChannelSign]:
    """How each gateway did last."""
    return {one.name: one for one in ChannelSign.objects.order_by("name")}


def editions(place: Place, name: str) -> int:
    """The highest edition of a template at a place, retired ones too; 0 where there is none."""
    top = MessageTemplate.objects.filter(place=place, name=name).aggregate(top=Max("edition"))["top"]
    return max(int(top or 0), shipped()[name].edition if name in shipped() else 0)


def response_at(place: Place) -> Response | None:
    """The open Response around a place, the one with the narrowest area."""
    around = [*ancestors(place.path), place.path]
    found = Response.objects.filter(area__path__in=around, closed_at__isnull=True).select_related("area")
    return found.order_by("-area__path", "-opened_at").first()


def area_named(text: str, scope: Scope) -> Place:
    """The one place that a text means inside a scope. Raises Problem."""
    for within in Place.objects.filter(path__in=scope.prefixes).order_by("path"):
        if text.strip() in ("", within.name):
            return within
        if chosen := resolve_place(text=text, within=within).chosen:
            return chosen
    raise Problem("message_area_unclear", field="area", text=text.strip()[:40])
