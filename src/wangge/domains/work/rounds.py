"""Named reads of a round at doors for those who lead it: what is open and where, late and with whom, raised to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from wangge.base import clock
from wangge.base.access.scope import Scope, ScopedQuerySet
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import VERDICTS

OPEN = Q(state=Task.State.OPEN)


def doors(scope: Scope, response: Response) -> ScopedQuerySet[Task]:
    """The doors a round counts in a scope, the first due first: with who holds them and what is to be done."""
    items = TaskItem.objects.within(scope).select_related("person").order_by("person__birth_date", "person_id", "id")
    counted = Task.objects.within(scope).filter(response=response).exclude(state=Task.State.WITHDRAWN)
    chosen = counted.select_related("door", "door__parent", "post", "raised_to", "response")
    return chosen.prefetch_related(Prefetch("items", queryset=items)).order_by("due_at", "door__walk", "id")


def still_open(tasks: ScopedQuerySet[Task], *, late: bool = False, raised: bool = False) -> ScopedQuerySet[Task]:
    """Of these doors those not reached yet; only the late ones, only those sent up a level."""
    tasks = tasks.filter(OPEN)
    tasks = tasks.filter(due_at__lte=clock.now()) if late else tasks
    return tasks.filter(raised_to__isnull=False) if raised else tasks


def in_column(tasks: ScopedQuerySet[Task], column: str) -> ScopedQuerySet[Task]:
    """Of these doors those that the tally counts in one of its columns, finished ones too: the figure's own list."""
    return tasks.filter(outcome__in=[outcome.value for outcome, then in VERDICTS.items() if then.column == column])


@dataclass(frozen=True, slots=True)
class InHand:
    """How many late doors a post has in its hands."""

    post: Post
    late: int


def late_by_post(scope: Scope, response: Response) -> list[InHand]:
    """The posts that hold late doors, the most first."""
    late = Task.objects.within(scope).filter(OPEN, response=response, due_at__lte=clock.now())
    rows = list(late.order_by().values_list("post").annotate(late=Count("pk")).order_by("-late", "post"))
    posts = Post.objects.select_related("place").in_bulk([post for post, _ in rows])
    return [InHand(posts[post], count) for post, count in rows]


def raised_here(scope: Scope, response: Response, place: Place) -> dict[str, int]:
    """Open doors sent up to the posts of a place, by outcome: those "not_yet" were sent up because they are late."""
    here = Task.objects.within(scope).filter(OPEN, response=response, raised_to__place=place)
    return dict(here.order_by().values_list("outcome").annotate(count=Count("pk")).order_by("outcome"))


def raised_to(tasks: ScopedQuerySet[Task], place: Place) -> ScopedQuerySet[Task]:
    """Of these doors those sent up to the posts of a place."""
    return tasks.filter(OPEN, raised_to__place=place)


@dataclass(frozen=True, slots=True)
class People:
    """Persons with something to do for them at a door: how many, and how many have nothing open any more."""

    expected: int
    served: int


def people(scope: Scope, response: Response) -> People:
    """Person by person, where the protocol asks for each of them."""
    asked = TaskItem.objects.within(scope).filter(task__response=response, person__isnull=False)
    counted = asked.exclude(state=TaskItem.State.WITHDRAWN).aggregate(
        expected=Count("person", distinct=True),
        waiting=Count("person", distinct=True, filter=Q(state=TaskItem.State.OPEN)),
    )
    return People(counted["expected"], counted["expected"] - counted["waiting"])


def posts_of(tasks: Sequence[Task]) -> list[Post]:
    """The posts that hold these doors or to which they were sent up, each once."""
    return list({post.pk: post for task in tasks for post in (task.post, task.raised_to) if post}.values())


def in_no_grid(tasks: ScopedQuerySet[Task]) -> ScopedQuerySet[Task]:
    """Of these doors those in no grid: the tally's row without one."""
    return tasks.filter(door__grid__isnull=True)
