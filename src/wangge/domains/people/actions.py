"""Registering people and recording a death."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from wangge.base import sealing
from wangge.base.access.actions import log_look, log_looks
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.sealing import Sealer
from wangge.domains.people import envelope
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.queries import communities_around
from wangge.domains.places.rules import HOMES, Kind


def sealed_row(
    typed: PersonInput, home: int, uuid: UUID, noted_for: UUID | None = None, *, sealer: Sealer | None = None
) -> Person:
    """A row about somebody at the home of this key, sealed and indexed, not yet written.

    ``sealer``: for the register's rows by the thousand.
    """
    seal = sealer.seal if sealer and not noted_for else partial(sealing.seal, response=noted_for)
    content = envelope.content(
        document_type=typed.document_type.value, document=typed.document, phones=typed.phones
    )  # fmt: skip
    return Person(
        uuid=uuid, name=typed.name, sex=typed.sex, birth_date=typed.birth_date, home_id=home, relation=typed.relation,
        sealed=seal(envelope.TABLE, uuid, content), noted_for=noted_for,
        **envelope.blind_indexes(typed.name, typed.birth_date, content, sealer.blind if sealer else sealing.blind),
    )  # fmt: skip


@transaction.atomic
def register_person(
    *, typed: PersonInput, home: Place, by: By, uuid: UUID | None = None, noted_for: UUID | None = None
) -> Person:
    """Add a person at a home. A document that is known already is refused: it is the same person.

    ``noted_for``: the Response for whose sake alone somebody is noted; what is noted goes with it.
    """
    if Kind(home.kind) not in HOMES:
        raise Problem("not_a_home", field="home", name=home.name)
    one = sealed_row(typed, home.pk, uuid or uuid7(), noted_for)
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError as error:
        raise Problem("document_known", field="document") from error
    record("people.registered", by=by, subject=one.uuid, place=home.uuid)
    return one


@transaction.atomic
def register_people(*, rows: Iterable[tuple[PersonInput, Place, UUID]], by: By) -> int:
    """Add many people at once, as one fact with its count; ids that are known are left as they are."""
    people = [sealed_row(typed, home.pk, uuid) for typed, home, uuid in rows]
    Person.objects.bulk_create(people, batch_size=2000, ignore_conflicts=True)
    around = [str(one) for one in communities_around({one.home_id for one in people})]
    record("people.imported", by=by, data={"count": len(people), "communities": around})
    return len(people)


@transaction.atomic
def record_death(*, person: Person, day: date, by: By) -> Person:
    """Record that somebody died. Every open call and visit to them stops (a flow answers the fact)."""
    if person.died_on:
        return person
    person.died_on = day
    person.save(update_fields=["died_on"])
    record("people.died", by=by, subject=person.uuid, place=person.home.uuid)
    return person


@transaction.atomic
def open_record(*, person: Person, reason: str, by: By, task: UUID | None = None) -> AccessLog:
    """Put on record that somebody is about to see a person's record, and why: a reason in words or an open task."""
    by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    if not reason.strip() and task is None:
        raise Problem("reason_missing", field="reason")
    why = reason.strip() or f"task:{task}"
    return log_look(by=by, kind=AccessLog.Kind.OPENED, person=person.uuid, reason=why, task=task)


@transaction.atomic
def open_records(
    *, people: Sequence[Person], reason: str, by: By, kind: AccessLog.Kind = AccessLog.Kind.OPENED
) -> None:
    """The same for many people at once, such as a page of a list: one look on each record, in one statement."""
    for one in people:
        by.need(Right.OPEN_RECORD, one.home.path, one.home.grid_id)
    if not reason.strip():
        raise Problem("reason_missing", field="purpose")
    log_looks(by=by, kind=kind, people=[one.uuid for one in people], reason=reason.strip())


@transaction.atomic
def reveal(*, person: Person, by: By) -> AccessLog:
    """Put on record that somebody is about to see the whole document and phone number of an opened record."""
    by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    return log_look(by=by, kind=AccessLog.Kind.REVEALED, person=person.uuid, reason="document and phone")
