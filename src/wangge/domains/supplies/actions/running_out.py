"""What runs out is the work of the level above, by itself; what that level does not answer in time goes up again."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.duty.queries import levels_above, posts_answered_by
from wangge.domains.supplies import queries
from wangge.domains.supplies.inputs import AnswerInput
from wangge.domains.supplies.models import Shortage, Stock, Store
from wangge.domains.supplies.queries import Line

BATCH = 200
ENOUGH_FOR = timedelta(days=1)  # then it is looked at again: the figures say otherwise


@transaction.atomic
def look(*, now: datetime, by: By) -> int:
    """Work out for every stock that changed whether it runs out. Returns how many were looked at."""
    keys = queries.to_look_at(BATCH)
    if not keys:
        return 0
    stores = {
        one.pk: one for one in Store.objects.filter(pk__in={key[0] for key in keys}).select_related("place", "post")
    }
    found = queries.lines(stores.values(), now)
    open_ = {
        (one.store_id, one.item_id): one
        for one in queries.shortages(stores.values()).select_for_update(of=("self",))
    }  # fmt: skip
    for key in keys:
        _judge(stores[key[0]], found[key], open_.get(key), now, by)
        Stock.objects.filter(store=key[0], item=key[1]).update(looked_at=now)
    return len(keys)


def _judge(store: Store, line: Line, known: Shortage | None, now: datetime, by: By) -> None:
    low = line.low and store.closed_at is None
    if known and not low:
        known.ended_at = now
        known.save(update_fields=["ended_at"])
        _record("supplies.enough_again", known, store, by)
    elif low and known is None:
        _begin(store, line, now, by)
    elif known and known.days != (line.outlook.days_left or 0):
        known.days = line.outlook.days_left or 0
        known.save(update_fields=["days"])


def _begin(store: Store, line: Line, now: datetime, by: By) -> None:
    above = levels_above({store.post.pk: store.post}).get(store.post.pk, store.post)
    said = line.terms.said
    try:
        with transaction.atomic():
            one = Shortage.objects.create(
                store=store, item=line.item, days=line.outlook.days_left or 0, since=now, post=above,
                until=now + timedelta(hours=said.answer_hours), protocol=line.terms.edition, clause=said.clause,
            )  # fmt: skip
    except IntegrityError:  # another worker was quicker
        return
    _record("supplies.running_out", one, store, by)


@transaction.atomic
def answer(*, shortage: Shortage, typed: AnswerInput, by: By) -> Shortage:
    """The level above says what it does: ordered until a day, or that it is enough. Sending something needs no answer:
    it ends by itself. Raises Problem where it is over, NotAllowed for whom it is not."""
    one = Shortage.objects.select_for_update(of=("self",)).select_related("store__place", "item").get(pk=shortage.pk)
    if one.ended_at:
        raise Problem("shortage_over")
    if not (by.system or one.post_id in posts_answered_by(by.account)):
        raise NotAllowed(Right.KEEP_SUPPLIES)
    now = clock.now()
    one.answered, one.answered_at = typed.answer, now
    one.until = clock.end_of(typed.by_day) if typed.by_day else now + ENOUGH_FOR
    one.save(update_fields=["answered", "answered_at", "until"])
    _record("supplies.shortage_answered", one, one.store, by)
    return one


@transaction.atomic
def raise_late(*, now: datetime, by: By) -> int:
    """What nobody answered in time, and what was to have come by now, goes up a level; at the top it is late there
    again. Returns how many."""
    late = list(
        Shortage.objects.select_for_update(of=("self",))
        .filter(ended_at__isnull=True, until__lte=now)
        .select_related("store__place", "post__parent", "item")
        .order_by("until", "id")[:BATCH]
    )
    above = levels_above({one.pk: one.post for one in late})
    terms = queries.terms_at([one.store.place for one in late])
    for one in late:
        one.post = above.get(one.pk, one.post)
        one.until = now + timedelta(hours=terms[one.store.place_id].said.answer_hours)
        one.answered, one.answered_at = "", None
        one.save(update_fields=["post", "until", "answered", "answered_at"])
        _record("supplies.shortage_raised", one, one.store, by)
    return len(late)


@transaction.atomic
def look_at_all(*, by: By) -> int:
    """A new day: use of long ago no longer counts and lots expire, so every stock is looked at again."""
    del by
    return Stock.objects.filter(store__closed_at__isnull=True).update(looked_at=None)


def _record(kind: str, one: Shortage, store: Store, by: By) -> None:
    record(
        kind, by=by, subject=one.uuid, place=store.place.uuid, protocol=one.protocol, clause=one.clause,
        data={"item": str(one.item.uuid), "days": one.days} | ({"answer": str(one.answered)} if one.answered else {}),
    )  # fmt: skip
