"""What a redrawn grid sets off: open work at its doors is offered to whoever answers for them now."""

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.places.models import Grid
from wangge.domains.work.actions import follow_grids
from wangge.domains.work.models import Task


def follow(event: Event) -> None:
    """Answer ``places.grid_redrawn``: the subject is the grid that got places."""
    grid = Grid.objects.get(uuid=subject_of(event))
    tasks = Task.objects.within(EVERYTHING).filter(door__grid=grid, state=Task.State.OPEN).select_related("door")
    follow_grids(doors=[task.door for task in tasks], by=SYSTEM, cause=event.uuid)
