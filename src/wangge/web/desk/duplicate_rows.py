"""Pairs of records as the list and the page beside each other show them: masked, with what is the same and what not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.privacy import mask_document, mask_name, mask_phone
from wangge.domains.duty.seating import leading
from wangge.domains.people.duplicates import Strength
from wangge.domains.people.envelope import phones_in
from wangge.domains.people.merging import standing_on
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.people.queries import details
from wangge.domains.people.words import DOCUMENTS, SEXES, STRENGTHS
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.places.rules import ancestors
from wangge.web.desk.words import day, moment
from wangge.web.signs import counted, listed, told


@dataclass(frozen=True, slots=True)
class Row:
    """A pair in the list. Without ``other`` one record lies outside: of it nothing is said, ``ask`` decides."""

    one: UUID | None
    other: UUID | None
    names: str
    doors: list[str]
    evidence: str
    strength: str
    strong: bool
    ask: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page beside each other. ``name``: a field that can be taken from either record; '' for others."""

    name: str
    label: str
    one: str
    other: str
    same: bool
    better: str  # which value is chosen before anybody chooses


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge in the list."""

    uuid: UUID
    person: UUID
    name: str
    door: str
    when: str
    rows: int
    undone: str
    added: int


def pair_rows(pairs: Sequence[Duplicate], scope: Scope) -> list[Row]:
    """A page of pairs with a fixed number of queries."""
    doors = labels([home for one in pairs for home in (one.one.home, one.other.home)])
    levels = {one.pk: common(one.one.home, one.other.home) for one in pairs}
    posts = leading(levels.values(), Right.IMPORT_RECORDS)
    return [_row(one, scope, doors, posts.get(levels[one.pk], "")) for one in pairs]


def _row(one: Duplicate, scope: Scope, doors: dict[int, str], ask: str) -> Row:
    inside = [person for person in (one.one, one.other) if scope.covers(person.home.path, person.home.grid_id)]
    whole = len(inside) == 2
    return Row(
        one=one.one.uuid if whole else None, other=one.other.uuid if whole else None,
        names=listed(dict.fromkeys(mask_name(person.name) for person in inside)),
        doors=list(dict.fromkeys(doors[person.home_id] for person in inside)),
        evidence=listed(evidence(one)) if whole else "", strength=str(STRENGTHS[one.strength]),
        strong=one.strength >= Strength.LIKELY, ask="" if whole else ask,
    )  # fmt: skip


def evidence(one: Duplicate) -> list[str]:
    """What speaks for one person, then what speaks against."""
    said = (
        (one.same_name, _("same name")), (one.same_birth, _("same date of birth")), (one.same_phone, _("same phone")),
        (not one.same_name, _("other name")), (one.other_sex, _("other sex")),
        (one.other_document, _("two different documents")),
    )  # fmt: skip
    return [words for so, words in said if so]


def common(one: Place, other: Place) -> str:
    """The path of the narrowest place around both."""
    around = [one.path, *reversed(ancestors(one.path))]
    return next((path for path in around if other.path.startswith(path)), "")


def side_by_side(pair: Duplicate) -> list[Line]:
    """Every field of both records, masked, with whether it is the same."""
    one, other = (_facts(person) for person in (pair.one, pair.other))
    lines = [
        Line(name, label, mine, theirs, raw == raw_other, "other" if theirs and not mine else "one")
        for (name, label, raw, mine), (_name, _label, raw_other, theirs) in zip(one, other, strict=True)
    ]
    return [line for line in lines if line.one or line.other]


def _facts(person: Person) -> list[tuple[str, str, Any, str]]:
    """Field, label, value to compare, words to show."""
    sealed = details(person)
    document, phones = sealed.get("document", ""), phones_in(sealed)
    kind = str(DOCUMENTS.get(sealed.get("document_type", ""), DOCUMENTS["other"]))
    shown = told(kind, mask_document(document)) if document else ""
    standing = _what_stands(person)
    source = _("noted for a Response") if person.noted_for else _("register")
    return [
        ("name", _("Name"), person.name, mask_name(person.name)),
        ("sex", _("Sex"), person.sex, str(SEXES[person.sex])),
        ("birth_date", _("Year of birth"), person.birth_date, str(person.birth_date.year) if person.birth_date else ""),
        ("document", pgettext("person", "Document number"), document, shown),
        ("phone", _("Phone"), phones, listed(mask_phone(phone) for phone in phones)),
        ("relation", _("Relation to the head of the household"), person.relation, person.relation),
        ("died_on", _("Died on"), person.died_on, day(person.died_on) if person.died_on else ""),
        ("", _("Home"), person.home_id, full_label(person.home)),
        ("", _("On record since"), person.recorded_at.date(), moment(person.recorded_at)),
        ("", _("Where it comes from"), person.noted_for, source),
        ("", _("What stands on it"), standing, standing),
    ]  # fmt: skip


def _what_stands(person: Person) -> str:
    """How many results, orders and so on refer to a record: what a merge would move or make again."""
    kinds = {
        "TestResult": _("Results"), "Case": _("Cases"), "Exposure": _("Exposures"), "Order": _("Orders"),
        "TaskItem": _("Things to do"), "Attempt": _("Visits and calls"),
    }  # fmt: skip
    counts = standing_on(person)
    said = [counted(counts[name], word) for name, word in kinds.items() if counts.get(name)]
    return listed(said) or _("nothing")


def merged_rows(merges: Iterable[Merge]) -> list[Merged]:
    """A page of merges."""
    merges = list(merges)
    doors = labels([one.into.home for one in merges])
    return [
        Merged(
            uuid=one.uuid, person=one.into.uuid, name=mask_name(one.into.name), door=doors[one.into.home_id],
            when=moment(one.at), rows=_size(one.moved), undone=moment(one.undone_at) if one.undone_at else "",
            added=_size(one.added),
        )
        for one in merges
    ]  # fmt: skip


def _size(keys: dict[str, list[int]]) -> int:
    return sum(len(some) for some in keys.values())
