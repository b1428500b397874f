"""Cases, contacts and exposures of the people in a token's places; orders about them; tasks at their doors."""

from uuid import UUID

from ninja import Query, Router, Schema

from wangge.api.access import Caller, scope_of_any
from wangge.api.paging import Page, Paging, page
from wangge.api.people import PURPOSE
from wangge.api.shapes import CaseOut, ContactOut, ExposureOut, ReasonOut
from wangge.api.showing import Shown, local
from wangge.base.access.rights import Right
from wangge.domains.cases import queries
from wangge.domains.cases.models import Case, Contact, Exposure
from wangge.domains.cases.rules import ExposureState

router = Router(tags=["cases"])


class CaseFilter(Schema):
    response: UUID | None = None
    state: Case.State | None = None


class ContactFilter(Schema):
    response: UUID | None = None
    state: Contact.State | None = None


class ExposureFilter(Schema):
    response: UUID | None = None
    case: UUID | None = None
    state: ExposureState | None = None


@router.get("/cases", response=Page[CaseOut])
def cases(
    request: Caller, paging: Query[Paging], chosen: Query[CaseFilter], x_purpose: str | None = PURPOSE
) -> Page[CaseOut]:
    """Cases of people who live in the token's places, withdrawn ones too."""
    found = queries.cases_listed(scope_of_any(request.by, Right.TRACE), chosen.response, chosen.state or "")
    rows, further = page(found, "cases", paging)
    shown = Shown(request, [one.person for one in rows])
    return Page[CaseOut](items=[_case(one, shown) for one in rows], next=further)


@router.get("/cases/{uuid:id}", response=CaseOut)
def case(request: Caller, id: UUID, x_purpose: str | None = PURPOSE) -> CaseOut:
    """One case."""
    one = queries.case(request.by.scope(Right.TRACE), id)
    return _case(one, Shown(request, [one.person]))


def _case(one: Case, shown: Shown) -> CaseOut:
    return CaseOut(
        id=one.uuid, response=one.response.uuid, number=one.number, person=shown.of(one.person),
        classification=one.classification, state=one.state, confirmed_at=local(one.confirmed_at),
        infectious_from=one.infectious_from, onset_on=one.onset_on,
        withdrawn_at=local(one.withdrawn_at), result=one.result,
    )  # fmt: skip


@router.get("/contacts", response=Page[ContactOut])
def contacts(
    request: Caller, paging: Query[Paging], chosen: Query[ContactFilter], x_purpose: str | None = PURPOSE
) -> Page[ContactOut]:
    """Contacts who live in the token's places, each with the confirmed exposures that make it one."""
    found = queries.contacts_listed(request.by.scope(Right.TRACE), chosen.response, chosen.state or "")
    rows, further = page(found, "contacts", paging)
    shown = Shown(request, [one.person for one in rows])
    return Page[ContactOut](items=[_contact(one, shown) for one in rows], next=further)


def _contact(one: Contact, shown: Shown) -> ContactOut:
    reasons = [
        ReasonOut(
            id=why.uuid, case=why.case.uuid, kind=why.kind, role=why.role, starts=local(why.starts),
            ends=local(why.ends), decided_at=local(why.decided_at), clause=why.clause,
        )
        for why in one.exposures.all()
    ]  # fmt: skip
    return ContactOut(
        id=one.uuid, response=one.response.uuid, person=shown.of(one.person), role=one.role,
        last_exposure=one.last_exposure, state=one.state, exposures=reasons,
    )  # fmt: skip


@router.get("/exposures", response=Page[ExposureOut])
def exposures(
    request: Caller, paging: Query[Paging], chosen: Query[ExposureFilter], x_purpose: str | None = PURPOSE
) -> Page[ExposureOut]:
    """Meetings of people who live in the token's places, decided or still to be decided."""
    scope = request.by.scope(Right.TRACE)
    found = queries.exposures_listed(scope, response=chosen.response, case=chosen.case, state=chosen.state or "")
    rows, further = page(found, "exposures", paging)
    shown = Shown(request, [one.person for one in rows])
    return Page[ExposureOut](items=[_exposure(one, shown) for one in rows], next=further)


def _exposure(one: Exposure, shown: Shown) -> ExposureOut:
    return ExposureOut(
        id=one.uuid, response=one.response.uuid, case=one.case.uuid, person=shown.of(one.person),
        contact=one.contact.uuid if one.contact else None, kind=one.kind, role=one.role, state=one.state,
        place=one.place.uuid if one.place else None, venue=one.venue, starts=local(one.starts), ends=local(one.ends),
        minutes=one.minutes, via=one.via.uuid if one.via else None, decided_at=local(one.decided_at),
        clause=one.clause,
    )  # fmt: skip
