"""For each column of a table: known of how many, worked out from what, or to be asked, with the question for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.models import AskSubject, Question
from wangge.domains.asking.rules import AskState
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.tables.catalogue import SOURCES
from wangge.domains.tables.cells import HEAD
from wangge.domains.tables.choosing import Bank, chosen, doors_with, told
from wangge.domains.tables.rules import Column, Definition, Subject, question_of
from wangge.domains.work.models import Attempt


class Cover(StrEnum):
    """What can be said of a column."""

    KNOWN = "known"  # stands in the register, or was answered and is fresh, for everybody in the table
    PARTLY = "partly"  # for some of them
    DERIVED = "derived"  # worked out from what is known
    ASK = "ask"  # a question of the bank would bring it
    NOBODY = "nobody"  # no source and no question: the bank has to get one first
    EMPTY = "empty"  # left empty for the office


@dataclass(frozen=True, slots=True)
class Covered:
    """One column: ``count`` of ``total`` rows have it. ``question`` is what would be asked of the others."""

    column: Column
    cover: Cover
    count: int
    total: int
    made_of: str = ""
    question: Question | None = None

    @property
    def missing(self) -> int:
        return self.total - self.count


def coverage(definition: Definition, by: By, area: Place | None = None) -> list[Covered]:
    """Every column of a table, within the places of who asks. One count a column, none read row by row."""
    bank = Bank.of(definition.questions())
    found = chosen(definition, by.scope(Right.OPEN_RECORD), area, bank)
    total = found.count()
    return [_covered(column, definition.subject, found, total, bank) for column in definition.columns]


def _covered(column: Column, kind: Subject, found: QuerySet[Any], total: int, bank: Bank) -> Covered:
    if not column.source:
        return Covered(column, Cover.EMPTY, 0, total)
    if name := question_of(column.source):
        question = bank.questions.get(name)
        if question is None:
            return Covered(column, Cover.NOBODY, 0, total)
        count = found.filter(Exists(told(question, kind))).count()
        cover = Cover.KNOWN if count == total and total else Cover.PARTLY if count else Cover.ASK
        return Covered(column, cover, count, total, question=question)
    source = SOURCES[column.source]
    if kind is Subject.GRID:
        return Covered(column, Cover.DERIVED, total, total, made_of="")
    basis = source.made_of or source.key
    condition = _FILLED.get((kind, basis)) or _FILLED.get((None, basis))
    count = found.filter(condition()).count() if condition else total
    if source.made_of:
        return Covered(column, Cover.DERIVED, count, total, made_of=basis)
    return Covered(column, Cover.KNOWN if count == total else Cover.PARTLY, count, total)


def _somebody(condition: Q = Q()) -> Q:  # noqa: B008  # an empty condition never changes
    return Q(pk__in=doors_with(1, condition))


def _tried(door: str) -> Q:
    return Q(**{f"{door}__in": Attempt.objects.within(EVERYTHING).values("task__door")})


def _listed(link: str) -> Q:
    listed = AskSubject.objects.within(EVERYTHING).filter(ask__state=AskState.OPEN)
    return Q(Exists(listed.filter(**{link: OuterRef("pk")})))


def _ordered() -> Q:
    orders = Order.objects.within(EVERYTHING).filter(state=OrderState.IN_FORCE)
    return Q(Exists(orders.filter(person=OuterRef("pk"))))


P, H = Subject.PERSON, Subject.HOUSEHOLD
#: When a source has something for a row; one that is not here always has.
_FILLED: Mapping[tuple[Subject | None, str], Any] = {
    (P, "person.birth_date"): lambda: Q(birth_date__isnull=False),
    (P, "person.document"): lambda: ~Q(document_index=""),
    (P, "person.document_type"): lambda: ~Q(document_index=""),
    (P, "person.phone"): lambda: ~Q(phone_index=""),
    (P, "person.relation"): lambda: ~Q(relation=""),
    (P, "person.sex"): lambda: ~Q(sex=Person.Sex.UNKNOWN),
    (P, "place.grid"): lambda: Q(home__grid__isnull=False),
    (H, "place.grid"): lambda: Q(grid__isnull=False),
    (H, "person.name"): _somebody,
    (H, "person.birth_date"): lambda: _somebody(Q(birth_date__isnull=False)),
    (H, "person.phone"): lambda: _somebody(~Q(phone_index="")),
    (H, "person.relation"): lambda: _somebody(Q(relation__in=HEAD)),
    (P, "order.role"): _ordered, (P, "order.starts"): _ordered, (P, "order.ends"): _ordered,
    (P, "order.document"): _ordered,
    (P, "attempt.outcome"): lambda: _tried("door_key"), (P, "attempt.at"): lambda: _tried("door_key"),
    (P, "attempt.channel"): lambda: _tried("door_key"),
    (H, "attempt.outcome"): lambda: _tried("pk"), (H, "attempt.at"): lambda: _tried("pk"),
    (H, "attempt.channel"): lambda: _tried("pk"),
    (P, "asked.state"): lambda: _listed("person"), (H, "asked.state"): lambda: _listed("door"),
}  # fmt: skip
