"""Who a row may be about, for a person to decide. Only people of the office's own places are ever shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from wangge.base.access.actions import log_look, log_looks
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.domains.lists import queries
from wangge.domains.lists.inputs import again
from wangge.domains.lists.matching import Matching
from wangge.domains.lists.models import ListRow
from wangge.domains.lists.rules import Against, Evidence, Known, weigh
from wangge.domains.people.models import Person
from wangge.domains.people.queries import find
from wangge.domains.people.rules import normal_name

MOST = 4  # beside each other


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on record with what speaks for and against."""

    person: Person
    evidence: tuple[Evidence, ...]
    against: tuple[Against, ...]


def candidates(row: ListRow, by: By) -> list[Candidate]:
    """The best of those the row has something in common with, then people of the same name. Within the scope."""
    scope, said = by.scope(Right.IMPORT_RECORDS), again(queries.content(row))
    matching = Matching(scope)
    matched = matching.match([said])[0]
    found = [
        Candidate(matching.people[one.key], one.evidence, one.against)
        for one in matched.verdict.candidates
        if one.inside and not (one.evidence == (Evidence.ADDRESS,) and Against.OTHER_NAME in one.against)
    ]
    known = {one.person.pk for one in found}
    if said.name:
        plain = matching.said(said, matched.where)
        for one in find(scope, said.name)[:MOST]:
            if one.pk not in known and normal_name(one.name) == plain.name:
                weighed = weigh(plain, _known(one))
                found.append(Candidate(one, weighed.evidence, weighed.against))
    return found[:MOST]


def _known(one: Person) -> Known:
    phones = frozenset(index for index in (one.phone_index, one.other_phone_index) if index)
    return Known(
        one.pk, normal_name(one.name), one.document_index, phones, one.birth_date, one.home_id, True,
        one.died_on is not None,
    )  # fmt: skip


def log_row(row: ListRow, shown: Sequence[Candidate], by: By) -> None:
    """Put on record that somebody looks at a row in full, and at the records beside it."""
    why = f"list:{row.list.uuid}"
    people: set[UUID] = {one.person.uuid for one in shown}
    if people:
        log_looks(by=by, kind=AccessLog.Kind.OPENED, people=sorted(people), reason=why)
    else:
        log_look(by=by, kind=AccessLog.Kind.OPENED, person=None, reason=why)
