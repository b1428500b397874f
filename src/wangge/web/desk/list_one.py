"""One row of a list beside whoever it may be about: what the file says, the candidates, who has asked already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.privacy import mask_document, mask_phone
from wangge.domains.lists import queries
from wangge.domains.lists.candidates import Candidate
from wangge.domains.lists.inputs import RowInput
from wangge.domains.lists.models import ListRow
from wangge.domains.lists.words import AGAINST, EVIDENCE, STATES
from wangge.domains.people.envelope import phones_in
from wangge.domains.people.queries import details
from wangge.domains.people.words import SEXES
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels, resolve_place
from wangge.domains.places.rules import HOMES
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.sentences import SENTENCES
from wangge.web.desk.words import moment


@dataclass(frozen=True, slots=True)
class Column:
    """Somebody on record: cells in the order of ``said``, with what speaks for and against."""

    uuid: UUID
    cells: list[str]
    evidence: list[Any]
    against: list[Any]


TERMS = ("name", "sex", "born", "document", "phone", "address")


def terms() -> list[Any]:
    return [
        pgettext("row", "Name"), _("Sex"), _("Date of birth"), pgettext("person", "Document number"),
        pgettext("person", "Phone"), pgettext("row", "Address"),
    ]  # fmt: skip


def said(row: RowInput) -> list[str]:
    """What the list says, in full: it was sent to this office."""
    address = " ".join(filter(None, row.address))
    born = row.born.isoformat() if row.born else ""
    return [row.name, str(SEXES[row.sex]), born, row.document, "、".join(row.phones), address]


def columns(found: Sequence[Candidate]) -> list[Column]:
    """The candidates, masked, with one query for all their doors."""
    doors = labels([one.person.home for one in found])
    return [_column(one, doors) for one in found]


def _column(one: Candidate, doors: dict[int, str]) -> Column:
    person, sealed = one.person, details(one.person)
    born = person.birth_date.isoformat() if person.birth_date else ""
    phones = "、".join(map(mask_phone, phones_in(sealed)))
    cells = [person.name, str(SEXES[person.sex]), born, mask_document(sealed.get("document", "")), phones,
             doors[person.home_id]]  # fmt: skip
    return Column(
        person.uuid, cells, [EVIDENCE[code] for code in one.evidence], [AGAINST[code] for code in one.against]
    )  # fmt: skip


def lines(row: RowInput, found: Sequence[Column]) -> list[tuple[Any, str, list[str]]]:
    """Term, what the list says, what each candidate's record says."""
    own = said(row)
    return [(term, own[at], [one.cells[at] for one in found]) for at, term in enumerate(terms())]


def wrong(content: dict[str, Any]) -> list[str]:
    """Cells that cannot be right, in words."""
    return [str(SENTENCES[code]) for code, _field in content.get("problems", ()) if "%" not in str(SENTENCES[code])]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The same person in another list."""

    title: str
    number: int
    state: Any
    outcome: Any
    when: str


def overlaps(row: ListRow, by: By) -> list[Overlap]:
    """Other lists that name this person, of whatever office: that somebody asked, never where."""
    scope = by.scope(Right.IMPORT_RECORDS)
    return [_overlap(one, scope) for one in queries.same_elsewhere(row)[:10]]


def _overlap(one: ListRow, scope: Scope) -> Overlap:
    title = one.list.title if scope.covers(one.list.place.path, None) else _("a list of another office")
    outcome = OUTCOMES[one.outcome] if one.outcome else ""
    at = one.checked_at or one.list.received_at
    return Overlap(title, one.number, STATES[one.state], outcome, moment(at))


def tries(row: ListRow) -> list[tuple[str, str]]:
    """Attempts of recent days to reach this person."""
    if row.person_id is None:
        return []
    return [
        (moment(one.at), f"{OUTCOMES[one.outcome]} · {CHANNELS[one.channel]}")
        for one in queries.tries(row.person_id)[:10]
    ]


@dataclass(frozen=True, slots=True)
class Door:
    """A door that an address may mean."""

    uuid: UUID
    label: str
    chosen: bool


def doors(text: str, within: Place, scope: Scope, home: Place | None) -> list[Door]:
    """The door the row's own address means, then what a search finds there."""
    found = resolve_place(text=text, within=within, kinds=HOMES) if text.strip() else None
    places = [one.place for one in found.candidates[:8]] if found else []
    places = [one for one in places if scope.covers(one.path, one.grid_id)]
    if home and home not in places:
        places.insert(0, home)
    chosen = home or (found.chosen if found else None)
    named = labels(places)
    return [Door(one.uuid, named[one.pk], one == chosen) for one in places]
