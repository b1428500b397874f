"""What a table is: whom it lists, which facts stand under which heading, who is in it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ANSWER = "answer."
#: What of an answer can stand in a column beside its value.
PARTS = ("at", "source", "fresh_until")


class Subject(StrEnum):
    """What one row is about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    GRID = "grid"  # a row of counts


class Test(StrEnum):
    """What a condition asks of a source."""

    IS = "is"
    NOT = "not"
    KNOWN = "known"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANY = "any"  # one of several conditions


class Every(StrEnum):
    """How often a table is made by itself."""

    DAY = "day"
    WEEK = "week"  # on Monday


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; all of a table's conditions must hold. ``any_of`` belongs to ANY alone."""

    source: str
    test: Test
    values: tuple[str, ...] = ()
    any_of: tuple["Condition", ...] = ()

    def sources(self) -> Iterator[str]:
        if self.source:
            yield self.source
        for one in self.any_of:
            yield from one.sources()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the fact under it, and the office's codes for our values. ``where``: what a count counts."""

    heading: str
    source: str
    codes: Mapping[str, str] = field(default_factory=dict)
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A table. ``name`` is its address; ``office`` whose it is."""

    name: str
    title: str
    subject: Subject
    columns: tuple[Column, ...]
    where: tuple[Condition, ...] = ()
    office: str = ""

    def sources(self) -> set[str]:
        """Every source of a column or a condition."""
        found = {one for column in self.columns for condition in column.where for one in condition.sources()}
        found |= {one for condition in self.where for one in condition.sources()}
        return found | {column.source for column in self.columns if column.source}

    def questions(self) -> set[str]:
        """The questions of the bank that it reads, by name."""
        return {name for source in self.sources() if (name := question_of(source))}


def question_of(source: str) -> str:
    """The question of a source such as 'answer.fever.at'; '' for a source that is none."""
    return source.removeprefix(ANSWER).partition(".")[0] if source.startswith(ANSWER) else ""


def part_of(source: str) -> str:
    """Which part of an answer: '' is its value."""
    return source.removeprefix(ANSWER).partition(".")[2] if source.startswith(ANSWER) else ""
