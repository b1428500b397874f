"""What moving a place sets off: open work at its doors is offered to whoever answers for them now."""

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING, under
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.places.queries import by_uuid, community_of
from wangge.domains.work.actions import follow_grids
from wangge.domains.work.models import Task
from wangge.domains.work.tallies import recount_community


def follow(event: Event) -> None:
    """Answer ``places.place_moved``."""
    place = by_uuid(subject_of(event))
    inside = Task.objects.within(EVERYTHING).filter(under(place.path, "door"), state=Task.State.OPEN)
    follow_grids(doors=[task.door for task in inside.select_related("door")], by=SYSTEM, cause=event.uuid)
    if community := community_of(place):
        recount_community(community)
