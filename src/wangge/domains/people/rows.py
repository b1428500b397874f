"""Taking people in from the rows of a file: thousands at once, set-based, in one transaction.

A row becomes somebody new, somebody known, something added to somebody known, or comes back with a reason. The same
rows twice change nothing. Where somebody lives is what the row's address says; whoever is known at another door is
not moved without being told to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction

from wangge.base import bulk, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.people import envelope, queries
from wangge.domains.people.actions import sealed_row
from wangge.domains.people.inputs import PersonInput, PersonRow
from wangge.domains.people.matching import Became, Outcome, Register, Who
from wangge.domains.people.models import Person
from wangge.domains.places.actions.doors import make_doors as write_doors
from wangge.domains.places.finding import Book, Spot
from wangge.domains.places.queries import communities_around, labels
from wangge.domains.places.queries.homes import Homes

MOST_ROWS = 10_000  # of one call: what is asked of the database grows with the rows, its number does not
WRITTEN = ["name", "noted_for", "sex", "birth_date", "relation", "home", *envelope.SEALED, *envelope.BLIND]


def take_people(
    *, rows: Sequence[PersonRow], by: By, make_doors: bool, dry: bool, may_move: bool = False
) -> Sequence[Outcome]:
    """Take in up to MOST_ROWS rows; returns what became of each, in order.

    ``make_doors`` makes buildings, units and doors that are missing; ``may_move`` moves people who are known at
    another door of the scope; ``dry`` writes nothing and says the same. Raises NotAllowed.
    """
    if len(rows) > MOST_ROWS:
        raise ValueError(f"{len(rows)} rows; {MOST_ROWS} at a time")
    by.scope(Right.IMPORT_RECORDS)
    for last in (False, True):
        try:
            with transaction.atomic():
                chunk = _Chunk(by, held=not dry)
                outcomes = chunk.decide(rows, make_doors=make_doors, may_move=may_move)
                return outcomes if dry else chunk.write(outcomes)
        except IntegrityError:  # somebody else registered one of them, or made a door, meanwhile: look again
            if last:
                raise
    raise AssertionError("unreachable")


class _Chunk:
    """The rows of one call."""

    def __init__(self, by: By, *, held: bool) -> None:
        self.by = by
        self.held = held
        self.sealer = sealing.Sealer(remember=True)
        self.homes = Homes(by.scope(Right.IMPORT_RECORDS))
        self.register: Register
        self.about: list[Who | None] = []

    def decide(self, rows: Sequence[PersonRow], *, make_doors: bool, may_move: bool) -> list[Outcome]:
        """What each row is. Nothing is written."""
        self.homes.read((row.address for row in rows), held=self.held)
        spots = [self._home(row, make=make_doors) for row in rows]
        self.register = self._register(rows, spots, may_move=may_move)
        return [self._outcome(row.person, spot) for row, spot in zip(rows, spots, strict=True)]

    def _home(self, row: PersonRow, *, make: bool) -> Spot | Problem:
        try:
            return self.homes.of(row.address, make=make)
        except Problem as problem:
            return problem

    def _register(self, rows: Sequence[PersonRow], spots: Iterable[Spot | Problem], *, may_move: bool) -> Register:
        """Everybody these rows can be about: by document wherever they live, and who lives at these homes."""
        keys = {spot.key for spot in spots if isinstance(spot, Spot) and spot.key}
        documents = {envelope.document_index(row.person.document, self.sealer.blind) for row in rows}
        here = queries.living_at(keys, held=self.held)
        known = {one.pk: one for one in [*queries.with_documents(documents, held=self.held), *here]}
        elsewhere = {one.home_id: one.home for one in known.values() if one.home_id not in keys}
        register = Register(
            scope=self.by.scope(Right.IMPORT_RECORDS), labels=labels(elsewhere.values()), may_move=may_move,
            blind=self.sealer.blind,
        )  # fmt: skip
        for one in known.values():
            register.know(one)
        return register

    def _outcome(self, typed: PersonInput, spot: Spot | Problem) -> Outcome:
        self.about.append(None)
        if isinstance(spot, Problem):
            return Outcome(Became.REFUSED, reason=spot.code, problem=spot)
        try:
            became, who, changed = self.register.take(typed, spot)
        except Problem as problem:
            return Outcome(Became.REFUSED, spot.label, reason=problem.code, problem=problem)
        self.about[-1] = who
        return Outcome(became, spot.label, not spot.key, changed)

    def write(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Write what was decided; returns the outcomes with the people's ids."""
        changed = [who for who in dict.fromkeys(self.about) if who and who.row and who.changed]
        before = {who.row.home_id for who in changed if who.row}
        doors = write_doors(books=self._planning(), by=self.by)
        new = [(who.added, _key(who), who.uuid) for who in self.register.new if who.added]
        bulk.insert([sealed_row(*one, sealer=self.sealer) for one in new])
        bulk.update([_changed(who) for who in changed], WRITTEN)
        if self.register.new or changed:
            counts = {one.value: sum(outcome.became is one for outcome in outcomes) for one in Became}
            homes = before | {_key(who) for who in (*self.register.new, *changed)}
            around = [str(one) for one in communities_around(homes)]
            data = {"count": len(self.register.new), "places": doors, "communities": around, **counts}
            record("people.imported", by=self.by, data=data)
        return [
            replace(outcome, person=who.uuid) if who else outcome
            for outcome, who in zip(outcomes, self.about, strict=True)
        ]

    def _planning(self) -> list[Book]:
        """The books in which doors are missing; a door nobody will live at is not made."""
        wanted = {who.home for who in self.register.new} | {who.home for who in self.about if who}
        for book in self.homes.books.values():
            book.keep(spot for spot in wanted if isinstance(spot, Spot))
        return [book for book in self.homes.books.values() if book.planned]


def _key(who: Who) -> int:
    """The key of somebody's home, also where it was made a moment ago."""
    home = who.home.key if isinstance(who.home, Spot) else who.home
    if not isinstance(home, int) or not home:
        raise ValueError("the home was not made")
    return home


def _changed(who: Who) -> Person:
    """The row of somebody known with what was added, sealed and indexed again."""
    row, added = who.row, who.added
    if row is None:
        raise ValueError("nobody known")
    row.noted_for = None
    row.sex, row.birth_date, row.relation, row.home_id = who.sex, who.birth_date, who.relation, _key(who)
    if added:
        content = sealing.unseal(envelope.TABLE, row.uuid, row.sealed)
        document = added.document or content.get("document", "")
        kind = added.document_type.value if added.document else content.get("document_type", added.document_type.value)
        phones = tuple(dict.fromkeys([*envelope.phones_in(content), *added.phones]))
        content = envelope.content(document_type=kind, document=document, phones=phones)
        row.sealed = sealing.seal(envelope.TABLE, row.uuid, content)
        for name, value in envelope.blind_indexes(row.name, row.birth_date, content).items():
            setattr(row, name, value)
    return row
