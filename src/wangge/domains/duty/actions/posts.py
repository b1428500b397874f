"""Making posts, offering, accepting and ending them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account, Holding, Post, PostGrid
from wangge.domains.duty.queries import still
from wangge.domains.duty.rules import PostKind
from wangge.domains.people.rules import normal_phone
from wangge.domains.places.models import Grid, Place

LOOKED_BACK = timedelta(days=3)  # the worker asks every few seconds; after an outage it looks this far back


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
    ends: datetime | None = None,
    replaces: Holding | None = None,
    uuid: UUID | None = None,
) -> Holding:
    """Offer a post to somebody. It counts once accepted; until then whoever answered before goes on answering.

    With ``ends`` it is theirs until that instant and no longer.
    """
    by.need(Right.MANAGE_POSTS, post.place.path)
    if post.closed and post.closed <= clock.today():
        raise Problem("post_closed", name=post.title)
    if not account.is_active:
        raise Problem("account_left", field="account", name=account.name)
    if Holding.objects.filter(still(), post=post, account=account).exists():
        raise Problem("holds_already", field="account", name=account.name)
    if ends and ends <= (starts or clock.now()):
        raise Problem("end_passed", field="ends")
    holding = Holding.objects.create(
        uuid=uuid or uuid7(), post=post, account=account, role=role, starts=starts or clock.now(), ends=ends,
        replaces=replaces,
    )  # fmt: skip
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
    if holding.ends is not None and holding.ends <= clock.now():
        raise Problem("offer_withdrawn")
    if holding.accepted_at:
        return holding
    holding.accepted_at = clock.now()
    holding.save(update_fields=["accepted_at"])
    if holding.replaces_id:
        # Whoever took the post over from the same holder in between goes too: one was to be replaced by one.
        taken_over = Q(pk=holding.replaces_id) | Q(replaces=holding.replaces_id, accepted_at__isnull=False)
        others = Holding.objects.filter(taken_over).filter(still()).exclude(pk=holding.pk)
        gone = list(others.select_related("account", "post__place"))
        others.update(ends=holding.accepted_at)
        for one in gone:
            _left(one, by)
    record(
        "duty.post_taken", by=by, subject=holding.post.uuid, place=holding.post.place.uuid,
        data={"holding": str(holding.uuid), "account": str(holding.account.uuid)},
    )  # fmt: skip
    return holding


@transaction.atomic
def end(*, holding: Holding, by: By) -> Holding:
    """End a holding now. The post is vacant if nobody else holds it; the level above backs it up."""
    by.need(Right.MANAGE_POSTS, holding.post.place.path)
    if holding.ends and holding.ends <= clock.now():
        return holding
    holding.ends = max(clock.now(), holding.starts)
    holding.save(update_fields=["ends"])
    _left(holding, by)
    return holding


def end_past(*, now: datetime, by: By) -> int:
    """Put on record the holdings whose end has come since they were last looked at. Access ended at that minute."""
    over = Holding.objects.filter(accepted_at__isnull=False, ends__lte=now, ends__gt=now - LOOKED_BACK)
    ids = {_left_id(holding): holding for holding in over.select_related("post__place", "account")}
    known = set(Event.objects.filter(uuid__in=ids).values_list("uuid", flat=True))
    left = [holding for uuid, holding in ids.items() if uuid not in known]
    for holding in left:
        _left(holding, by, at=holding.ends)
    return len(left)


def _left_id(holding: Holding) -> UUID:
    return derived("left", holding.uuid)


def _left(holding: Holding, by: By, at: datetime | None = None) -> None:
    """A holding ends once, whoever notices it."""
    record(
        "duty.post_left", by=by, subject=holding.post.uuid, place=holding.post.place.uuid, occurred_at=at,
        uuid=_left_id(holding), data={"holding": str(holding.uuid), "account": str(holding.account.uuid)},
    )  # fmt: skip


@transaction.atomic
def set_office_phone(*, post: Post, phone: str, by: By) -> Post:
    """The number residents are told to call; empty: the next one above, in the end 12345."""
    by.need(Right.MANAGE_POSTS, post.place.path)
    digits = normal_phone(phone)
    if digits and not 5 <= len(digits) <= 15:
        raise Problem("staff_phone_wrong", field="phone")
    if digits != post.phone:
        post.phone = digits
        post.save(update_fields=["phone"])
        record("duty.office_phone_set", by=by, subject=post.uuid, place=post.place.uuid)
    return post


def note_card_read(*, account: Account, by: By) -> None:
    """Put on record that somebody has read the card for a first shift; twice is once."""
    record("duty.card_read", by=by, subject=account.uuid, uuid=derived("card", account.uuid))
