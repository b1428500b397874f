"""Counts of cases, exposures and contacts for the board."""

from dataclasses import dataclass

from django.db.models import Count

from wangge.base.access.scope import Scope
from wangge.domains.cases.models import Case, Contact, Exposure
from wangge.domains.cases.rules import ExposureState
from wangge.domains.protocol.models import Response


@dataclass(frozen=True, slots=True)
class Figures:
    """A scope's open cases, undecided exposures of people who live there, and standing contacts by role."""

    cases: int
    undecided: int
    contacts: dict[str, int]


def figures(scope: Scope, response: Response) -> Figures:
    """How many there are now: three statements, whatever the place."""
    cases = Case.objects.within(scope).filter(response=response, state=Case.State.OPEN)
    undecided = [ExposureState.CANDIDATE, ExposureState.ASKED]
    met = Exposure.objects.within(scope).filter(response=response, state__in=undecided)
    roles = Contact.objects.within(scope).filter(response=response, state=Contact.State.ACTIVE)
    by_role = roles.order_by().values_list("role").annotate(count=Count("pk")).order_by("role")
    return Figures(cases.count(), met.count(), dict(by_role))
