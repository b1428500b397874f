"""The outbox: rows are claimed, handed over outside any transaction, and what came of it is noted.

Killed in between, a claim's lease ends and the same rows go out again under the same id: the gateway has them once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce

from wangge.base import bulk, clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING, ScopedQuerySet
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.domains.messages.composing import Parcel
from wangge.domains.messages.models import ChannelSign, Dispatch, Message
from wangge.domains.messages.rules import (
    PATIENCE_LIFE,
    UNCONFIRMED,
    Channel,
    State,
    Why,
    after_failure,
    quiet,
    rate_wait,
)

LEASE = timedelta(minutes=3)
TOGETHER = 40  # messages to one phone that go out as one at most
DOWN = 3  # failures in a row from which a gateway counts as down
REST = timedelta(seconds=30)  # and is asked again
WAITED = {True: timedelta(minutes=PATIENCE_LIFE), False: timedelta(minutes=30)}


def _ready(now: datetime, resting: Iterable[str]) -> "Q":
    ready = Q(state=State.QUEUED, not_before__lte=now) | Q(state=State.SENDING, lease_until__lt=now)
    start, end = settings.WANGGE_QUIET_HOURS
    if start != end and quiet(now.astimezone(clock.LOCAL).hour, start, end):
        ready &= Q(life_saving=True)
    return ready & ~Q(channel__in=list(resting))


def claim(limit: int) -> list[Message]:
    """Claim what may go out now, oldest first, and whatever else waits for the same phone: it goes as one.

    A phone that was told enough within the hour is left alone until the hour is over; lives do not wait.
    """
    now, resting = clock.now(), resting_channels()
    rows = Message.objects.within(EVERYTHING).filter(_ready(now, resting), response__closed_at__isnull=True)
    if not rows.exists():  # looked at every second: the database's one writer is not stopped for nothing
        return []
    with transaction.atomic():
        return _claimed(rows, limit, now)


def _claimed(rows: "ScopedQuerySet[Message]", limit: int, now: datetime) -> list[Message]:
    first = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("not_before", "id")[:limit])
    if not first:
        return []
    holders = {one.via_id for one in first if one.parcel is None and one.via_id}
    known = {one.parcel for one in first if one.parcel}
    beside = Q(via__in=holders, parcel__isnull=True) | Q(parcel__in=known)
    more = rows.filter(beside).exclude(pk__in=[one.pk for one in first])
    all_rows = first + list(more.select_for_update(skip_locked=True, of=("self",)).order_by("id")[: limit * 2])
    mine = _without_held(all_rows, now)
    _into_parcels(mine)
    for one in mine:
        one.state, one.lease_until = State.SENDING, now + LEASE
    bulk.update(mine, ("state", "lease_until", "parcel"))
    return list(
        Message.objects.within(EVERYTHING)
        .filter(pk__in=[one.pk for one in mine])
        .select_related("person", "via", "dispatch", "response")
        .order_by("id")
    )


def _without_held(rows: Sequence[Message], now: datetime) -> list[Message]:
    """Rows whose phone may ring now; the others wait for their hour."""
    holders = {one.via_id for one in rows if one.via_id}
    lately = Message.objects.within(EVERYTHING).filter(via__in=holders, sent_at__gt=now - timedelta(hours=1))
    counts = {
        row["via"]: (row["sent"], row["oldest"])
        for row in lately.order_by().values("via").annotate(
            sent=Count("parcel", distinct=True), oldest=Min("sent_at")
        )
    }  # fmt: skip
    held: dict[timedelta, list[int]] = defaultdict(list)
    free = []
    for one in rows:
        wait = rate_wait(*counts.get(one.via_id or 0, (0, None)), now)
        if wait and not one.life_saving and one.parcel is None:
            held[wait].append(one.pk)
        else:
            free.append(one)
    for wait, keys in held.items():
        Message.objects.within(EVERYTHING).filter(pk__in=keys).update(not_before=now + wait)
    return free


def _into_parcels(rows: Iterable[Message]) -> None:
    """Rows for one phone by one way become one parcel; those that were one already stay that one."""
    open_: dict[tuple[int, str], tuple[UUID, int]] = {}
    for one in rows:
        if one.parcel is not None:
            continue
        key = (one.via_id or -one.person_id, one.channel)
        uuid, count = open_.get(key, (uuid7(), 0))
        if count >= TOGETHER:
            uuid, count = uuid7(), 0
        open_[key] = uuid, count + 1
        one.parcel = uuid


@dataclass(frozen=True, slots=True)
class Result:
    """What came of handing a parcel over."""

    parcel: Parcel
    why: Why


@transaction.atomic
def note_results(results: Sequence[Result]) -> None:
    """Write down what came of a batch. Rows that somebody confirmed or stopped meanwhile stay as they are."""
    now = clock.now()
    whys = {key: one.why for one in results for key in one.parcel.rows}
    rows = Message.objects.within(EVERYTHING).filter(pk__in=whys, state=State.SENDING)
    changed = list(rows.select_for_update().order_by("id"))
    for one in changed:
        _note(one, whys[one.pk], now)
    bulk.update(changed, ("state", "why", "failures", "parcel", "not_before", "lease_until", "sent_at"))
    by_channel: dict[Channel, list[Why]] = defaultdict(list)
    for result in results:
        by_channel[result.parcel.channel].append(result.why)
    for channel, found in by_channel.items():
        note_sign(channel.value, found)


def _note(one: Message, why: Why, now: datetime) -> None:
    one.lease_until = None
    if why is Why.NONE:
        one.state, one.why, one.sent_at = State.SENT, Why.NONE, now
        return
    _fail(one, why, now)


def _fail(one: Message, why: Why, now: datetime) -> None:
    """One failure more: again later, or the call list."""
    one.failures, one.why = one.failures + 1, why
    then = after_failure(why, one.failures, life_saving=one.life_saving)
    one.state = State.CALLS if then.calls else State.QUEUED
    one.not_before = now if then.calls else now + then.wait
    one.parcel = None if then.calls or then.anew else one.parcel


@transaction.atomic
def note_sign(name: str, found: Sequence[Why]) -> None:
    """How a gateway did in a batch. Down and up again are facts of the log."""
    tried = [why for why in found if why is not Why.NO_GATEWAY]
    if not tried:
        return
    sign, _new = ChannelSign.objects.select_for_update().get_or_create(name=name)
    was_down = sign.failures >= DOWN
    if any(why is not Why.UNAVAILABLE for why in tried):  # it answered, if only that there is no such number
        sign.ok_at, sign.failures, sign.reason = clock.now(), 0, ""
    else:
        sign.failed_at, sign.failures, sign.reason = clock.now(), sign.failures + len(tried), Why.UNAVAILABLE.value
    sign.save()
    if was_down != (sign.failures >= DOWN):
        record("messages.channel_up" if was_down else "messages.channel_down", by=SYSTEM, data={"channel": name})


def is_down(sign: ChannelSign | None) -> bool:
    return sign is not None and sign.failures >= DOWN


def resting_channels() -> list[str]:
    """Gateways that are down and were asked just now."""
    return list(
        ChannelSign.objects.filter(failures__gte=DOWN, failed_at__gt=clock.now() - REST).values_list("name", flat=True)
    )


@transaction.atomic
def sweep(*, by: By) -> int:
    """What has waited too long falls to the call list by itself: for a gateway that is down, or for an answer."""
    now = clock.now()
    down = list(ChannelSign.objects.filter(failures__gte=DOWN).values_list("name", flat=True))
    rows = Message.objects.within(EVERYTHING).filter(response__closed_at__isnull=True)
    late = Q(pk__in=())
    for life_saving, patience in WAITED.items():
        late |= Q(life_saving=life_saving, not_before__lt=now - patience)
    waiting = rows.filter(late, state=State.QUEUED, channel__in=down)
    keys = list(waiting.values_list("pk", flat=True)) if down else []
    fallen = {Why.UNAVAILABLE: _fall(keys, Why.UNAVAILABLE, now)}
    fallen[Why.UNCONFIRMED] = _fall(_silent(now), Why.UNCONFIRMED, now)
    for why, number in fallen.items():
        if number:
            record("messages.fell_to_calls", by=by, data={"why": why.value, "messages": number})
    return sum(fallen.values())


def _silent(now: datetime) -> list[int]:
    """Messages that were sent, and whose template's time for an answer is over."""
    asking = Dispatch.objects.filter(
        confirm_minutes__gt=0, response__closed_at__isnull=True, made_at__gt=now - timedelta(days=3)
    )
    found: list[int] = []
    for minutes in asking.order_by().values_list("confirm_minutes", flat=True).distinct():
        rows = Message.objects.within(EVERYTHING).filter(
            dispatch__in=list(asking.filter(confirm_minutes=minutes).values_list("pk", flat=True)),
            state__in=UNCONFIRMED, sent_at__lt=now - timedelta(minutes=minutes),
        )  # fmt: skip
        found += rows.values_list("pk", flat=True)[:5000]
    return found


def _fall(keys: Sequence[int], why: Why, now: datetime) -> int:
    fallen = 0
    for start in range(0, len(keys), 500):
        rows = Message.objects.within(EVERYTHING).filter(
            pk__in=keys[start : start + 500], state__in=[State.QUEUED, *UNCONFIRMED]
        )
        fallen += rows.update(state=State.CALLS, why=why, not_before=now, failures=F("failures") + 1)
    return fallen


@transaction.atomic
def note_report(*, parcel: UUID, delivered: bool) -> int:
    """What a gateway says later of a parcel. Said twice it counts once; nothing that was confirmed changes."""
    now = clock.now()
    rows = Message.objects.within(EVERYTHING).filter(parcel=parcel, state__in=[State.SENDING, *UNCONFIRMED])
    if delivered:
        return rows.update(state=State.DELIVERED, lease_until=None, sent_at=Coalesce("sent_at", now))
    failed = list(rows.exclude(state=State.DELIVERED).select_for_update().order_by("id"))
    for one in failed:
        _fail(one, Why.REPORTED, now)
        one.lease_until = None
    bulk.update(failed, ("state", "why", "failures", "parcel", "not_before", "lease_until"))
    return len(failed)
