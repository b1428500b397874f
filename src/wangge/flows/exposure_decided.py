"""What a tracer's decision sets off: a confirmed exposure makes a contact, a dismissed one unmakes it."""

from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.cases import actions as cases
from wangge.domains.cases import queries
from wangge.domains.cases.rules import ExposureState
from wangge.domains.protocol.queries import in_force
from wangge.flows.consequences import follow_through
from wangge.flows.positive_result import secondary


def follow(event: Event) -> None:
    """Answer ``cases.exposure_decided``: those who live with the contact come with it, or are let go with it."""
    exposure = queries.held(subject_of(event))
    people = [exposure.person]
    if exposure.state == ExposureState.CONFIRMED:
        edition = in_force(exposure.response)
        people += [one.person for one in secondary([exposure], edition, event)]
    elif exposure.state in (ExposureState.DISMISSED, ExposureState.WITHDRAWN):
        hanging = list(queries.hanging_on([exposure]).select_related("person", "person__home"))
        cases.withdraw_exposures(hanging)
        people += [one.person for one in hanging]
    follow_through(exposure.response, people, event)
