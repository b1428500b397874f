"""Line lists in: a case's day of onset, and contacts as candidates for a tracer to decide. Nothing else is changed."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.base.receipts import actions as receipts
from wangge.base.receipts import queries as intakes
from wangge.base.receipts.actions import Became
from wangge.base.receipts.models import Intake
from wangge.domains.cases import queries
from wangge.domains.cases.actions import Found, note_onset, propose_contact
from wangge.domains.cases.linelists.reading import LineInput, read_line
from wangge.domains.cases.linelists.shapes import FORMS, KINDS, Shape
from wangge.domains.cases.models import Case
from wangge.domains.cases.rules import ExposureKind
from wangge.domains.people.models import Person
from wangge.domains.people.queries import by_document
from wangge.domains.people.queries import person as person_named
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.queries import response as response_named


@transaction.atomic
def receive_list(*, shape: Shape, name: str, content: bytes, response: Response, by: By) -> tuple[Intake, bool]:
    """Keep a list; its rows wait. The same file again is (the first intake, False). Raises Problem."""
    by.scope(Right.TRACE)
    intake, new = receipts.take_file(form=FORMS[shape], name=name, content=content, by=by, response=response.uuid)
    if new:
        count = intakes.how_many_wait(intake)
        record("cases.list_received", by=by, subject=intake.uuid, response=response.uuid, data={"rows": count})
    return intake, new


@transaction.atomic
def take_part(*, intake: Intake, limit: int, by: By, cause: UUID | None = None) -> int:
    """Take the next rows that wait; with a cause, what is left is the next fact. Returns how many still wait."""
    if intake.response is None:
        raise ValueError(f"list {intake.uuid} is about no Response")
    shape, response = KINDS[intake.kind], response_named(intake.response)
    left = receipts.work_through(intake=intake, take=lambda cells: take(shape, cells, response, by), limit=limit)
    if left and cause:
        record("cases.list_part_taken", by=by, subject=intake.uuid, cause=cause, data={"left": left})
    return left


def take(shape: Shape, cells: Mapping[str, str], response: Response, by: By) -> Became:
    """What becomes of one row."""
    if shape is Shape.GODATA_CONTACTS:
        return _contact(read_line(cells, "met"), response, by)
    line = read_line(cells, "onset")
    case = _case(line, line.uuid, response, by)
    return Became(case.uuid, line.day is not None and note_onset(case=case, day=line.day, by=by))


def _case(line: LineInput, uuid: UUID | None, response: Response, by: By) -> Case:
    """By id, else by number; a row of cases also by document."""
    scope = by.scope(Right.TRACE)
    found = queries.cases_listed(scope, response.uuid)
    case = found.filter(uuid=uuid).first() if uuid else None
    if case is None and line.number is not None:
        case = found.filter(number=line.number).first()
    if case is None and line.document and line.case is None:
        person = by_document(scope, line.document)
        case = queries.open_case(person, response) if person else None
    if case is None:
        raise Problem("case_unknown", field="id")
    return case


def _contact(line: LineInput, response: Response, by: By) -> Became:
    """A known meeting of these two is left as a tracer decided it; otherwise it is one more candidate."""
    person = _person(line, response, by)
    case = _case(LineInput(None, line.number, "", line.case, line.day), line.case, response, by)
    if line.day is None:
        raise Problem("met_when_missing", field="met")
    if known := queries.met_on(case, person, line.day):
        return Became(known.uuid, False)
    rule = in_force(response).exposures.get(ExposureKind.INTERVIEW)
    if rule is None:
        raise Problem("exposure_not_judged")
    starts = clock.start_of(line.day)
    found = Found(
        case=case, person=person, kind=ExposureKind.INTERVIEW, role=rule.role, clause=rule.clause, confirmed=False,
        starts=starts, ends=starts + timedelta(hours=24, minutes=-1),
    )  # fmt: skip
    exposure, new = propose_contact(found=found, by=by)
    return Became(exposure.uuid, new)


def _person(line: LineInput, response: Response, by: By) -> Person:
    """By the id of the contact or of the person, else by document; within the sender's places."""
    scope = by.scope(Right.TRACE)
    if line.uuid:
        contact = queries.contacts_listed(scope, response.uuid).filter(uuid=line.uuid).first()
        if contact:
            return contact.person
        try:
            return person_named(scope, line.uuid)
        except Person.DoesNotExist:
            pass
    found = by_document(scope, line.document) if line.document else None
    if found is None:
        raise Problem("contact_unknown", field="document")
    return found
