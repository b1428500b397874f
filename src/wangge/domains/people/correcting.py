"""Correcting a person of the register at their request. The earlier value stays nowhere, not in the log either."""

from django.db import IntegrityError, transaction

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.people import envelope
from wangge.domains.people.actions import sealed_row
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.people.rules import DocumentType


def current(person: Person) -> PersonInput:
    """The record as it stands, in the form in which it would be typed."""
    sealed = details(person)
    first, *others = envelope.phones_in(sealed) or ("",)
    return PersonInput(
        name=person.name, sex=person.sex, birth_date=person.birth_date,
        document_type=DocumentType(sealed.get("document_type") or DocumentType.ID_CARD),
        document=sealed.get("document", ""), phone=first, other_phones=tuple(others), relation=person.relation,
    )  # fmt: skip


@transaction.atomic
def correct_person(*, person: Person, typed: PersonInput, by: By) -> list[str]:
    """Make the record say what was typed; returns the names of the fields that changed. The same twice changes none."""
    by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    row = held_row(person)
    if names := rewrite(row, typed):
        record("people.corrected", by=by, subject=row.uuid, place=row.home.uuid, data={"fields": names})
    return names


def held_row(person: Person) -> Person:
    """The person's row, locked until the transaction ends."""
    return Person.objects.within(EVERYTHING).select_for_update().select_related("home").get(pk=person.pk)


def rewrite(row: Person, typed: PersonInput) -> list[str]:
    """Seal a locked row anew; the names of what changed. Raises Problem where the document is another's."""
    before = current(row)
    names = [name for name in PersonInput.__slots__ if getattr(before, name) != getattr(typed, name)]
    if not names:
        return []
    fresh = sealed_row(typed, row.home_id, row.uuid, row.noted_for)
    columns = ["name", "sex", "birth_date", "relation", *envelope.SEALED, *envelope.BLIND]
    for column in columns:
        setattr(row, column, getattr(fresh, column))
    try:
        with transaction.atomic():
            row.save(update_fields=columns)
    except IntegrityError as error:
        raise Problem("document_known", field="document") from error
    return names
