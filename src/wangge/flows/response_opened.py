"""What opening a Response sets off. A protocol with a role for ``opening`` concerns everybody in the area at once."""

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.people.queries import in_area
from wangge.domains.protocol import queries
from wangge.domains.work.actions import put_items
from wangge.flows.consequences import door_items


def follow(event: Event) -> None:
    """Answer ``protocol.response_opened``: every person in the area is put on the list of their door, by name."""
    response = queries.response(subject_of(event))
    role = queries.in_force(response, clock.day_of(event.recorded_at)).role_on("opening")
    if role is None or response.closed_at:
        return
    people = in_area(response.area).select_related("home", "home__parent").iterator(chunk_size=2000)
    wanted = [item for person in people for item in door_items(response, person, role, "known", response.uuid)]
    put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)
