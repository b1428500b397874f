"""A day's list fits a day: what exceeds a post's minutes goes up with a proposal. And what a door takes, learned."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.asking.models import Overflow, VisitCost
from wangge.domains.asking.queries import days as reads
from wangge.domains.asking.rules import DAY_MINUTES, FEWEST_WORKERS, fits, learned, must_today
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import answers_for
from wangge.domains.work.actions import levels_above, offer_tasks
from wangge.domains.work.models import Task


@transaction.atomic
def fit_days(*, by: By) -> int:
    """Once a day for each post that cannot reach its doors of asks by their days: the rest goes to the level above.

    Rounds that save lives are left out: there everybody stays listed. Returns how many posts overflowed.
    """
    made = 0
    for post in reads.busy_posts():
        made += bool(_fit(post, by))
    return made


def _fit(post: Post, by: By) -> Overflow | None:
    if Overflow.objects.filter(post=post, day=clock.today()).exists():
        return None
    tasks = reads.waiting_of(post)
    minutes, days = reads.minutes_of(tasks), reads.days_left(tasks)
    fit = fits(minutes, days, DAY_MINUTES)
    over = [task for task, reached in zip(tasks, fit, strict=True) if not reached]
    above = levels_above(over[:1]).get(over[0].pk) if over else None
    if not over or above is None:
        return None
    more = sum(one for one, reached in zip(minutes, fit, strict=True) if not reached)
    proposal = reads.proposal(post, len(over), more)
    one = Overflow.objects.create(
        post=post, to_post=above, day=clock.today(), doors=len(over),
        minutes=round(must_today(minutes, days, DAY_MINUTES)), room=DAY_MINUTES, proposal=proposal,
    )  # fmt: skip
    Task.objects.within(EVERYTHING).filter(pk__in=[task.pk for task in over]).update(
        raised_to=above, raised_at=clock.now(), raised_with=one.uuid
    )
    record(
        "asking.overflowed", by=by, subject=one.uuid, place=post.place.uuid,
        data={"doors": len(over), "minutes": one.minutes, "room": one.room, "to": str(above.uuid)},
    )  # fmt: skip
    return one


@transaction.atomic
def decide_overflow(*, overflow: Overflow, accept: bool, by: By) -> Overflow:
    """The level above takes the proposal, and the doors are offered to the posts it names; or leaves them here."""
    one = Overflow.objects.select_for_update().get(pk=overflow.pk)
    if not by.system and not answers_for(by.account, {one.to_post_id}):
        raise Problem("only_above_settles")
    if one.state != Overflow.State.PROPOSED:
        return one
    tasks = reads.overflowing(one)
    if accept:
        _offer(one, tasks, by)
    Task.objects.within(EVERYTHING).filter(pk__in=[task.pk for task in tasks]).update(
        raised_to=None, raised_at=None, raised_with=None
    )
    one.state = Overflow.State.ACCEPTED if accept else Overflow.State.KEPT
    one.decided_at, one.decided_by = clock.now(), by.account
    one.save(update_fields=["state", "decided_at", "decided_by"])
    record("asking.overflow_decided", by=by, subject=one.uuid, data={"state": one.state, "doors": one.doors})
    return one


def _offer(one: Overflow, tasks: Sequence[Task], by: By) -> None:
    start = 0
    for share in one.proposal:
        post = Post.objects.get(uuid=UUID(share["post"]))
        part = tasks[start : start + share["doors"]]
        start += share["doors"]
        if part:
            offer_tasks(tasks=part, to=post, source=one.post, by=by)


@transaction.atomic
def learn_costs(*, by: By) -> int:
    """Work out anew the minutes of a call and of a visit by kind of door, from the last fortnight's tries.

    A figure exists only where at least FEWEST_WORKERS people stand behind it; one that no longer has them is gone.
    """
    since = clock.now() - timedelta(days=14)
    found = learned(reads.tries_since(since), FEWEST_WORKERS)
    VisitCost.objects.filter(~Q(kind__in=list(found))).delete()
    for kind, (minutes, visits, workers) in found.items():
        VisitCost.objects.update_or_create(
            kind=kind, defaults={"minutes": minutes, "visits": visits, "workers": workers, "counted_at": clock.now()}
        )
    record("asking.costs_learned", by=by, data={"kinds": sorted(found)})
    return len(found)
