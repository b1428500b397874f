"""Hand-overs: open work moves to a new holder or another post when they accept it, not before."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.actions import accept
from wangge.domains.duty.models import Account, Holding, Post
from wangge.domains.duty.queries import answered_by, responsible
from wangge.domains.places.models import Place
from wangge.domains.work import tallies
from wangge.domains.work.models import HandOver, Task
from wangge.domains.work.queries import open_count


@transaction.atomic
def offer_post_work(*, holding: Holding, by: By, cause: UUID | None = None) -> HandOver | None:
    """Offer a post's open work to the person to whom the post was offered, with its count; None without any."""
    post = holding.post
    if holding.accepted_at or not open_count(post):
        return None
    handover, new = HandOver.objects.get_or_create(
        uuid=derived("handover", holding.uuid),
        defaults={
            "to_post": post, "from_post": None, "to_account": holding.account.uuid, "count": open_count(post),
            "offered_at": clock.now(),
        },
    )  # fmt: skip
    if new:
        record("work.handover_offered", by=by, subject=handover.uuid, cause=cause, data={"doors": handover.count})
    return handover


@transaction.atomic
def follow_grids(*, doors: Sequence[Place], by: By, cause: UUID | None = None) -> int:
    """After grids were redrawn: offer each open task to the post that answers for its door now. Twice is once."""
    tasks = Task.objects.within(EVERYTHING).filter(door__in=doors, state=Task.State.OPEN)
    tasks = tasks.select_related("door", "post", "handover")
    posts = responsible([task.door for task in tasks])
    moves: dict[tuple[Post, Post], list[Task]] = defaultdict(list)
    back: list[int] = []
    for task in tasks:
        offered_already = task.handover.to_post_id if task.handover else task.post_id
        post = posts.get(task.door_id)
        if post and post.pk == task.post_id:
            back.append(task.pk)  # the door came back: an offer of it to somebody else has no ground left
        elif post and post.pk != offered_already:
            moves[task.post, post].append(task)
    Task.objects.within(EVERYTHING).filter(pk__in=back).update(handover=None)
    for (old, new), moved in moves.items():
        handover = HandOver.objects.create(
            uuid=uuid7(), to_post=new, from_post=old, count=len(moved), offered_at=clock.now()
        )
        Task.objects.within(EVERYTHING).filter(pk__in=[task.pk for task in moved]).update(handover=handover)
        record("work.handover_offered", by=by, subject=handover.uuid, cause=cause, data={"doors": len(moved)})
    return sum(len(moved) for moved in moves.values())


@transaction.atomic
def offer_tasks(*, tasks: Sequence[Task], to: Post, source: Post, by: By, cause: UUID | None = None) -> HandOver:
    """Offer some open doors of one post to another; they move when its holder accepts."""
    handover = HandOver.objects.create(
        uuid=uuid7(), to_post=to, from_post=source, count=len(tasks), offered_at=clock.now()
    )
    Task.objects.within(EVERYTHING).filter(pk__in=[task.pk for task in tasks]).update(handover=handover)
    record("work.handover_offered", by=by, subject=handover.uuid, cause=cause, data={"doors": len(tasks)})
    return handover


@transaction.atomic
def accept_handover(*, handover: HandOver, account: Account, by: By) -> HandOver:
    """Take the work over. Twice is once. Only the person it was offered to, or the post's holder, can."""
    handover = HandOver.objects.select_for_update().select_related("to_post").get(pk=handover.pk)
    if handover.accepted_at:
        return handover
    for_me = handover.to_account == account.uuid if handover.to_account else (
        handover.to_post_id in answered_by(account).held
    )  # fmt: skip
    if not for_me:
        raise Problem("work_offered_to_somebody_else")
    handover.accepted_at, handover.accepted_by = clock.now(), account.uuid
    handover.save(update_fields=["accepted_at", "accepted_by"])
    if handover.from_post_id:
        _move(handover)
    record("work.handover_accepted", by=by, subject=handover.uuid, data={"doors": handover.count})
    return handover


def _move(handover: HandOver) -> None:
    moved = list(
        Task.objects.within(EVERYTHING).filter(handover=handover, state=Task.State.OPEN)
        .select_related("door", "response")
    )  # fmt: skip
    for task in moved:
        task.post, task.grid_id, task.handover = handover.to_post, task.door.grid_id, None
    Task._base_manager.bulk_update(moved, ["post", "grid", "handover"], batch_size=500)
    for response in {task.response for task in moved}:
        tallies.refresh(response, [task.door for task in moved if task.response_id == response.pk])


@transaction.atomic
def take_post(*, holding: Holding, by: By) -> Holding:
    """Accept an offered post, and with it the open work that was offered along."""
    holding = accept(holding=holding, by=by)
    for handover in HandOver.objects.filter(to_account=holding.account.uuid, to_post=holding.post_id, accepted_at=None):
        accept_handover(handover=handover, account=holding.account, by=by)
    return holding
