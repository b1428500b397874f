"""Named reads of self-reports, within a scope; what applies to a report; which doors it may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.people.models import Person
from wangge.domains.people.queries import by_phone, door_of
from wangge.domains.places.addresses import AddressText, spoken
from wangge.domains.places.models import Place
from wangge.domains.places.queries import community_of, resolve_place
from wangge.domains.places.rules import HOMES, Kind, ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, open_responses
from wangge.domains.protocol.rules import Protocol, SelfReporting, Traveller
from wangge.domains.risk import queries as risk
from wangge.domains.risk.rules import Level
from wangge.domains.risk.stays import Judged, Stay, judge, strictest
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.rules import Applies, Said, State, applies

TABLE = "wangge_selfreport"
SHOWN = 8


#: What a poster may be for: a compound and what is like it, or a whole community.
FOR = frozenset({Kind.COMMUNITY, Kind.COMPOUND, Kind.SITE, Kind.HAMLET})


def place_of_poster(uuid: UUID) -> Place:
    """Where a poster hangs. Raises Place.DoesNotExist, also for a home: a home has no form of its own."""
    return Place.objects.get(uuid=uuid, kind__in=FOR, closed__isnull=True)


def places_for_posters(scope: Scope, text: str) -> QuerySet[Place]:
    """The places of a scope for which a poster can be made, by part of a name."""
    return Place.objects.filter(scope.q(), kind__in=FOR, closed__isnull=True, name__contains=text).order_by("path")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks people who come back to report: the Response, its edition of today, and what that says of it."""

    response: Response
    edition: Protocol
    rule: SelfReporting


def asking(place: Place) -> Asking | None:
    """The narrowest open Response around a place whose edition asks for reports; None: nobody has to."""
    around = [*ancestors(place.path), place.path]
    found = open_responses().filter(area__path__in=around).prefetch_related("phases").order_by("-area__path")
    for one in found:
        edition = in_force(one)
        if edition.self_report:
            return Asking(one, edition, edition.self_report)
    return None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stays come to, and what the edition asks of somebody who comes from there."""

    level: Level | None
    judged: Sequence[Judged]
    unknown: bool
    traveller: Traveller | None
    applies: Applies | None


def days_that_count(first: date, last: date, arrives: date, lookback_days: int) -> tuple[date, date]:
    """The days of a stay as far back as an edition looks; the last may lie before the first: then none counts."""
    return max(first, arrives - timedelta(days=lookback_days)), min(last, arrives)


def verdict(said: Said, asked: Asking) -> Verdict:
    """Every stay by the lists in force on its own days, as far back as the edition looks."""
    first, last = days_that_count(said.first, said.last, said.arrives, asked.rule.lookback_days)
    stays = [Stay(area, first, last) for area in said.areas] if first <= last else []
    begins = risk.first_day()
    unknown = begins is None or (first <= last and first < begins)
    return replace(verdict_of(stays, said.arrives, asked.edition), unknown=unknown)


def verdict_of(stays: Sequence[Stay], arrives: date, edition: Protocol) -> Verdict:
    """What some stays come to, and what an edition asks of whoever arrives from there on a day."""
    judged = judge(stays)
    level = strictest(judged)
    found = traveller(edition, level)
    applied = days_of(found, arrives) if found else None
    return Verdict(level, judged, any(one.unknown for one in judged), found, applied)


def traveller(edition: Protocol, level: Level | str | None) -> Traveller | None:
    """What an edition asks of whoever comes from an area of this level."""
    return next((one for one in edition.travellers if level and one.area == level), None)


def days_of(one: Traveller, arrives: date) -> Applies:
    """The same on days."""
    measures = [(each.kind, each.where.value, each.days) for each in one.measures]
    return applies(arrives, measures, [each.day for each in one.tests])


def known(uuid: UUID) -> SelfReport | None:
    """By the id its sender made, whoever asks: what is sealed stays sealed."""
    return SelfReport.objects.within(EVERYTHING).select_related("place").filter(uuid=uuid).first()


def held(uuid: UUID) -> SelfReport:
    """For a flow: locked until the transaction ends."""
    return SelfReport.objects.within(EVERYTHING).select_for_update(of=("self",)).select_related("place").get(uuid=uuid)


def reports(scope: Scope) -> ScopedQuerySet[SelfReport]:
    """Reports for places of a scope, or matched to doors of it: a worker's grid holds doors, not compounds."""
    found = SelfReport.objects.within(EVERYTHING).filter(scope.q("place") | (Q(door__isnull=False) & scope.q("door")))
    return found.select_related("place", "door")


def waiting(scope: Scope) -> ScopedQuerySet[SelfReport]:
    """Those that nobody could match yet, the earliest arrival first."""
    return reports(scope).filter(state=State.UNMATCHED).order_by("arrives_on", "received_at", "id")


def latest(scope: Scope) -> ScopedQuerySet[SelfReport]:
    """All of them, the latest first."""
    return reports(scope).order_by(F("received_at").desc(), "-id")


def report(scope: Scope, uuid: UUID) -> SelfReport:
    """Raises SelfReport.DoesNotExist, also for another place's."""
    return reports(scope).get(uuid=uuid)


def at_door(door: Place) -> ScopedQuerySet[SelfReport]:
    """What was reported for a door: a household, a yard, a room with its beds. Whoever asks may open that door."""
    homes = Q(door=door) | Q(door__parent=door, door__kind=Kind.BED)
    return SelfReport.objects.within(EVERYTHING).filter(homes).order_by("-received_at")


def figures(scope: Scope) -> dict[str, int]:
    """How many reports there are, by what became of them; they add up to ``received``."""
    states = {one.value: Count("pk", filter=Q(state=one.value)) for one in State}
    return reports(scope).aggregate(received=Count("pk"), **states)


def details(one: SelfReport) -> dict[str, Any]:
    """The sealed part, as ``inputs.Said.content`` wrote it. Log the look before showing it."""
    return sealing.unseal(TABLE, one.uuid, one.sealed)


def home_text(content: dict[str, Any], place: Place) -> str:
    """The home as it was typed, as an address below the place it was reported for."""
    compound = place.name if place.kind in (Kind.COMPOUND, Kind.SITE, Kind.HAMLET) else ""
    parts = {name: str(content.get(name, "")) for name in ("building", "unit")}
    return spoken(AddressText(compound=compound, room=str(content.get("door", "")), **parts))


def home_of(one: SelfReport) -> Place | None:
    """The one home that a report means; None where there is none or several: nobody guesses."""
    content = details(one)
    within = community_of(one.place) or one.place
    found = resolve_place(text=home_text(content, one.place), within=within, kinds=HOMES).chosen
    if found is None or not found.path.startswith(one.place.path):
        return None
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A door that a report may mean, and why: its address is alike, or somebody there has the phone or the name."""

    door: Place
    address: bool
    phone: bool
    name: bool


def candidates(one: SelfReport, scope: Scope) -> list[Candidate]:
    """Doors within a scope, those with most reasons first. Evidence for a person to decide, never a decision."""
    content, reasons = details(one), dict[int, tuple[Place, set[str]]]()

    def note(home: Place, why: str) -> None:
        door = door_of(home)
        if scope.covers(door.path, door.grid_id):
            reasons.setdefault(door.pk, (door, set()))[1].add(why)

    within = community_of(one.place) or one.place
    for found in resolve_place(text=home_text(content, one.place), within=within, kinds=HOMES).candidates[:SHOWN]:
        note(found.place, "address")
    for person in by_phone(scope, content["phone"]).select_related("home", "home__parent")[:SHOWN]:
        note(person.home, "phone")
    here = Person.objects.within(Scope(prefixes=(within.path,))).filter(name__in=content["people"])
    for person in here.select_related("home", "home__parent").order_by("home__walk", "id")[:SHOWN]:
        note(person.home, "name")
    ranked = sorted(reasons.values(), key=lambda each: (-len(each[1]), each[0].walk))
    return [Candidate(door, "address" in why, "phone" in why, "name" in why) for door, why in ranked[:SHOWN]]
