"""What asks want at a door, and how it is best tried next, for its page."""

from wangge.base.access.rights import Right
from wangge.domains.asking.queries.doors import open_doors
from wangge.domains.asking.trying import Trying, tryings
from wangge.domains.work.models import Task
from wangge.web.access import Asked


def trying(request: Asked, task: Task) -> Trying:
    """For an open door what is asked there and how to try next; a finished one has nothing open."""
    scope = request.by.scope(Right.WORK_DOORS)
    found = open_doors(scope, [task.door]) if task.closed_at is None else {}
    return tryings(scope, [task], found)[task.pk]
