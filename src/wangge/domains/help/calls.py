"""The number that is answered at any hour: calls taken down, missed ones, calls back, and the hand-over of a shift.

Nothing is kept outside an open Response. What was said and by whom is sealed; the log holds ids and counts.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import holdings_of
from wangge.domains.duty.rules import PostKind, rights_of
from wangge.domains.help.models import Call, CallTry, Watch
from wangge.domains.help.queries import response_at
from wangge.domains.help.rules import Spoken
from wangge.domains.help.terms import terms
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response

CALLS = "wangge_call"


def index_of(content: Mapping[str, Any]) -> Mapping[str, str]:
    """The blind index of a call from what is sealed: worked out again when the keys change."""
    return {"phone_index": sealing.blind("call", str(content.get("phone", "")))}


def _within(place: Place) -> Response:
    if (found := response_at(place)) is None:
        raise Problem("help_no_response")
    return found


@transaction.atomic
def log_call(*, said: Spoken, place: Place, by: By) -> Call:
    """Take a call down: who, for whom, what, and until when they are called back. Sent twice under one id it is one."""
    by.need(Right.ANSWER_CALLS, place.path, place.grid_id)
    if known := _known(said.uuid):
        return known
    back = clock.now() + timedelta(minutes=said.back_minutes) if said.back_minutes else None
    return _write(said, place, by, missed=False, back=back, at=clock.now())


@transaction.atomic
def note_missed(*, said: Spoken, place: Place, by: By, at: datetime | None = None) -> Call:
    """A call that nobody took, typed or from a telephone system. Whoever calls again is still one to be called back,
    with the first hour that was promised; the same id sent twice counts once."""
    by.need(Right.ANSWER_CALLS, place.path, place.grid_id)
    if known := _known(said.uuid):
        return known
    if not said.phone:
        raise Problem("call_phone", field="phone")
    when = at or clock.now()
    if when > clock.now() + clock.SLACK:
        raise Problem("call_future", field="at")
    code = sealing.blind("call", said.phone)
    Place.objects.select_for_update().get(pk=place.pk)  # one number that rings twice at once is one
    waiting = (
        Call.objects.within(EVERYTHING)
        .select_for_update()
        .filter(phone_index=code, missed=True, done_at__isnull=True, place=place)
    )
    if (one := waiting.first()) is not None:
        if one.last_uuid != said.uuid:
            Call.objects.within(EVERYTHING).filter(pk=one.pk).update(times=F("times") + 1, last_uuid=said.uuid)
            record("help.call_missed", by=by, subject=one.uuid, place=place.uuid, response=one.response)
        return Call.objects.within(EVERYTHING).select_related("place").get(pk=one.pk)
    back = when + timedelta(hours=terms().call_back_hours)
    return _write(said, place, by, missed=True, back=back, at=when)


def _known(uuid: UUID) -> Call | None:
    return Call.objects.within(EVERYTHING).select_related("place").filter(uuid=uuid).first()


def _write(said: Spoken, place: Place, by: By, *, missed: bool, back: datetime | None, at: datetime) -> Call:
    response = _within(place)
    one = Call.objects.within(EVERYTHING).create(
        uuid=said.uuid, response=response.uuid, place=place, missed=missed, at=at, back_by=back, post=by.post,
        account=by.account, phone_index=sealing.blind("call", said.phone), last_uuid=said.uuid,
        sealed=sealing.seal(CALLS, said.uuid, said.content(), response=response.uuid),
        done_at=None if back else clock.now(),
    )  # fmt: skip
    kind = "help.call_missed" if missed else "help.call_taken"
    record(kind, by=by, subject=one.uuid, place=place.uuid, response=one.response)
    return one


@transaction.atomic
def call_back(*, call: Call, reached: bool, by: By, uuid: UUID) -> Call:
    """A try to call back. Reached, it is done; else it stays, with the try in its history."""
    one = Call.objects.within(EVERYTHING).select_for_update().get(pk=call.pk)
    by.need(Right.ANSWER_CALLS, call.place.path, call.place.grid_id)
    if CallTry.objects.within(EVERYTHING).filter(uuid=uuid).exists():
        return one
    if one.done_at:
        raise Problem("call_done")
    CallTry.objects.within(EVERYTHING).create(
        uuid=uuid, call=one, at=clock.now(), reached=reached, account=by.account, post=by.post
    )
    if reached:
        one.done_at = clock.now()
        one.save(update_fields=["done_at"])
    late = bool(one.back_by and clock.now() > one.back_by)
    record(
        "help.called_back", by=by, subject=one.uuid, place=call.place.uuid, response=one.response,
        data={"reached": reached, "late": late},
    )  # fmt: skip
    return one


@transaction.atomic
def take_watch(*, post: Post, by: By, count: int) -> Watch:
    """Take the number over with what is open: ``count`` is what the page showed. Raises Problem where more came since:
    whoever takes over has seen every call they answer for."""
    by.need(Right.ANSWER_CALLS, post.place.path)
    Post.objects.select_for_update().get(pk=post.pk)  # two people do not take one number over at once
    account = by.account
    if account is None:
        raise Problem("watch_nobody")
    now = on_watch(post)
    if now and now.account == account:
        return now
    waiting = open_calls(below(post)).count()
    if waiting != count:
        raise Problem("watch_changed", waiting=waiting)
    Watch.objects.filter(post=post, ended_at__isnull=True).update(ended_at=clock.now())
    watch = Watch.objects.create(uuid=uuid7(), post=post, account=account, began_at=clock.now(), took_over=waiting)
    record("help.watch_taken", by=by, subject=watch.uuid, place=post.place.uuid, data={"calls": waiting})
    return watch


def seat_of(account: Account, chosen: UUID | None) -> Post:
    """The post in which somebody answers: the one they act in where it carries the right, else the first that does.
    Raises NotAllowed."""
    posts = [one.post for one in holdings_of(account) if Right.ANSWER_CALLS in rights_of(PostKind(one.post.kind))]
    if not posts:
        raise NotAllowed(Right.ANSWER_CALLS)
    return next((post for post in posts if post.uuid == chosen), posts[0])


def below(post: Post) -> Scope:
    """The places whose calls a number takes."""
    return Scope(prefixes=(post.place.path,))


def on_watch(post: Post) -> Watch | None:
    """Who answers a number now."""
    return Watch.objects.filter(post=post, ended_at__isnull=True).first()


def name_of(watch: Watch | None) -> str:
    return Account.objects.filter(uuid=watch.account).values_list("name", flat=True).first() or "" if watch else ""


def calls(scope: Scope) -> ScopedQuerySet[Call]:
    return Call.objects.within(scope).select_related("place")


def open_calls(scope: Scope) -> ScopedQuerySet[Call]:
    """Who has to be called back, what is due first at its head."""
    return calls(scope).filter(done_at__isnull=True).order_by("back_by", "id")


def call(scope: Scope, uuid: UUID) -> Call:
    """Raises Call.DoesNotExist, also outside the scope."""
    return calls(scope).get(uuid=uuid)


def said_in(one: Call) -> dict[str, str]:
    """Who called and for what. A look at it is put on record first."""
    return {name: str(value) for name, value in sealing.unseal(CALLS, one.uuid, one.sealed).items()}


def tries_of(found: list[Call]) -> dict[int, list[CallTry]]:
    rows = CallTry.objects.within(EVERYTHING).filter(call__in=found).order_by("at", "id")
    made: dict[int, list[CallTry]] = {}
    for one in rows:
        made.setdefault(one.call_id, []).append(one)
    return made
