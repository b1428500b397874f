"""Named reads of cases, exposures and contacts, always within a scope."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet, under
from wangge.base.events.models import Event
from wangge.domains.cases.models import Case, Contact, Exposure
from wangge.domains.cases.rules import ExposureKind, ExposureState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response

ORDER = ("rank", "starts", "id")
UNDECIDED = (ExposureState.CANDIDATE, ExposureState.ASKED)


def case(scope: Scope, uuid: UUID) -> Case:
    """Raises Case.DoesNotExist, also outside the scope."""
    found = Case.objects.within(scope).select_related("person", "person__home", "response")
    return found.prefetch_related("response__phases").get(uuid=uuid)


def cases(scope: Scope, response: Response, *, area: Place | None = None, state: str = "") -> ScopedQuerySet[Case]:
    """The cases of a Response, the latest number first, with how much is open on each.

    ``area`` narrows to a place, ``state`` to open or withdrawn ones, or to those with candidates to be decided.
    """
    found = Case.objects.within(scope).filter(response=response).select_related("person", "person__home")
    if area:
        found = found.filter(under(area.path, "person__home"))
    if state in Case.State:
        found = found.filter(state=state)
    if state == "waiting":
        undecided = Exposure.objects.within(EVERYTHING).filter(response=response, state__in=UNDECIDED)
        found = found.filter(pk__in=undecided.values("case"))
    waiting = Q(exposures__state__in=UNDECIDED)
    confirmed = Q(exposures__state=ExposureState.CONFIRMED)
    counts: dict[str, Any] = {
        "waiting": Count("exposures", filter=waiting),
        "met": Count("exposures", filter=confirmed),
    }
    return found.annotate(**counts).order_by("-number")


def exposures(one: Case) -> ScopedQuerySet[Exposure]:
    """Everybody a case may have met, wherever they live: tracing does not stop at a district's border."""
    found = Exposure.objects.within(EVERYTHING).filter(case=one)
    found = found.select_related("person", "person__home", "place").defer("person__sealed")
    return found.order_by("kind", *ORDER)


def waiting(one: Case) -> ScopedQuerySet[Exposure]:
    """Candidates that a tracer has to decide, best first."""
    return exposures(one).filter(state__in=UNDECIDED).order_by(*ORDER)


def cut_from(one: Case) -> int:
    """How many people were met but not shown: the protocol's limit cut them. Read from the log, where it was put."""
    noted = Event.objects.filter(kind="cases.candidates_cut", subject=one.uuid).order_by("-id").first()
    return int(noted.data["cut"]) if noted else 0


def exposure(one: Case, uuid: UUID) -> Exposure:
    """Raises Exposure.DoesNotExist."""
    return exposures(one).get(uuid=uuid)


def open_case(person: Person, response: Response) -> Case | None:
    """The person's standing case in a Response."""
    return Case.objects.within(EVERYTHING).filter(person=person, response=response, state=Case.State.OPEN).first()


def met(response: Response, people: Iterable[Person]) -> ScopedQuerySet[Exposure]:
    """The confirmed exposures of these people: the reasons that stand.

    Nobody meets themselves: somebody who was listed twice can stand in one household as the case and as a contact.
    """
    found = Exposure.objects.within(EVERYTHING).filter(
        response=response, person__in=list(people), state=ExposureState.CONFIRMED
    )
    return found.exclude(case__person=F("person")).select_related("case", "via").order_by("starts", "id")


def hanging_on(found: Iterable[Exposure]) -> ScopedQuerySet[Exposure]:
    """Secondary exposures that exist only through these; what a tracer dismissed stays dismissed."""
    hanging = Exposure.objects.within(EVERYTHING).filter(via__in=list(found), kind=ExposureKind.CONTACT)
    return hanging.exclude(state=ExposureState.DISMISSED)


def held(uuid: UUID) -> Exposure:
    """An exposure for the flow that answers a decision, locked: the next decision waits until this one is followed."""
    Exposure.objects.within(EVERYTHING).select_for_update().get(uuid=uuid)
    chosen = Exposure.objects.within(EVERYTHING).select_related("person", "person__home", "case", "response")
    return chosen.get(uuid=uuid)


def contacts(scope: Scope, response: Response) -> ScopedQuerySet[Contact]:
    """The standing contacts of a Response."""
    found = Contact.objects.within(scope).filter(response=response, state=Contact.State.ACTIVE)
    return found.select_related("person", "person__home").order_by("role", "id")


def contacts_of(response: Response, people: Iterable[Person]) -> dict[int, Contact]:
    """What is noted of some people in a Response, by the person's key, standing or not."""
    found = Contact.objects.within(EVERYTHING).filter(response=response, person__in=list(people))
    return {one.person_id: one for one in found}


def people_in(response: Response, after: int) -> "QuerySet[Contact, int]":
    """The keys of the people who are contacts now, beyond a key, in order."""
    standing = Contact.objects.within(EVERYTHING).filter(response=response, state=Contact.State.ACTIVE)
    return standing.filter(person__gt=after).order_by("person").values_list("person", flat=True).distinct()


def exposures_named(uuids: Iterable[UUID]) -> dict[UUID, Exposure]:
    """Exposures by id with their case's number: an order names the meeting, never who the case is."""
    found = Exposure.objects.within(EVERYTHING).filter(uuid__in=set(uuids)).select_related("case")
    return {one.uuid: one for one in found}


def cases_named(uuids: Iterable[UUID]) -> dict[UUID, Case]:
    """Cases by id."""
    return {one.uuid: one for one in Case.objects.within(EVERYTHING).filter(uuid__in=set(uuids))}


def of_person(scope: Scope, person: Person) -> ScopedQuerySet[Exposure]:
    """Every exposure of a person, the latest first."""
    found = Exposure.objects.within(scope).filter(person=person).select_related("case", "via", "response")
    found = found.prefetch_related("response__phases")
    return found.order_by("-ends", "-id")


def contact_of(scope: Scope, person: Person) -> ScopedQuerySet[Contact]:
    """What a person's exposures make of them, in each Response."""
    return Contact.objects.within(scope).filter(person=person).select_related("response").order_by("-last_exposure")


def cases_of(scope: Scope, person: Person) -> ScopedQuerySet[Case]:
    """The cases a person was, the latest first."""
    found = Case.objects.within(scope).filter(person=person).select_related("response")
    return found.prefetch_related("response__phases").order_by("-confirmed_at", "-id")


def from_result(uuid: UUID) -> Case | None:
    """The open case that a result made."""
    found = Case.objects.within(EVERYTHING).filter(result=uuid, state=Case.State.OPEN)
    return found.select_related("person", "person__home").first()


def met_on(case: Case, person: Person, day: date) -> Exposure | None:
    """A meeting of these two on a civil day, however it was decided; one that was withdrawn is none."""
    found = Exposure.objects.within(EVERYTHING).filter(case=case, person=person)
    found = found.filter(starts__lt=clock.end_of(day), ends__gte=clock.start_of(day))
    return found.exclude(state=ExposureState.WITHDRAWN).order_by("id").first()


def cases_listed(scope: Scope, response: UUID | None = None, state: str = "") -> ScopedQuerySet[Case]:
    """Cases of a scope for a reader that goes through all of them, page by page by key."""
    found = Case.objects.within(scope).select_related("person", "person__home", "response")
    found = found.filter(response__uuid=response) if response else found
    return found.filter(state=state) if state else found


def contacts_listed(scope: Scope, response: UUID | None = None, state: str = "") -> ScopedQuerySet[Contact]:
    """Contacts of a scope, each with the confirmed exposures that make it one."""
    reasons = Exposure.objects.within(EVERYTHING).filter(state=ExposureState.CONFIRMED).order_by("id")
    reasons = reasons.select_related("case", "person", "place", "via", "response", "contact")
    found = Contact.objects.within(scope).select_related("person", "person__home", "response")
    found = found.prefetch_related(Prefetch("exposures", queryset=reasons))
    found = found.filter(response__uuid=response) if response else found
    return found.filter(state=state) if state else found


def exposures_listed(
    scope: Scope, *, response: UUID | None = None, case: UUID | None = None, state: str = ""
) -> ScopedQuerySet[Exposure]:
    """Exposures of people who live in a scope, decided or not."""
    found = Exposure.objects.within(scope)
    found = found.select_related("case", "person", "person__home", "place", "via", "response", "contact")
    found = found.filter(response__uuid=response) if response else found
    found = found.filter(case__uuid=case) if case else found
    return found.filter(state=state) if state else found
