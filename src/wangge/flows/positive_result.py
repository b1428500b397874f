"""What a test result sets off, top to bottom.

    first-screen positive   stay in place, re-test with a deadline, a call that explains            protect
    confirmed by re-test    a case with the city's next number                                      confirm
                            who lives in the household, or sleeps in the room                       household
                            who was at the same venues at the same time: candidates for a tracer    co_present
                            who lives with a close contact                                          secondary
                            for all of them: one order each with every reason, tests by protocol
                            day, one task per door                                                  follow_through
    negative re-test        the protective steps end, and somebody says so                          follow_through

Each step works from the facts that stand, so the whole may be repeated. Undone by ``result_withdrawn.py``.
"""

from collections.abc import Iterable
from datetime import timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.cases import actions as cases
from wangge.domains.cases.actions import Found
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.cases.rules import Classification, ExposureKind
from wangge.domains.people.models import Person
from wangge.domains.people.queries import living_with, whose
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import ExposureRule, Protocol
from wangge.domains.testing import queries as testing
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose, Value
from wangge.domains.venues import queries as venues
from wangge.domains.work.actions import finish_items
from wangge.flows.consequences import follow_through


def follow(event: Event) -> None:
    """Answer ``testing.result_recorded``."""
    result = testing.held(subject_of(event))
    if result.state != TestResult.State.VALID:
        return  # withdrawn meanwhile: result_withdrawn undoes it
    finish_items(causes=testing.fulfilled_by(result), by=SYSTEM, cause=event.uuid)
    if result.purpose == Purpose.RETEST and result.value == Value.POSITIVE:
        confirm(result, event)
    else:
        protect(result, event)


def protect(result: TestResult, event: Event) -> None:
    """A first screen starts protective steps only; a negative re-test ends them. Both follow from the reasons."""
    follow_through(result.response, [result.person], event)


def confirm(result: TestResult, event: Event) -> None:
    """The person is a case; everybody it concerns is found, and followed through."""
    edition = in_force(result.response)
    if edition.role_on("case") is None:
        return  # the edition that began meanwhile gives nobody a role
    first_sign = clock.day_of(result.collected_at) - timedelta(days=edition.lookback_days)
    case = cases.open_case(
        response=result.response, person=result.person, result=result.uuid, infectious_from=first_sign, by=SYSTEM,
        classification=Classification.CONFIRMED if result.symptoms else Classification.ASYMPTOMATIC, cause=event.uuid,
    )  # fmt: skip
    trace(case, edition, event)


def trace(case: Case, edition: Protocol, event: Event) -> None:
    """Find everybody a case may have met, and follow through for those the protocol decides by itself."""
    found = cases.add_exposures(
        response=case.response, found=[*household(case, edition), *co_present(case, edition, event)], by=SYSTEM,
        cause=event.uuid,
    )  # fmt: skip
    close = [one for one in found if one.state == "confirmed"]
    further = secondary(close, edition, event)
    follow_through(case.response, [case.person, *(one.person for one in [*close, *further])], event)


def household(case: Case, edition: Protocol) -> Iterable[Found]:
    """The household, or the room of a dormitory: exposed from the first infectious day until now."""
    kind = ExposureKind.ROOM if case.person.home.kind == Kind.BED else ExposureKind.HOUSEHOLD
    rule = edition.exposures.get(kind)
    place = case.person.home.parent if kind is ExposureKind.ROOM else case.person.home
    for person in living_with(case.person) if rule else ():
        yield _found(
            case, person, rule, starts=clock.start_of(case.infectious_from), ends=case.confirmed_at, place=place
        )


def co_present(case: Case, edition: Protocol, event: Event) -> Iterable[Found]:
    """Who checked in at the same venues at overlapping times: ranked, capped, and never more than candidates."""
    rule = edition.exposures.get(ExposureKind.VENUE)
    if not rule or not edition.stays:
        return
    ranked = venues.ranked_for(
        person=case.person_id, first_day=case.infectious_from, last_day=clock.day_of(case.confirmed_at),
        stays=edition.stays, cap=edition.candidates_cap,
    )  # fmt: skip
    cases.note_cut(case=case, cut=ranked.cut, by=SYSTEM, cause=event.uuid)
    people = Person.objects.within(EVERYTHING).in_bulk({one.person for one in ranked.candidates if one.person > 0})
    # Who came with a number that the register does not know is called from the case's page: `trace/visitors.py`.
    people |= {met.key: known for met in venues.visitors_met(ranked) if (known := whose(met.phone))}
    places = venues.by_key({one.venue for one in ranked.candidates})
    for one in ranked.candidates:
        if (person := people.get(one.person)) and person.died_on is None and person.pk != case.person_id:
            yield _found(
                case, person, rule, starts=one.starts, ends=one.starts + timedelta(minutes=one.minutes),
                venue=places[one.venue].uuid, minutes=one.minutes, crowd=one.crowd, rank=one.rank,
            )  # fmt: skip


def secondary(close: Iterable[Exposure], edition: Protocol, event: Event) -> list[Exposure]:
    """Who lives with a close contact, from the day of that contact on; not the case, nor the contacts themselves."""
    rule = edition.exposures.get(ExposureKind.CONTACT)
    close = [one for one in close if one.kind != ExposureKind.CONTACT]
    themselves = {one.person_id for one in close} | {one.case.person_id for one in close}
    found = [
        _found(one.case, person, rule, starts=one.ends, ends=max(one.ends, clock.now()), place=one.person.home, via=one)
        for one in close
        for person in (living_with(one.person) if rule else ())
        if person.pk not in themselves
    ]
    if not found:
        return []
    return cases.add_exposures(response=found[0].case.response, found=found, by=SYSTEM, cause=event.uuid)


def _found(case: Case, person: Person, rule: ExposureRule | None, **rest: object) -> Found:
    if rule is None:
        raise LookupError("the protocol does not know this exposure")
    return Found(
        case=case, person=person, kind=ExposureKind(rule.kind), role=rule.role, clause=rule.clause,
        confirmed=not rule.by_tracer, **rest,  # type: ignore[arg-type]
    )  # fmt: skip
