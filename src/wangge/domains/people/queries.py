"""Named reads of persons, always within a scope."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.people import envelope
from wangge.domains.people.envelope import TABLE
from wangge.domains.people.models import Person
from wangge.domains.people.rules import normal_document, normal_phone
from wangge.domains.places.models import Place
from wangge.domains.places.rules import SEGMENT, Kind

CHUNK = 500  # SQLite takes a few thousand parameters


def person(scope: Scope, uuid: UUID) -> Person:
    """Also by the id of a record that this one absorbed. Raises Person.DoesNotExist, also outside the scope."""
    named = Q(uuid=uuid) | Q(pk__in=_absorbed().filter(uuid=uuid).values("merged_into"))
    return Person.objects.within(scope).select_related("home", "home__parent").get(named)


def _absorbed() -> ScopedQuerySet[Person]:
    """Records that are only pointers now. Merging again keeps them one step from the record that stands."""
    return Person.every.within(EVERYTHING).filter(merged_into__isnull=False).order_by()


def absorbed_by(people: Iterable[int]) -> dict[int, int]:
    """For the keys of records that were absorbed the key of the record that stands; others are absent."""
    wanted, found = list(people), dict[int, int]()
    for start in range(0, len(wanted), CHUNK):
        rows = _absorbed().filter(pk__in=wanted[start : start + CHUNK]).values_list("pk", "merged_into_id")
        found.update((key, stands) for key, stands in rows if stands)
    return found


def absorbed_into(person: int) -> list[int]:
    """The keys of the records that this one absorbed."""
    return list(_absorbed().filter(merged_into=person).order_by("id").values_list("pk", flat=True))


def ids_of(one: Person) -> list[UUID]:
    """The ids of a person's record and of those it absorbed: whatever was noted under any of them is theirs."""
    return [one.uuid, *_absorbed().filter(merged_into=one).order_by("id").values_list("uuid", flat=True)]


def by_document(scope: Scope, number: str) -> Person | None:
    """The person with this document, by the blind index; the document may stand on a record that was absorbed."""
    index = envelope.document_index(normal_document(number))
    if not index:
        return None
    named = Person.objects.within(scope).select_related("home").filter(_with(Q(document_index=index)))
    return named.order_by("id").first()


def by_phone(scope: Scope, number: str) -> ScopedQuerySet[Person]:
    """Everybody with this phone: families share one."""
    return Person.objects.within(scope).filter(_with(_phone(number))).order_by("id")


def _phone(number: str) -> Q:
    """Somebody's first or second number."""
    index = envelope.phone_index(normal_phone(number)) or "-"
    return Q(phone_index=index) | Q(other_phone_index=index)


def find(scope: Scope, text: str) -> ScopedQuerySet[Person]:
    """By document, phone or part of a name."""
    text = text.strip()
    document, phone = normal_document(text), normal_phone(text)
    condition = Q(name__contains=text) if text else Q(pk__in=())
    if len(document) >= 5:
        condition |= _with(Q(document_index=envelope.document_index(document)))
    if len(phone) >= 5:
        condition |= _with(_phone(phone))
    return Person.objects.within(scope).filter(condition).select_related("home", "home__parent").order_by("name", "id")


def _with(condition: Q) -> Q:
    """Whoever this is true of, or of a record that theirs absorbed."""
    return condition | Q(pk__in=_absorbed().filter(condition).values("merged_into"))


def living_with(one: Person) -> ScopedQuerySet[Person]:
    """The others of the household, or of the room in a dormitory. Within the system's scope: a rule asks."""
    everybody = Person.objects.within(EVERYTHING).filter(died_on__isnull=True).exclude(pk=one.pk)
    if one.home.kind == Kind.BED:
        return everybody.filter(home__parent_id=one.home.parent_id).select_related("home")
    return everybody.filter(home_id=one.home_id).select_related("home")


def at_door(scope: Scope, door: Place) -> ScopedQuerySet[Person]:
    """Who lives behind a door: a household, a yard, or the beds of a room."""
    return Person.objects.within(scope).filter(Q(home=door) | Q(home__parent=door)).order_by("birth_date", "id")


def in_area(area: Place) -> ScopedQuerySet[Person]:
    """Everybody alive in an area, for a rule that concerns all of them."""
    return Person.objects.within(Scope(prefixes=(area.path,))).filter(died_on__isnull=True)


def hold(people: Iterable[Person]) -> None:
    """Lock people in one order until the transaction ends: two flows about one person take turns."""
    rows = Person.every.within(EVERYTHING).filter(pk__in=[one.pk for one in people]).select_for_update()
    list(rows.order_by("id").values_list("pk"))


def details(one: Person) -> dict[str, Any]:
    """The sealed part: document_type, document, phone, phones. Log the look before showing it."""
    return sealing.unseal(TABLE, one.uuid, one.sealed)


def numbers_of(people: Iterable[int]) -> list[str]:
    """Every telephone number of these records, each once: for a rule that looks for them elsewhere, shown to nobody."""
    found: dict[str, None] = {}
    for one in Person.every.within(EVERYTHING).filter(pk__in=list(people)).order_by("id"):
        known = details(one)
        found |= dict.fromkeys(filter(None, [known.get("phone", ""), *known.get("phones", ())]))
    return list(found)


def whose(number: str) -> Person | None:
    """The one record that a number is asked about first: whose own it is, else one that has it beside another."""
    index = envelope.phone_index(normal_phone(number))
    own = When(phone_index=index, then=0)
    return by_phone(EVERYTHING, number).order_by(Case(own, default=1), "id").first()


def door_of(home: Place) -> Place:
    """The place to knock at: a bed's room, otherwise the home itself."""
    return home.parent if home.kind == Kind.BED and home.parent else home


def lived_in(area: Place) -> dict[str, int]:
    """How many people live in an area, and behind how many doors: what an order to everybody there means."""
    door = Case(When(home__kind=Kind.BED, then="home__parent_id"), default="home_id")
    return in_area(area).aggregate(people=Count("pk"), doors=Count(door, distinct=True))


def ids_within(scope: Scope) -> QuerySet[Person, UUID] | None:
    """The ids of the people of a scope, for readers of the record of looks; None where it is a whole tree."""
    if scope.everything or any(len(path) == SEGMENT for path in scope.prefixes):
        return None
    return Person.objects.within(scope).order_by().values_list("uuid", flat=True)


def with_documents(indexes: Iterable[str], *, held: bool) -> list[Person]:
    """Whoever has one of these documents, wherever they live: for the rule of one person per document."""
    return _everybody(Q(document_index__in=[index for index in indexes if index]), held)


def with_indexes(*, documents: Iterable[str], phones: Iterable[str], births: Iterable[str]) -> list[Person]:
    """Whoever has one of these documents, phones, or a name with its birth date, by blind index, wherever they live:
    for a list that names people. Records that were absorbed are there too; each knows into which."""
    chosen = [set(filter(None, one)) for one in (documents, phones, births)]
    found: dict[int, Person] = {}
    for field, values in zip(("document_index", "phone_index", "name_birth_index"), chosen, strict=True):
        wanted = sorted(values)
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            which = Q(**{f"{field}__in": some})
            for one in _everybody(which | Q(other_phone_index__in=some) if field == "phone_index" else which, False):
                found[one.pk] = one
    return list(found.values())


def by_keys(keys: Iterable[int]) -> dict[int, Person]:
    """People by their keys, with their homes; for rows that name them already."""
    rows = Person.objects.within(EVERYTHING).filter(pk__in=list(keys)).select_related("home", "home__parent")
    return {one.pk: one for one in rows}


def living_at(homes: Iterable[int], *, held: bool) -> list[Person]:
    """Everybody on record at these homes, for a file that names them again."""
    return _everybody(Q(home__in=list(homes)), held)


def _everybody(condition: Q, held: bool) -> list[Person]:
    """Absorbed records as well: a file that still names one of them must not make that person a second time."""
    rows = Person.every.within(EVERYTHING).filter(condition).order_by("id").select_related("home")
    return list(rows.select_for_update(of=("self",)) if held else rows)
