"""Making posts, offering, accepting and ending them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account, Holding, Post, PostGrid
from wangge.domains.duty.rules import PostKind
from wangge.domains.places.models import Grid, Place


@transaction.atomic
def create_post(
    *,
    kind: PostKind,
    title: str,
    place: Place,
    by: By,
    parent: Post | None = None,
    grids: Iterable[Grid] = (),
    uuid: UUID | None = None,
) -> Post:
    """Make a seat. With grids it answers for these, otherwise for its whole place."""
    by.need(Right.MANAGE_POSTS, place.path)
    post = Post.objects.create(
        uuid=uuid or uuid7(), kind=kind, title=title, place=place, parent=parent, opened=clock.today()
    )
    PostGrid.objects.bulk_create(PostGrid(post=post, grid=grid) for grid in grids)
    record("duty.post_created", by=by, subject=post.uuid, place=place.uuid, data={"kind": kind.value})
    return post


@transaction.atomic
def offer(
    *,
    post: Post,
    account: Account,
    by: By,
    role: Holding.Role = Holding.Role.HOLDER,
    starts: datetime | None = None,
    replaces: Holding | None = None,
    uuid: UUID | None = None,
) -> Holding:
    """Offer a post to somebody. It counts once accepted; until then whoever answered before goes on answering."""
    by.need(Right.MANAGE_POSTS, post.place.path)
    if post.closed and post.closed <= clock.today():
        raise Problem("post_closed", name=post.title)
    if not account.is_active:
        raise Problem("account_left", field="account", name=account.name)
    if Holding.objects.filter(post=post, account=account, ends__isnull=True).exists():
        raise Problem("holds_already", field="account", name=account.name)
    holding = Holding.objects.create(
        uuid=uuid or uuid7(), post=post, account=account, role=role, starts=starts or clock.now(), replaces=replaces
    )
    record(
        "duty.post_offered", by=by, subject=post.uuid, place=post.place.uuid,
        data={"holding": str(holding.uuid), "account": str(account.uuid), "role": role.value},
    )  # fmt: skip
    return holding


@transaction.atomic
def accept(*, holding: Holding, by: By) -> Holding:
    """Take a post over. The holding it replaces ends at this instant. Accepting twice is accepting once."""
    holding = Holding.objects.select_for_update().select_related("post", "post__place", "account").get(pk=holding.pk)
    if not by.system and by.account != holding.account.uuid:
        raise Problem("offered_to_somebody_else")
    if holding.ends is not None:
        raise Problem("offer_withdrawn")
    if holding.accepted_at:
        return holding
    holding.accepted_at = clock.now()
    holding.save(update_fields=["accepted_at"])
    if holding.replaces_id:
        # Whoever took the post over from the same holder in between goes too: one was to be replaced by one.
        taken_over = Q(pk=holding.replaces_id) | Q(replaces=holding.replaces_id, accepted_at__isnull=False)
        others = Holding.objects.filter(taken_over, ends__isnull=True).exclude(pk=holding.pk)
        others.update(ends=holding.accepted_at)
    record(
        "duty.post_taken", by=by, subject=holding.post.uuid, place=holding.post.place.uuid,
        data={"holding": str(holding.uuid), "account": str(holding.account.uuid)},
    )  # fmt: skip
    return holding


@transaction.atomic
def end(*, holding: Holding, by: By) -> Holding:
    """End a holding now. The post is vacant if nobody else holds it; the level above backs it up."""
    by.need(Right.MANAGE_POSTS, holding.post.place.path)
    if holding.ends:
        return holding
    holding.ends = max(clock.now(), holding.starts)
    holding.save(update_fields=["ends"])
    record(
        "duty.post_left", by=by, subject=holding.post.uuid, place=holding.post.place.uuid,
        data={"holding": str(holding.uuid), "account": str(holding.account.uuid)},
    )  # fmt: skip
    return holding
