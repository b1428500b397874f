"""Opening and withdrawing cases; finding, deciding and adding up exposures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.cases import queries
from wangge.domains.cases.models import Case, CaseNumber, Exposure
from wangge.domains.cases.rules import STEPS, Classification, ExposureKind, ExposureState
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force


@transaction.atomic
def open_case(
    *,
    response: Response,
    person: Person,
    result: UUID,
    classification: Classification,
    infectious_from: date,
    by: By,
    cause: UUID | None = None,
) -> Case:
    """Give a confirmed infection the next number of the Response. A person has one open case; twice is once."""
    if known := queries.open_case(person, response):
        return known
    counter, _ = CaseNumber.objects.get_or_create(response=response)
    counter = CaseNumber.objects.select_for_update().get(pk=counter.pk)  # numbers are given one after the other
    counter.last += 1
    counter.save(update_fields=["last"])
    case = Case.objects.create(
        uuid=derived("case", response.uuid, person.uuid, result), response=response, number=counter.last,
        person=person, classification=classification, result=result, infectious_from=infectious_from,
        confirmed_at=clock.now(), protocol=in_force(response).key,
    )  # fmt: skip
    record(
        "cases.case_confirmed", by=by, subject=case.uuid, place=person.home.uuid, response=response.uuid, cause=cause,
        protocol=case.protocol,
        data={"number": case.number, "person": str(person.uuid), "classification": classification.value},
    )  # fmt: skip
    return case


@dataclass(frozen=True, slots=True)
class Found:
    """An exposure as a rule or a tracer found it. Its id follows from who met whom, where and when."""

    case: Case
    person: Person
    kind: ExposureKind
    role: str
    clause: str
    starts: datetime
    ends: datetime
    confirmed: bool
    place: Place | None = None
    venue: UUID | None = None
    minutes: int | None = None
    crowd: int | None = None
    rank: int = 0
    via: Exposure | None = None

    @property
    def uuid(self) -> UUID:
        # Two who live with the same person are two reasons: the one stays when the other falls.
        where = self.via.uuid if self.via else self.venue or (self.place.uuid if self.place else None)
        day = self.starts.isoformat() if self.kind in (ExposureKind.VENUE, ExposureKind.INTERVIEW) else ""
        return derived("exposure", self.case.uuid, self.person.uuid, self.kind, where, day)


@transaction.atomic
def add_exposures(*, response: Response, found: Iterable[Found], by: By, cause: UUID | None = None) -> list[Exposure]:
    """Add what was found; what is known already is left as a tracer decided it. Returns those that stand newly.

    One that had been withdrawn with the exposure it hangs on, and is found again, stands again.
    """
    by_id = {one.uuid: one for one in found}
    known = Exposure.objects.within(EVERYTHING).filter(uuid__in=list(by_id))
    states = dict(known.values_list("uuid", "state"))
    again = [uuid for uuid, state in states.items() if state == ExposureState.WITHDRAWN]
    stand = [uuid for uuid in again if by_id[uuid].confirmed]
    known.filter(uuid__in=stand).update(state=ExposureState.CONFIRMED)
    known.filter(uuid__in=set(again) - set(stand)).update(state=ExposureState.CANDIDATE)
    new = [uuid for uuid in by_id if uuid not in states]
    edition = in_force(response).key
    Exposure.objects.bulk_create((_exposure(response, uuid, by_id[uuid], edition) for uuid in new), batch_size=500)
    if new or again:
        kinds = Counter(by_id[uuid].kind.value for uuid in [*new, *again])
        record("cases.exposures_found", by=by, response=response.uuid, cause=cause, data={"kinds": dict(kinds)})
    standing = Exposure.objects.within(EVERYTHING).filter(uuid__in=[*new, *again])
    return list(standing.select_related("person", "person__home", "case"))


def _exposure(response: Response, uuid: UUID, one: Found, edition: str) -> Exposure:
    state = ExposureState.CONFIRMED if one.confirmed else ExposureState.CANDIDATE
    return Exposure(
        uuid=uuid, response=response, case=one.case, person=one.person, kind=one.kind, role=one.role, state=state,
        place=one.place, venue=one.venue, starts=one.starts, ends=one.ends, minutes=one.minutes, crowd=one.crowd,
        rank=one.rank, via=one.via, protocol=edition, clause=one.clause,
    )  # fmt: skip


def note_cut(*, case: Case, cut: int, by: By, cause: UUID) -> None:
    """Put on record how many people the protocol's limit cut from a case's candidates: nobody is dropped in silence."""
    if cut:
        record(
            "cases.candidates_cut", by=by, subject=case.uuid, place=case.person.home.uuid, response=case.response.uuid,
            cause=cause, data={"cut": cut}, uuid=derived("cut", case.uuid, cause),
        )  # fmt: skip


def look_at(*, case: Case, by: By) -> None:
    """Put on record that somebody is about to see who the case is: once in an hour, however often it is reloaded."""
    by.need(Right.TRACE, case.person.home.path, case.person.home.grid_id)
    reason, since = f"case:{case.uuid}", clock.now() - timedelta(hours=1)
    known = AccessLog.objects.filter(account=by.account, person=case.person.uuid, reason=reason, at__gte=since)
    if not known.exists():
        log_look(by=by, kind=AccessLog.Kind.OPENED, person=case.person.uuid, reason=reason)


def call(*, exposure: Exposure, by: By) -> dict[str, Any]:
    """The sealed part of somebody to be asked about a meeting; the look is on record with the case as its purpose."""
    by.need(Right.TRACE, exposure.case.person.home.path, exposure.case.person.home.grid_id)
    known = details(exposure.person)
    if not known.get("phone") or exposure.person.died_on:
        raise Problem("no_phone")
    log_look(by=by, kind=AccessLog.Kind.CALLED, person=exposure.person.uuid, reason=f"case:{exposure.case.uuid}")
    return known


@transaction.atomic
def decide(*, exposure: Exposure, state: ExposureState, by: By) -> Exposure:
    """A tracer confirms, dismisses, or notes that the person was asked. What follows is the flow's matter."""
    by.need(Right.TRACE, exposure.case.person.home.path, exposure.case.person.home.grid_id)
    if exposure.response.closed_at:
        raise Problem("response_closed")
    Exposure.objects.within(EVERYTHING).select_for_update().get(pk=exposure.pk)
    exposure.refresh_from_db(fields=["state"])
    now = ExposureState(exposure.state)
    if state is now:
        return exposure
    if state not in STEPS[now]:
        raise Problem("exposure_step", state=now.value)
    _by_the_rules_of_today(exposure, state)
    exposure.state, exposure.decided_by, exposure.decided_at = state, by.account, clock.now()
    exposure.save(update_fields=["state", "decided_by", "decided_at", "protocol", "clause", "role"])
    record(
        "cases.exposure_decided", by=by, subject=exposure.uuid, place=exposure.person.home.uuid,
        response=exposure.response.uuid, protocol=exposure.protocol, clause=exposure.clause,
        data={"state": state.value, "case": str(exposure.case.uuid), "person": str(exposure.person.uuid)},
    )  # fmt: skip
    return exposure


def _by_the_rules_of_today(exposure: Exposure, state: ExposureState) -> None:
    """A decision is made under the edition of its day, whatever the day on which the meeting was found."""
    edition = in_force(exposure.response)
    rule = edition.exposures.get(exposure.kind)
    if exposure.protocol == edition.key:
        return
    if rule:
        exposure.protocol, exposure.clause, exposure.role = edition.key, rule.clause, rule.role
    elif state is ExposureState.CONFIRMED:
        raise Problem("exposure_not_judged")


@transaction.atomic
def name_contact(*, found: Found, by: By) -> Exposure:
    """Somebody the case named in the interview, with when and how long; confirmed by the tracer who took it down."""
    _refuse_impossible(found, by)
    if found.ends > clock.now() + clock.SLACK:
        raise Problem("met_in_future", field="starts")
    new = add_exposures(response=found.case.response, found=[found], by=by)
    exposure = new[0] if new else queries.exposure(found.case, found.uuid)
    record(
        "cases.exposure_decided", by=by, subject=exposure.uuid, place=exposure.person.home.uuid,
        response=exposure.response.uuid, protocol=exposure.protocol, clause=exposure.clause,
        data={"state": exposure.state, "case": str(found.case.uuid), "person": str(exposure.person.uuid)},
    )  # fmt: skip
    return exposure


@transaction.atomic
def propose_contact(*, found: Found, by: By) -> tuple[Exposure, bool]:
    """Somebody whom another system's list names as a contact: a candidate that a tracer decides. Twice is once."""
    _refuse_impossible(found, by)
    new = add_exposures(response=found.case.response, found=[found], by=by)
    return (new[0], True) if new else (queries.exposure(found.case, found.uuid), False)


def _refuse_impossible(found: Found, by: By) -> None:
    """What makes a named meeting impossible, whoever named it."""
    by.need(Right.TRACE, found.case.person.home.path, found.case.person.home.grid_id)
    if found.case.response.closed_at:
        raise Problem("response_closed")
    if found.case.state == Case.State.WITHDRAWN:
        raise Problem("case_withdrawn")
    if found.person.pk == found.case.person_id:
        raise Problem("contact_is_the_case", field="who")
    if clock.day_of(found.starts) < found.case.infectious_from:
        raise Problem("met_before", field="starts", day=found.case.infectious_from)
    if in_force(found.case.response).role_met(found.kind) is None:
        raise Problem("exposure_not_judged")


@transaction.atomic
def note_onset(*, case: Case, day: date, by: By) -> bool:
    """Note the day of the first symptoms; True when it says something new. What follows is the tracer's matter."""
    by.need(Right.TRACE, case.person.home.path, case.person.home.grid_id)
    if case.response.closed_at:
        raise Problem("response_closed")
    if case.state == Case.State.WITHDRAWN:
        raise Problem("case_withdrawn")
    case = (
        Case.objects.within(EVERYTHING).select_for_update(of=("self",)).select_related("person__home").get(pk=case.pk)
    )
    if case.onset_on == day:
        return False
    case.onset_on = day
    case.save(update_fields=["onset_on"])
    record(
        "cases.onset_noted", by=by, subject=case.uuid, place=case.person.home.uuid, response=case.response.uuid,
        protocol=in_force(case.response).key,
    )  # fmt: skip
    return True


@transaction.atomic
def withdraw_case(*, case: Case, by: By, cause: UUID | None = None) -> list[Exposure]:
    """The case was none: its number stays taken, its exposures and what hangs on them are withdrawn, and returned."""
    if case.state == Case.State.WITHDRAWN:
        return []
    case.state, case.withdrawn_at = Case.State.WITHDRAWN, clock.now()
    case.save(update_fields=["state", "withdrawn_at"])
    gone = list(queries.exposures(case).exclude(state=ExposureState.WITHDRAWN))
    withdraw_exposures(gone)
    record(
        "cases.case_withdrawn", by=by, subject=case.uuid, place=case.person.home.uuid, response=case.response.uuid,
        cause=cause, data={"number": case.number, "exposures": len(gone)},
    )  # fmt: skip
    return gone


def withdraw_exposures(gone: Sequence[Exposure]) -> None:
    """Mark exposures as withdrawn in one statement; the caller records why."""
    ids = [one.pk for one in gone]
    Exposure.objects.within(EVERYTHING).filter(pk__in=ids).update(state=ExposureState.WITHDRAWN)
