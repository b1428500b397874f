"""What a day of asking holds: a post's doors and their minutes, who beside it has room, and what visits took."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.domains.asking.models import Ask, Overflow
from wangge.domains.asking.queries.reading import costs
from wangge.domains.asking.rules import DAY_MINUTES, AskState, must_today
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import posts_answered_by
from wangge.domains.people.models import Person
from wangge.domains.work.models import Attempt, Task, TaskItem
from wangge.domains.work.rules import Channel


def _asked() -> "QuerySet[Task, Task]":
    """Open doors where nothing but asks waits, of Responses that do not save lives: the others stay where they are."""
    items = TaskItem.objects.within(EVERYTHING).filter(task=OuterRef("pk"), state=TaskItem.State.OPEN)
    saving = Ask.objects.filter(response=OuterRef("response"), state=AskState.OPEN, life_saving=True)
    found = Task.objects.within(EVERYTHING).filter(state=Task.State.OPEN, raised_to__isnull=True)
    return found.filter(Exists(items.filter(kind="ask")), ~Exists(items.exclude(kind="ask")), ~Exists(saving))


def busy_posts() -> list[Post]:
    """Posts that hold doors of asks now."""
    holding = _asked().order_by().values("post").distinct()
    return list(Post.objects.filter(pk__in=holding).select_related("place", "parent").order_by("pk"))


def waiting_of(post: Post) -> list[Task]:
    """A post's doors of asks in the order they are due; whatever their day."""
    return list(_asked().filter(post=post).select_related("door", "post", "raised_to").order_by("due_at", "door__walk"))


def minutes_of(tasks: Sequence[Task]) -> list[float]:
    """What each door takes: a call where a number is known, else a visit by kind of door."""
    known = costs()
    doors = {task.door_id for task in tasks}
    people = Person.objects.within(EVERYTHING).exclude(phone_index="").filter(died_on__isnull=True)
    called: set[int | None] = set(people.filter(home__in=doors).values_list("home", flat=True))
    called |= set(people.filter(home__parent__in=doors, home__kind="bed").values_list("home__parent", flat=True))
    return [known["phone"] if task.door_id in called else known[task.door.kind] for task in tasks]


def proposal(post: Post, doors: int, minutes: float) -> list[dict[str, Any]]:
    """Which posts of the same level beside this one have minutes left today, and how many of the doors each could
    take; the one with most room first. What none can take stays with the level above."""
    beside = Post.objects.filter(parent=post.parent_id, kind=post.kind, closed__isnull=True).exclude(pk=post.pk)
    each, left, shares = minutes / max(doors, 1), doors, []
    free = {one: DAY_MINUTES - _today(one) for one in beside}
    for one, room in sorted(free.items(), key=lambda pair: (-pair[1], pair[0].pk)):
        count = min(left, int(room // each)) if room > 0 else 0
        if count:
            shares.append({"post": str(one.uuid), "doors": count})
            left -= count
    return shares


def days_left(tasks: Sequence[Task]) -> list[int]:
    """Days until each is due, today being 1; what is late is due today."""
    today = clock.today()
    return [max(1, (clock.day_of(task.due_at) - today).days + 1) for task in tasks]


def _today(post: Post) -> float:
    tasks = waiting_of(post)
    return must_today(minutes_of(tasks), days_left(tasks))


def overflowing(one: Overflow) -> list[Task]:
    """The doors that went up with this overflow and are still there; not what a refusal or lateness sent up."""
    found = Task.objects.within(EVERYTHING).filter(
        raised_with=one.uuid, post=one.post, raised_to=one.to_post, state=Task.State.OPEN
    )
    return list(found.select_related("door", "response").order_by("due_at", "door__walk"))


def overflows(by: By) -> "QuerySet[Overflow, Overflow]":
    """What did not fit a day: of one's own posts and those below, and of all in the places where one may ask. What
    waits for a decision first, the latest day first. A post of grids alone has no place that a scope would find."""
    mine = posts_answered_by(by.account)
    about = by.scope(Right.ASK).q("post__place") | Q(post__in=mine) | Q(to_post__in=mine)
    found = Overflow.objects.filter(about).select_related("post", "to_post", "post__place")
    return found.order_by("-state", "-day", "id")


def overflow(by: By, uuid: UUID) -> Overflow:
    """Raises Overflow.DoesNotExist, also for what is not one's own."""
    return overflows(by).get(uuid=uuid)


def titles_of(found: Sequence[Overflow]) -> dict[str, str]:
    """The titles of the posts that proposals name, by uuid."""
    named = {share["post"] for one in found for share in one.proposal}
    return {str(uuid): title for uuid, title in Post.objects.filter(uuid__in=named).values_list("uuid", "title")}


def waiting(by: By) -> int:
    """How many of them wait for a decision."""
    return overflows(by).filter(state=Overflow.State.PROPOSED).count()


def tries_since(since: datetime) -> Iterator[tuple[UUID, str, datetime]]:
    """Who tried, how (phone, or the kind of door) and when, one worker after the other in the order of the day."""
    found = Attempt.objects.within(EVERYTHING).filter(at__gte=since, at__lte=clock.now(), account__isnull=False)
    rows = found.order_by("account", "at", "id").values_list("account", "channel", "task__door__kind", "at")
    for account, channel, kind, at in rows.iterator(chunk_size=2000):
        if account is not None:
            yield account, "phone" if channel == Channel.PHONE else kind, at
