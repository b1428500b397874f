"""A file of people or venues as the desk shows it: its columns, what the dry run foresees, what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.receipts import queries, returning
from wangge.base.receipts.forms import DATED, Row
from wangge.base.receipts.models import Intake, IntakePart
from wangge.base.receipts.rows import reader
from wangge.base.receipts.words import FORESEEN, STATES, WHY
from wangge.domains.lists.words import FIELDS as LISTS
from wangge.domains.people.field_words import FIELDS as PEOPLE
from wangge.domains.venues.words import FIELDS as VENUES
from wangge.flows import importing
from wangge.web.desk.words import moment
from wangge.web.problems import sentence

FIELDS: Mapping[str, Mapping[str, Any]] = {
    "people.people": PEOPLE, "venues.venues": VENUES, "lists.list": {**PEOPLE, **LISTS},
}  # fmt: skip
SAMPLES = 3
LETTERS = {"new": "n", "changed": "c", "known": "k", "refused": "r"}
PAGE = 25


def stage(one: Intake) -> str:
    """Where a file stands: "columns", "looking", "looked", "taking" or "done". Worked out, never stored."""
    waiting = IntakePart.State.WAITING
    if one.look_asked_at is None:
        return "columns"
    if one.take_asked_at is None:
        return "looking" if queries.left(one, [waiting]) else "looked"
    return "taking" if queries.left(one, [waiting, IntakePart.State.LOOKED]) else "done"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file in the list of those sent."""

    url: str
    name: str
    kind: Any
    received: str
    total: int
    parts: list[tuple[str, Any, int]]


ORDER = ("taken", "changed", "known", "refused", "corrected", "waiting")


def sent(intakes: Iterable[Intake]) -> list[Sent]:
    """Files with their totals, two queries for all of them."""
    intakes = list(intakes)
    found = queries.totals_of_many(intakes)
    return [
        Sent(
            reverse("import", args=[one.uuid]), one.name, kind_word(one.kind), moment(one.received_at),
            sum(found[one.pk].values()), [(state, STATES[state], found[one.pk][state]) for state in ORDER],
        )
        for one in intakes
    ]  # fmt: skip


def kind_word(kind: str) -> str:
    return _("People") if kind == "people.people" else _("Venues")


@dataclass(frozen=True, slots=True)
class Choice:
    """A column with what may be chosen for it."""

    name: str
    heading: str
    samples: str
    options: list[tuple[str, Any, bool]]
    why: Any


def choices(one: Intake, typed: Sequence[str] | None = None) -> list[Choice]:
    """The columns with what was recognised chosen, and some of what stands in them."""
    first = one.parts.order_by("number").first()
    rows = queries.rows(first) if first else []
    fields = typed or [field for field, _ in one.columns]
    return [_choice(one, at, fields[at] if at < len(fields) else "", rows) for at in range(len(one.columns))]


def _choice(one: Intake, at: int, chosen: str, rows: Sequence[Row]) -> Choice:
    there = (cells[at].lstrip(DATED).strip() for _, cells in rows if at < len(cells))
    filled = dict.fromkeys(cell for cell in there if cell)
    words = {"": _("not taken"), **FIELDS[one.kind]}
    options = [(key, word, key == chosen) for key, word in words.items()]
    why = WHY.get(one.shape["why"][at], "") if chosen == one.columns[at][0] else ""
    return Choice(f"column-{at}", one.columns[at][1], "、".join(list(filled)[:SAMPLES]), options, why)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row of the dry run."""

    number: int
    letter: str
    word: Any
    name: str
    where: str
    reason: str
    column: Any


WHERE = ("community", "address", "compound", "building", "unit", "room", "bed")


class Rows:
    """The rows of a dry run as a list that a paginator can cut: only what is shown is read."""

    def __init__(self, one: Intake, show: str, by: By) -> None:
        self.one, self.letter, self.by = one, LETTERS.get(show, ""), by
        self.show = show if self.letter else "size"

    @cached_property
    def sums(self) -> dict[str, int]:
        return queries.foreseen(self.one)

    def __len__(self) -> int:
        return self.sums[self.show]

    def __getitem__(self, part: slice) -> list[Foreseen]:
        form = importing.IMPORTS[self.one.kind].form
        some = queries.some_rows(self.one, self.letter, part.start or 0, (part.stop or 0) - (part.start or 0))
        bad = [row for row, letter in some if letter == "r"]
        look = importing.verb(self.one, self.by, dry=True)
        why = {row[0]: reason for row, reason in zip(bad, returning.reasons(self.one, form, look, bad), strict=True)}
        read = reader(self.one, form)
        return [self._row(row, letter, read.fields(*row), why.get(row[0])) for row, letter in some]

    def _row(self, row: Row, letter: str, fields: Any, why: Any) -> Foreseen:
        cells = fields if isinstance(fields, dict) else {}
        where = " ".join(filter(None, (cells.get(field, "") for field in WHERE)))
        name = cells.get("name", "")
        column = FIELDS[self.one.kind].get(why.field, "") if why else ""
        return Foreseen(row[0], letter, FORESEEN[letter], name, where, sentence(why) if why else "", column)


def paged(rows: Rows, number: str | None) -> Any:
    """One page of a dry run's rows."""
    return Paginator(cast(Any, rows), PAGE).get_page(number)  # it is cut like a list


def refused_page(one: Intake, number: str | None) -> tuple[Any, list[Foreseen]]:
    """A page of the rows that came back when the file was taken."""
    page = Paginator(queries.refused(one), PAGE).get_page(number)
    shown = []
    for row in page.object_list:
        cells, why = queries.cells(row), queries.problem(row)
        where = " ".join(filter(None, (cells.get(field, "") for field in WHERE)))
        column = FIELDS[one.kind].get(why.field, "")
        shown.append(Foreseen(row.number, "r", FORESEEN["r"], cells.get("name", ""), where, sentence(why), column))
    return page, shown


def returned(one: Intake, *, by: By) -> tuple[bytes, str, str]:
    """The rows that came back, or would, as a file of the same form. What leaves the system is put on record."""
    kind = importing.IMPORTS[one.kind]
    if one.take_asked_at is None:
        rows = returning.will_be_refused(one, kind.form, importing.verb(one, by, dry=True))
    else:
        rows = returning.refused(one)
    words = {"row": _("row"), "reason": _("reason")}
    content, media, ending, count = returning.as_file(one, rows, sentence, words)
    log_look(by=by, kind=AccessLog.Kind.EXPORTED, person=None, reason=f"refused rows:{one.uuid}", count=count)
    return content, media, ending
