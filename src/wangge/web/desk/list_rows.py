"""A list handed down as the desk shows it: figures, rows with their evidence, where they went; its report in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.base.privacy import mask_name
from wangge.base.receipts import writing
from wangge.base.receipts.forms import Shape
from wangge.domains.lists import queries
from wangge.domains.lists.inputs import again
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.report import Answer, Report, answers
from wangge.domains.lists.rules import DECIDABLE, ListState, RowState
from wangge.domains.lists.words import AGAINST, ANSWERS, EVIDENCE, LIST_STATES, REASONS, STATES
from wangge.domains.places.queries import labels
from wangge.domains.places.rules import Kind
from wangge.domains.places.spelling import short_name
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.web.desk.words import moment
from wangge.web.signs import listed

#: Tiles, in the order in which an office works.
SHOWN = ("to_resolve", "elsewhere", "matched", "asked", "forwarded", "known", "done", "returned", "repeated", "remark")


@dataclass(frozen=True, slots=True)
class Card:
    """A list among lists."""

    url: str
    title: str
    sender: str
    batch: str
    due: str
    late: bool
    state: Any
    rows: int
    ended: int
    open: int


def cards(lists: Sequence[HandedList]) -> list[Card]:
    """Lists with their figures, one query for all of them."""
    found, now = queries.sums(lists), clock.now()
    return [
        Card(
            reverse("handed-list", args=[one.uuid]), one.title or "—", one.sender, one.batch, moment(one.due_at),
            one.due_at <= now and one.state != ListState.REPORTED, LIST_STATES[one.state], found[one.pk]["rows"],
            found[one.pk]["ended"], found[one.pk]["open"],
        )
        for one in lists
    ]  # fmt: skip


def tiles(sums: Mapping[str, int], show: str) -> list[dict[str, Any]]:
    """The rows by state: each tile leads to the very rows it counts; they add up to all rows."""
    return [
        {"label": STATES[state], "value": sums[state], "url": f"?show={state}#rows", "current": state == show}
        for state in SHOWN
        if sums[state]
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: whom to look for, not who it is."""

    url: str
    number: int
    name: str
    where: str
    state: str
    word: Any
    reason: Any
    evidence: str
    against: str
    contact: str
    outcome: str
    checker: str
    checked: str
    urgent: bool
    decidable: bool


def rows(list_: HandedList, some: Sequence[ListRow]) -> list[Row]:
    """A page of rows with a fixed number of queries."""
    homes = [place for row in some if (place := _home(row))]
    doors, tried = labels(homes), queries.contacts(row.person_id for row in some if row.person_id)
    return [_row(list_, row, answer, doors, tried) for row, answer in answers(list_, some)]


def _home(row: ListRow) -> Any:
    return row.person.home if row.person else row.home


def _row(list_: HandedList, row: ListRow, answer: Answer, doors: Mapping[int, str], tried: Mapping[int, Any]) -> Row:
    said, home = again(queries.content(row)), _home(row)
    where = doors[home.pk] if home else row.area.name if row.area else said.address.text or said.address.compound
    count = tried.get(row.person_id or 0)
    return Row(
        reverse("handed-row", args=[list_.uuid, row.number]), row.number, mask_name(said.name), where, row.state,
        STATES[row.state], why(row, answer), codes(row.evidence, EVIDENCE), codes(row.against, AGAINST),
        _("%(n)d tries, last %(when)s") % {"n": count[0], "when": moment(count[1])} if count else "",
        str(OUTCOMES[answer.outcome]) if answer.outcome else "", answer.checker,
        moment(answer.checked_at) if answer.checked_at else "", row.urgent,
        RowState(row.state) in DECIDABLE and list_.reported_at is None,
    )  # fmt: skip


def codes(text: str, words: Mapping[str, Any]) -> str:
    return listed(str(words[code]) for code in text.split(",") if code in words)


def why(row: ListRow, answer: Answer) -> str:
    """Why a row stands where it stands, or with whom it is."""
    if answer.first:
        return _("same as row %(row)d") % {"row": answer.first}
    if row.state == RowState.FORWARDED and answer.office:
        return _("with %(office)s") % {"office": answer.office}
    return str(REASONS.get(row.reason, row.reason))


@dataclass(frozen=True, slots=True)
class Below:
    """Rows with another office."""

    office: str
    rows: int
    ended: int
    sent: str
    accepted: str
    state: Any


def below(list_: HandedList) -> list[Below]:
    """The offices that rows went to, with how far each is: what the sender sees of them."""
    lists = list(queries.below(list_))
    found = queries.sums(lists)
    return [
        Below(
            short_name(one.place.name, Kind(one.place.kind)), found[one.pk]["rows"], found[one.pk]["ended"],
            moment(one.received_at), moment(one.accepted_at) if one.accepted_at else "", LIST_STATES[one.state],
        )
        for one in lists
    ]  # fmt: skip


def say(answer: Answer) -> dict[str, str]:
    """An answer in the words of the report."""
    return {
        "result": _result(answer), "checker": _by(answer),
        "checked_at": _stamp(answer.checked_at) if answer.checked_at else "", "note": _note(answer),
    }  # fmt: skip


def _result(answer: Answer) -> str:
    if answer.state in (RowState.DONE, RowState.KNOWN) and answer.outcome:
        return str(OUTCOMES[answer.outcome])
    return "" if answer.state == RowState.REMARK else str(STATES[answer.state])


def _by(answer: Answer) -> str:
    return _("%(name)s (%(post)s)") % {"name": answer.checker, "post": answer.post} if answer.post else answer.checker


def _note(answer: Answer) -> str:
    said: list[str] = []
    if answer.first:
        said.append(_("same as row %(row)d") % {"row": answer.first})
    if answer.state == RowState.ASKED and answer.outcome:
        said.append(_("last try: %(outcome)s") % {"outcome": OUTCOMES[answer.outcome]})
    if answer.channel:
        said.append(str(CHANNELS[answer.channel]))
    if answer.office:
        said.append(_("with %(office)s") % {"office": answer.office})
    if answer.reason and answer.state != RowState.REMARK:
        said.append(str(REASONS.get(answer.reason, answer.reason)))
    return listed(said)


def _stamp(at: Any) -> str:
    """A time as tables have it: 2022-04-07 15:30."""
    return f"{at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"


def as_file(list_: HandedList, kind: str) -> tuple[bytes, str, str]:
    """The report in the sender's own columns: the file, its media type and its ending."""
    report = Report(list_)
    heading, table = report.heading({field: str(word) for field, word in ANSWERS.items()}), report.body(say)
    shape = list_.shape
    if kind == "xlsx":
        sheet = shape.get("sheet") or list_.title or "1"
        return writing.workbook(heading, table, sheet, report.top()), writing.WORKBOOK, "xlsx"
    own = shape.get("kind") == "csv" and shape.get("encoding")
    written = Shape("csv", shape["encoding"], shape["separator"]) if own else None
    return writing.written(heading, table, written, report.top()), "text/csv", "csv"


def outcomes(list_: HandedList) -> Iterable[tuple[Any, int]]:
    """What came of the rows that were checked."""
    return [(OUTCOMES.get(code, "—"), number) for code, number in queries.outcomes(list_).items()]
