"""The rows of each list, some thousands at a time: memory stays flat however long the list is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import Model

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import ScopedQuerySet
from wangge.base.privacy import mask_name
from wangge.domains.cases import queries
from wangge.domains.cases.linelists.shapes import COLUMNS, NAMELESS, Shape
from wangge.domains.cases.models import Case, Contact, Exposure
from wangge.domains.cases.rules import ExposureState
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.people.rules import age_on
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels
from wangge.domains.places.rules import community_path
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import Protocol

AT_ONCE = 2000
CODE = "LNG_REFERENCE_DATA_CATEGORY_"
GENDERS = {"male": f"{CODE}GENDER_MALE", "female": f"{CODE}GENDER_FEMALE"}
FOLLOW_UP = "LNG_REFERENCE_DATA_CONTACT_FINAL_FOLLOW_UP_STATUS_TYPE_"
DOCUMENTS = {"id_card": "NATIONAL_ID_CARD", "passport": "PASSPORT"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows of one part need: addresses and communities by home, whom the reader may name."""

    by: By
    edition: Protocol
    addresses: Mapping[int, str]
    communities: Mapping[str, Place]

    def community(self, person: Person) -> Place | None:
        return self.communities.get(community_path(person.home.path))

    def named(self, person: Person) -> bool:
        """Whether the reader may open this person's record: else the name is masked and numbers are left out."""
        return self.by.may(Right.OPEN_RECORD) and self.by.scope(Right.OPEN_RECORD).covers(
            person.home.path, person.home.grid_id
        )


def chosen(shape: Shape, by: By, response: Response) -> ScopedQuerySet[Any]:
    """What a list is made of: standing cases, contacts or confirmed exposures of people in the reader's places."""
    scope = by.scope(Right.TRACE)
    if shape is Shape.GODATA_CONTACTS:
        return queries.contacts_listed(scope, response.uuid, Contact.State.ACTIVE).order_by("pk")
    if shape is Shape.GODATA_RELATIONSHIPS:
        found = queries.exposures_listed(scope, response=response.uuid, state=ExposureState.CONFIRMED)
        return found.order_by("pk")
    return queries.cases_listed(scope, response.uuid, Case.State.OPEN).order_by("pk")


def rows(shape: Shape, by: By, response: Response) -> Iterator[list[str]]:
    """The list's rows as text, in the order of ``COLUMNS``."""
    make: Callable[[Any, Around], Row] = MAKERS[shape]
    edition = in_force(response)
    found: Iterator[Any] = chosen(shape, by, response).iterator(chunk_size=AT_ONCE)
    while part := list(islice(found, AT_ONCE)):
        around = _around(part, by, edition, shape)
        for one in part:
            row = make(one, around)
            yield [_text(row.get(name)) for name in COLUMNS[shape]]


def _around(part: Sequence[Model], by: By, edition: Protocol, shape: Shape) -> Around:
    homes = [one.person.home for one in part]  # type: ignore[attr-defined]  # each of them is about a person
    paths = {community_path(home.path) for home in homes}
    communities = {place.path: place for place in Place.objects.filter(path__in=paths)}
    addresses = {} if shape in NAMELESS else labels(homes, divisions=True)
    return Around(by, edition, addresses, communities)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _person(one: Person, around: Around) -> Row:
    named = around.named(one)
    numbers = details(one) if named else {}
    community = around.community(one)
    kind = DOCUMENTS.get(numbers.get("document_type", ""), "OTHER")
    document = str(numbers.get("document", ""))
    return {
        "firstName": one.name if named else mask_name(one.name), "gender": GENDERS.get(one.sex, ""),
        "dob": one.birth_date if named else None, "age.years": age_on(one.birth_date, clock.today()),
        "documents[1].type": f"{CODE}DOCUMENT_TYPE_{kind}" if document else "", "documents[1].number": document,
        "outcomeId": f"{CODE}OUTCOME_DECEASED" if one.died_on else "", "dateOfOutcome": one.died_on,
        "addresses[1].typeId": f"{CODE}ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE",
        "addresses[1].locationId": community.code if community else "",
        "addresses[1].addressLine1": around.addresses[one.home_id] if named else "",
        "addresses[1].phoneNumber": str(numbers.get("phone", "")),
    }  # fmt: skip


def _case(one: Case, around: Around) -> Row:
    reported = clock.day_of(one.confirmed_at)
    return _person(one.person, around) | {
        "id": one.uuid, "visualId": one.number, "type": f"{CODE}PERSON_TYPE_CASE", "dateOfReporting": reported,
        "isDateOfReportingApproximate": False, "classification": f"{CODE}CASE_CLASSIFICATION_CONFIRMED",
        "dateOfOnset": one.onset_on, "isDateOfOnsetApproximate": False if one.onset_on else None,
        "dateBecomeCase": reported,
    }  # fmt: skip


def _contact(one: Contact, around: Around) -> Row:
    met = sorted(one.exposures.all(), key=lambda it: (it.ends, it.pk))
    last = met[-1] if met else None
    start, end = follow_up(one, around.edition)
    over = end is not None and end < clock.today()
    return _person(one.person, around) | {
        "id": one.uuid, "type": f"{CODE}PERSON_TYPE_CONTACT", "dateOfLastContact": one.last_exposure,
        "dateOfReporting": clock.day_of(last.decided_at or last.case.confirmed_at) if last else None,
        "isDateOfReportingApproximate": False, "numberOfExposures": len(met),
        "followUp.startDate": start, "followUp.endDate": end,
        "followUp.status": f"{FOLLOW_UP}{'FOLLOW_UP_COMPLETED' if over else 'UNDER_FOLLOW_UP'}" if end else "",
        "relationship.id": last.uuid if last else None, "relationship.relatedId": last.case.uuid if last else None,
        "relationship.relatedPersonData.visualId": last.case.number if last else None,
        "relationship.contactDate": clock.day_of(last.ends) if last else None,
        "relationship.comment": last.kind if last else None,
    }  # fmt: skip


def follow_up(one: Contact, edition: Protocol) -> tuple[date | None, date | None]:
    """From which civil day to which (both included) the edition in force follows this role."""
    role = edition.roles.get(one.role)
    if role is None or not role.days:
        return None, None
    start = one.last_exposure + timedelta(days=role.first_day)
    return start, start + timedelta(days=role.days - 1)


def _relationship(one: Exposure, around: Around) -> Row:
    return {
        "id": one.uuid, "persons[1].type": f"{CODE}PERSON_TYPE_CASE", "persons[1].id": one.case.uuid,
        "persons[1].source": True, "persons[2].type": f"{CODE}PERSON_TYPE_CONTACT",
        "persons[2].id": one.contact.uuid if one.contact else None, "persons[2].target": True,
        "contactDate": clock.day_of(one.ends), "contactDateEstimated": False, "comment": one.kind,
    }  # fmt: skip


def _line(one: Case, around: Around) -> Row:
    community = around.community(one.person)
    return {
        "id": one.uuid, "date_onset": one.onset_on, "date_reporting": clock.day_of(one.confirmed_at),
        "date_outcome": one.person.died_on, "date_death": one.person.died_on,
        "gender": one.person.sex if one.person.sex != "unknown" else "",
        "age": age_on(one.person.birth_date, clock.today()), "location": community.name if community else "",
        "outcome": "death" if one.person.died_on else "",
    }  # fmt: skip


MAKERS: dict[Shape, Callable[[Any, Around], Row]] = {
    Shape.GODATA_CASES: _case, Shape.GODATA_CONTACTS: _contact, Shape.GODATA_RELATIONSHIPS: _relationship,
    Shape.LINELIST: _line,
}  # fmt: skip
