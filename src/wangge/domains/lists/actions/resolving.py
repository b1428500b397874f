"""A person at the desk says who a row is about, or at which door somebody new lives."""

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.lists import queries
from wangge.domains.lists.actions.sending import send_matched
from wangge.domains.lists.actions.taking import response_of
from wangge.domains.lists.inputs import again
from wangge.domains.lists.matching import Matching
from wangge.domains.lists.models import ListRow
from wangge.domains.lists.rules import DECIDABLE, RowState
from wangge.domains.people.actions import register_person
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place


@transaction.atomic
def resolve_row(*, row: ListRow, person: Person, by: By) -> ListRow:
    """Say who a row is about. In a list that was taken, they go on the list of their door unless somebody knows."""
    by.need(Right.IMPORT_RECORDS, row.list.place.path)
    by.need(Right.IMPORT_RECORDS, person.home.path, person.home.grid_id)
    one = held(row)
    weighed = _weighed(one, person)
    one.person, (one.evidence, one.against) = person, weighed
    first = queries.rows(one.list).filter(person=person, repeats__isnull=True).exclude(pk=one.pk).first()
    one.repeats = first
    one.state, one.reason = (RowState.REPEATED if first else RowState.MATCHED), ""
    one.save(update_fields=["person", "evidence", "against", "state", "reason", "repeats"])
    _record(one, by, "person")
    send_matched(list_=one.list, by=by)
    return queries.row(one.list, one.number)


@transaction.atomic
def place_row(*, row: ListRow, home: Place, by: By) -> ListRow:
    """Note somebody new at a home, for the sake of this Response alone, and send the row on.

    Raises Problem where their document is on record: it is the same person, who is to be chosen instead.
    """
    by.need(Right.IMPORT_RECORDS, home.path, home.grid_id)
    one = held(row)
    said = again(queries.content(one))
    if not said.name:
        raise Problem("row_without_name", field="home")
    response = response_of(one.list)
    person = register_person(
        typed=said.person(), home=home, by=by, uuid=derived("list_row", one.uuid), noted_for=response.uuid
    )
    return resolve_row(row=one, person=person, by=by)


def held(row: ListRow) -> ListRow:
    """A row that can still be decided, held until the transaction ends. Raises Problem."""
    held_ = ListRow.objects.within(EVERYTHING).select_for_update(of=("self",))
    one = held_.select_related("list", "list__place", "list__response").get(pk=row.pk)
    if RowState(one.state) not in DECIDABLE:
        raise Problem("row_decided_already")
    response_of(one.list)
    return one


def _weighed(row: ListRow, person: Person) -> tuple[str, str]:
    """What speaks for and against whom somebody chose, for whoever asks later why."""
    matching = Matching(EVERYTHING)
    matched = matching.match([again(queries.content(row))])[0]
    found = next((one for one in matched.verdict.candidates if one.key == person.pk), None)
    return (",".join(found.evidence), ",".join(found.against)) if found else ("", "")


def _record(row: ListRow, by: By, to: str) -> None:
    record(
        "lists.row_resolved", by=by, subject=row.list.uuid, place=row.list.place.uuid,
        response=row.list.response.uuid, data={"row": row.number, "to": to},
    )  # fmt: skip
