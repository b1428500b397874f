"""What redrawn grids set off: open work at their doors is offered to whoever answers for them now; figures follow."""

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.places.models import Grid
from wangge.domains.work.actions import follow_grids
from wangge.domains.work.models import Task
from wangge.domains.work.tallies import recount_community


def follow(event: Event) -> None:
    """Answer ``places.grid_redrawn`` and ``places.grid_closed``: the subject is the grid that got or lost places."""
    grid = Grid.objects.select_related("community").get(uuid=subject_of(event))
    open_ = Task.objects.within(EVERYTHING).filter(state=Task.State.OPEN).select_related("door")
    moved = open_.filter(door__grid=grid) | open_.filter(grid=grid)
    follow_grids(doors=[task.door for task in moved], by=SYSTEM, cause=event.uuid)
    recount_community(grid.community)
