"""Whether a row of a file is somebody known, who, and what it adds. It never overwrites: what contradicts comes back.

Somebody is known by their document; without one by name and birth date at the door, or name and phone at the door.
So the same file twice finds everybody the second time, and no row of it takes back what another row said.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from wangge.base import sealing
from wangge.base.access.scope import Scope
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.people import envelope
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.models import Person
from wangge.domains.people.rules import normal_name
from wangge.domains.places.finding import Spot


class Became(StrEnum):
    """What became of a row, or would."""

    NEW = "new"
    KNOWN = "known"  # nothing to add
    CHANGED = "changed"  # something was added; ``Outcome.changed`` names the fields
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row. ``home`` is what the door is called; ``person`` is empty where nothing was written."""

    became: Became
    home: str = ""
    new_door: bool = False
    changed: tuple[str, ...] = ()
    reason: str = ""
    problem: Problem | None = field(default=None, compare=False)
    person: UUID | None = field(default=None, compare=False)


@dataclass(slots=True, eq=False)
class Who:
    """Somebody known, or somebody new of this file (``row`` is then None). Phones are blind indexes."""

    name: str
    sex: str
    birth_date: date | None
    document: str
    phones: list[str]
    relation: str
    home: object  # a place's key, or the spot of one that is planned
    uuid: UUID
    row: Person | None = None
    added: PersonInput | None = None  # for somebody new all there is, else what rows added
    changed: set[str] = field(default_factory=set)

    @property
    def is_pointer(self) -> bool:
        """A record that was absorbed by another: whoever is named so is known, and nothing is added here."""
        return self.row is not None and self.row.merged_into_id is not None


class Register:
    """Everybody that the rows of a chunk can be about; it grows with the rows.

    ``labels`` says what the other doors are called at which some of them live.
    """

    def __init__(
        self, *, scope: Scope, labels: Mapping[int, str], may_move: bool, blind: envelope.Blind = sealing.blind
    ) -> None:
        self.scope = scope
        self.blind = blind
        self.labels = labels
        self.by_document: dict[str, Who] = {}
        self.at_home: dict[object, list[Who]] = defaultdict(list)
        self.may_move = may_move
        self.new: list[Who] = []

    def know(self, row: Person) -> None:
        """Somebody who is on record already."""
        phones = [index for index in (row.phone_index, row.other_phone_index) if index]
        who = Who(
            normal_name(row.name), row.sex, row.birth_date, row.document_index, phones, row.relation, row.home_id,
            row.uuid, row,
        )  # fmt: skip
        self._enter(who)

    def take(self, typed: PersonInput, spot: Spot) -> tuple[Became, Who, tuple[str, ...]]:
        """What a row at a home is: somebody new, or somebody known and what it adds. Raises Problem."""
        home: object = spot.key or spot
        document = envelope.document_index(typed.document, self.blind)
        phones = [envelope.phone_index(number, self.blind) for number in typed.phones]
        known = self._by_document(document, typed, home) if document else None
        known = known or self._by_name(document, typed, phones, home)
        if known is None:
            return Became.NEW, self._add(typed, document, phones, home), ()
        if known.is_pointer:
            return Became.KNOWN, known, ()
        if known.row and known.row.died_on:
            raise Problem("died_already", field="name")
        moved = self._move(known, home) if known.home != home else []
        changed = (*moved, *_fill(known, typed, document, phones))
        if document:
            self.by_document.setdefault(document, known)
        return (Became.CHANGED if changed else Became.KNOWN), known, changed

    def _by_document(self, document: str, typed: PersonInput, home: object) -> Who | None:
        """Who has this document. Another name or birth date on it is a mistake in one of the two."""
        who = self.by_document.get(document)
        if who is None or who.is_pointer:
            return who
        if who.home != home:
            self._check_move(who)
        if who.name != normal_name(typed.name):
            raise Problem("document_of_another_name", field="document")
        if who.birth_date and typed.birth_date and who.birth_date != typed.birth_date:
            raise Problem("document_of_another_birth", field="birth_date")
        return who

    def _check_move(self, who: Who) -> None:
        """A move is a decision: never out of another office's area, and not back and forth in one file."""
        if who.row is None or "home" in who.changed:
            raise Problem("twice_with_two_addresses", field="address")
        if not self.scope.covers(who.row.home.path, who.row.home.grid_id):
            raise Problem("known_outside", field="document")
        if not self.may_move:
            raise Problem("known_at_another_door", field="address", home=self.labels.get(who.row.home_id, ""))

    def _by_name(self, document: str, typed: PersonInput, phones: list[str], home: object) -> Who | None:
        """The one person of this name at this door whom nothing contradicts. Two documents are two people."""
        name = normal_name(typed.name)
        here = [who for who in self.at_home[home] if who.name == name]
        same = [who for who in here if not (document and who.document and who.document != document)]
        if absorbed := next((who for who in same if who.is_pointer and _alike(who, typed, phones)), None):
            return absorbed
        same = [who for who in same if not who.is_pointer]
        if len(same) > 1:
            raise Problem("same_name_twice", field="name")
        if not same:
            return None
        who = same[0]
        if typed.birth_date and who.birth_date:
            if typed.birth_date != who.birth_date:
                raise Problem("same_name_other_birth", field="birth_date")
        elif phones and who.phones and not set(phones) & set(who.phones):
            raise Problem("same_name_other_phone", field="phone")
        return who

    def _move(self, who: Who, home: object) -> list[str]:
        self.at_home[who.home].remove(who)
        who.home = home
        who.changed.add("home")
        self.at_home[home].append(who)
        return ["home"]

    def _add(self, typed: PersonInput, document: str, phones: list[str], home: object) -> Who:
        who = Who(
            normal_name(typed.name), typed.sex, typed.birth_date, document, phones, typed.relation, home, uuid7(),
            added=typed,
        )  # fmt: skip
        self.new.append(who)
        self._enter(who)
        return who

    def _enter(self, who: Who) -> None:
        if who.document:
            self.by_document[who.document] = who
        self.at_home[who.home].append(who)


def _alike(who: Who, typed: PersonInput, phones: list[str]) -> bool:
    """Whether more than the name is the same."""
    return who.birth_date == typed.birth_date if typed.birth_date else bool(set(phones) & set(who.phones)) or not phones


def _fill(who: Who, typed: PersonInput, document: str, phones: list[str]) -> list[str]:
    """Put into somebody's record what it lacks; returns the fields. A phone is added to those there are."""
    added = who.added or PersonInput(typed.name)
    filled: list[str] = []
    if document and not who.document:
        filled.append("document")
        who.document = document
        added = replace(added, document=typed.document, document_type=typed.document_type)
    for name, empty in (("birth_date", None), ("relation", ""), ("sex", "unknown")):
        if getattr(typed, name) != empty and getattr(who, name) == empty:
            filled.append(name)
            setattr(who, name, getattr(typed, name))
            added = replace(added, **{name: getattr(typed, name)})
    if fresh := _fresh_phones(who, typed, phones):
        filled.append("phone")
        first, *others = [*added.phones, *fresh]
        added = replace(added, phone=first, other_phones=tuple(others))
    if who.row and who.row.noted_for and "register" not in who.changed:
        filled.append("register")  # somebody noted for a Response alone turns out to live here
    if filled:
        who.changed.update(filled)
        who.added = added
    return filled


def _fresh_phones(who: Who, typed: PersonInput, phones: list[str]) -> list[str]:
    """The numbers that somebody's record lacks; from now on they are known."""
    if who.row and not set(phones) <= set(who.phones):  # the third and further numbers are in the envelope alone
        sealed = sealing.unseal(envelope.TABLE, who.uuid, who.row.sealed)
        who.phones = list(dict.fromkeys([*who.phones, *map(envelope.phone_index, envelope.phones_in(sealed))]))
    fresh = {index: number for number, index in zip(typed.phones, phones, strict=True) if index not in who.phones}
    who.phones += fresh
    return list(fresh.values())
