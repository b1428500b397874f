"""Named reads of work, always within a scope or an account's own posts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Substr

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet, under
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import answered_by, chains_of
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import COMMUNITY_LEVEL, SEGMENT
from wangge.domains.protocol.models import Response
from wangge.domains.work.models import Attempt, HandOver, Task, TaskItem


def _with_items(tasks: ScopedQuerySet[Task], scope: Scope) -> ScopedQuerySet[Task]:
    items = TaskItem.objects.within(scope).select_related("person").order_by("due_at", "id")
    return tasks.select_related("door", "door__parent", "post", "raised_to", "response").prefetch_related(
        Prefetch("items", queryset=items)
    )


def mine(account: Account) -> ScopedQuerySet[Task]:
    """What an account's posts have to do now, late and raised work included, in walking order."""
    posts = answered_by(account).all
    tasks = Task.objects.within(EVERYTHING).filter(Q(post__in=posts) | Q(raised_to__in=posts), state=Task.State.OPEN)
    return _with_items(tasks, EVERYTHING).order_by("door__walk", "id")


def is_mine(account: Account, task: Task) -> bool:
    """Whether one of the account's posts answers for the task now."""
    posts = answered_by(account).all
    return task.post_id in posts or task.raised_to_id in posts


def closed_today(account: Account) -> ScopedQuerySet[Task]:
    """What the account's posts finished since midnight."""
    posts = answered_by(account).all
    since = clock.start_of(clock.today())
    tasks = Task.objects.within(EVERYTHING).filter(post__in=posts, state=Task.State.CLOSED, closed_at__gte=since)
    return _with_items(tasks, EVERYTHING).order_by("-closed_at", "id")


def figures_of(account: Account) -> dict[str, int]:
    """The tabs of today's list: open, late, sent up, finished today."""
    posts = answered_by(account).all
    now, midnight = clock.now(), clock.start_of(clock.today())
    open_ = Q(state=Task.State.OPEN)
    tasks = Task.objects.within(EVERYTHING).filter(Q(post__in=posts) | Q(raised_to__in=posts))
    return tasks.aggregate(
        open=Count("pk", filter=open_),
        late=Count("pk", filter=open_ & Q(due_at__lte=now)),
        raised=Count("pk", filter=open_ & Q(raised_to__isnull=False)),
        closed=Count("pk", filter=Q(state=Task.State.CLOSED, closed_at__gte=midnight, post__in=posts)),
    )


#: How long the paths are of what people name a door by: compound or hamlet, building or yard's lane, unit.
AROUND = tuple(SEGMENT * level for level in range(COMMUNITY_LEVEL + 1, COMMUNITY_LEVEL + 4))


def in_places_named(tasks: ScopedQuerySet[Task], text: str) -> ScopedQuerySet[Task]:
    """Narrow a list to doors whose own name contains the text, or the name of what is around them."""
    around = Q(pk__in=())
    for length in AROUND:
        around |= Q(path=Substr(OuterRef("door__path"), 1, length))
    return tasks.filter(Q(door__name__contains=text) | Exists(Place.objects.filter(around, name__contains=text)))


def settlers(task: Task) -> set[int]:
    """The posts that can end what was sent up: every level it has passed, so that none waits for one too high."""
    if (raised := task.raised_to_id) is None:
        return set()
    line = chains_of([task.post])[task.post_id][1:]
    return set(line[: line.index(raised) + 1]) if raised in line else {raised}


def settles(account: Account, task: Task) -> bool:
    """Whether this account is a level above that the task has passed, and can end it."""
    posts = answered_by(account)
    return bool(settlers(task) & posts.all) and task.post_id not in posts.held


def task(scope: Scope, uuid: UUID) -> Task:
    """Raises Task.DoesNotExist, also outside the scope."""
    return _with_items(Task.objects.within(scope), scope).get(uuid=uuid)


def door_of_task(uuid: UUID) -> Task:
    """A task wherever it is now, with its door alone. Raises Task.DoesNotExist."""
    return Task.objects.within(EVERYTHING).select_related("door", "response").get(uuid=uuid)


def attempts(task: Task) -> QuerySet[Attempt]:
    """Every try at this task, the latest first."""
    return Attempt.objects.within(EVERYTHING).filter(task=task).order_by("-at", "-id")


def visits_to(scope: Scope, person: Person) -> ScopedQuerySet[Attempt]:
    """Every try to reach a person, by name or with everybody behind the door; the latest first."""
    for_all = Q(person__isnull=True, task__items__person=person)
    found = Attempt.objects.within(scope).filter(Q(person=person) | for_all).distinct()
    return found.select_related("task").order_by("-at", "-id")


def in_building(account: Account, place: Place) -> ScopedQuerySet[Task]:
    """The open tasks of an account in one building, hamlet or site: a door sheet."""
    return mine(account).filter(under(place.path, "door"))


def not_reached(scope: Scope, response: Response, place: Place) -> ScopedQuerySet[Task]:
    """Doors of an area whose task is still open, late ones first: with who holds them."""
    tasks = Task.objects.within(scope).filter(under(place.path, "door"), response=response, state=Task.State.OPEN)
    return tasks.select_related("door", "post", "raised_to").order_by("due_at", "door__walk")


def overdue(now: datetime) -> ScopedQuerySet[Task]:
    """Open tasks past their deadline that can still go up a level."""
    higher = Q(raised_to__isnull=True, post__parent__isnull=False) | Q(raised_to__parent__isnull=False)
    late = Task.objects.within(EVERYTHING).filter(higher, state=Task.State.OPEN, due_at__lte=now)
    chosen = late.select_related("post", "post__parent", "raised_to", "raised_to__parent", "door", "response")
    return chosen.prefetch_related("response__phases")


def items_of(people: Iterable[Person], response: Response) -> ScopedQuerySet[TaskItem]:
    """What is or was to be done at doors for some people, what was taken back left out, with how each door stands."""
    items = TaskItem.objects.within(EVERYTHING).filter(task__response=response, person__in=list(people))
    return items.exclude(state=TaskItem.State.WITHDRAWN).select_related("task").order_by("due_at", "id")


def open_items(cause: Sequence[UUID]) -> ScopedQuerySet[TaskItem]:
    """What is still to do because of these causes."""
    items = TaskItem.objects.within(EVERYTHING).filter(cause__in=cause, state=TaskItem.State.OPEN)
    return items.select_related("task", "task__door", "task__response")


def done_kinds(causes: Sequence[UUID]) -> set[str]:
    """The kinds of thing that were done at doors because of these causes."""
    items = TaskItem.objects.within(EVERYTHING).filter(cause__in=causes, state=TaskItem.State.DONE)
    return set(items.values_list("kind", flat=True))


def was_told(response: Response, person: Person) -> bool:
    """Whether somebody spoke to this person about anything in this Response."""
    items = TaskItem.objects.within(EVERYTHING).filter(task__response=response, person=person)
    return items.filter(state=TaskItem.State.DONE).exists()


def offered(account: Account) -> QuerySet[HandOver]:
    """Hand-overs that wait for this account: to it by name, or to a post it holds."""
    held = answered_by(account).held
    waiting = HandOver.objects.filter(accepted_at__isnull=True)
    named = Q(to_account=account.uuid) | Q(to_account__isnull=True, to_post__in=held)
    return waiting.filter(named).select_related("to_post", "from_post")


def open_count(post: Post) -> int:
    """How many doors are open in a post's hands."""
    return Task.objects.within(EVERYTHING).filter(post=post, state=Task.State.OPEN).count()


def buildings(tasks: ScopedQuerySet[Task]) -> list[tuple[Place, int]]:
    """The buildings, hamlets or sites in which these tasks lie, with how many, in walking order."""
    open_here = tasks.order_by().values("door__path")
    paths = {row["door__path"] for row in open_here}
    holders = Place.objects.filter(path__in={path[:end] for path in paths for end in range(4, len(path), 4)})
    wanted = holders.filter(kind__in=["building", "hamlet", "site"]).order_by("walk")
    return [(place, sum(path.startswith(place.path) for path in paths)) for place in wanted]


def people_waiting(response: Response) -> int:
    """People with something open at their door."""
    counted = TaskItem.objects.within(EVERYTHING).filter(
        task__response=response, state=TaskItem.State.OPEN, person__isnull=False
    )
    return counted.aggregate(people=Count("person", distinct=True))["people"] or 0


def listed(scope: Scope, response: UUID | None = None, state: str = "") -> ScopedQuerySet[Task]:
    """Tasks of a scope for a reader that goes through all of them, page by page by key."""
    found = _with_items(Task.objects.within(scope), scope).select_related("grid")
    found = found.filter(response__uuid=response) if response else found
    return found.filter(state=state) if state else found
