"""Violence at home and what else cannot be said aloud: told apart, read by two named people, every look on record.

It passes no household, no door, no street-level worker; it stands in no list, export, search or record of a person.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access import tries
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account
from wangge.domains.help.models import Apart, ApartReader
from wangge.domains.help.queries import response_at
from wangge.domains.help.rules import HOUR, OF_APART, SEATS, Whispered
from wangge.domains.help.terms import terms
from wangge.domains.places.models import Place
from wangge.domains.places.queries import children, root
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.queries import held_open

TABLE = "wangge_apart"


def places() -> list[Place]:
    """The districts somebody may choose from: near enough to be helped, too wide to be found out."""
    top = root()
    return [one for one in children(top) if one.kind == Kind.DISTRICT] if top else []


def reachable() -> list[Place]:
    """Districts in which a Response is open and somebody is named: elsewhere the page gives the numbers alone."""
    read = set(ApartReader.objects.filter(ended_at__isnull=True).values_list("place", flat=True))
    return [one for one in places() if one.pk in read and response_at(one)]


@transaction.atomic
def whisper(*, said: Whispered, place: Place, by: By, sender: str = "") -> Apart:
    """Take it down. The same id sent again is one. Raises Problem where nobody would read it, or too many come."""
    if known := Apart.objects.within(EVERYTHING).filter(uuid=said.uuid).first():
        return known
    response = response_at(place)
    if response is None or not readers(place):
        raise Problem("apart_nobody")
    if sender and not tries.take("apart", sender, most=OF_APART, within=HOUR):
        raise Problem("apart_often")
    now = clock.now()
    one = Apart.objects.within(EVERYTHING).create(
        uuid=said.uuid, response=response.uuid, place=place, at=now,
        answer_by=now + timedelta(hours=terms().apart_hours),
        sealed=sealing.seal(TABLE, said.uuid, said.content(), response=response.uuid),
    )  # fmt: skip
    record("help.apart_told", by=by, subject=one.uuid, place=place.uuid, response=one.response)
    return one


def readers(place: Place) -> list[ApartReader]:
    """Who is named for a district now."""
    found = ApartReader.objects.filter(place=place, ended_at__isnull=True)
    return list(found.select_related("account").order_by("seat"))


def reads(account: UUID | None) -> list[Place]:
    """The districts for which an account is named now."""
    if account is None:
        return []
    found = ApartReader.objects.filter(account__uuid=account, account__is_active=True, ended_at__isnull=True)
    return [one.place for one in found.select_related("place")]


@transaction.atomic
def name(*, place: Place, account: Account, by: By) -> ApartReader:
    """Name somebody. Whoever names does not read by that; a third is refused. Named twice it is once."""
    by.need(Right.MANAGE_POSTS, place.path)
    Place.objects.select_for_update().get(pk=place.pk)
    now = readers(place)
    if known := next((one for one in now if one.account_id == account.pk), None):
        return known
    free = sorted(set(SEATS) - {one.seat for one in now})
    if not free:
        raise Problem("apart_full")
    one = ApartReader.objects.create(
        uuid=uuid7(), place=place, account=account, seat=free[0], named_at=clock.now(), named_post=by.post
    )
    record("help.apart_named", by=by, subject=account.uuid, place=place.uuid)
    return one


@transaction.atomic
def unname(*, reader: ApartReader, by: By) -> None:
    """Somebody reads no longer."""
    by.need(Right.MANAGE_POSTS, reader.place.path)
    if ApartReader.objects.filter(pk=reader.pk, ended_at__isnull=True).update(ended_at=clock.now()):
        record("help.apart_unnamed", by=by, subject=reader.account.uuid, place=reader.place.uuid)


def waiting(account: UUID | None) -> list[Apart]:
    """What waits for an account, what is due first at its head."""
    found = Apart.objects.within(EVERYTHING).filter(place__in=reads(account), done_at__isnull=True)
    return list(found.select_related("place").order_by("answer_by", "id")[:MOST])


MOST = 200


@transaction.atomic
def read(*, uuid: UUID, by: By) -> tuple[Apart, dict[str, object]]:
    """Open one: put on record first, then unsealed. Raises Apart.DoesNotExist for everybody but the two."""
    one = Apart.objects.within(EVERYTHING).filter(place__in=reads(by.account)).select_related("place").get(uuid=uuid)
    log_look(by=by, kind=AccessLog.Kind.OPENED, person=None, reason=f"apart:{uuid}")
    return one, sealing.unseal(TABLE, one.uuid, one.sealed)


@transaction.atomic
def take(*, uuid: UUID, by: By) -> Apart:
    """Say that one looks after it."""
    one = _held(uuid, by)
    if one.taken_at is None and by.account:
        one.taken_by, one.taken_at = by.account, clock.now()
        one.save(update_fields=["taken_by", "taken_at"])
        record("help.apart_taken", by=by, subject=one.uuid, place=one.place.uuid, response=one.response)
    return one


@transaction.atomic
def add(*, uuid: UUID, words: str, over: bool, by: By) -> Apart:
    """Note what was done, sealed with the rest; ``over``: nothing more is to be done."""
    one = _held(uuid, by)
    if not words:
        raise Problem("help_words", field="words")
    if one.done_at or not held_open(one.response):
        raise Problem("help_step")
    content = sealing.unseal(TABLE, one.uuid, one.sealed)
    content["notes"] = [*content.get("notes", []), {"at": clock.now().isoformat(), "words": words}]
    one.sealed = sealing.seal(TABLE, one.uuid, content, response=one.response)
    one.done_at = clock.now() if over else None
    one.save(update_fields=["sealed", "done_at"])
    record("help.apart_noted", by=by, subject=one.uuid, place=one.place.uuid, response=one.response,
           data={"over": over})  # fmt: skip
    return one


def _held(uuid: UUID, by: By) -> Apart:
    mine = reads(by.account)
    if not mine:
        raise NotAllowed(Right.ANSWER_CALLS)
    Apart.objects.within(EVERYTHING).select_for_update().filter(place__in=mine).get(uuid=uuid)
    return Apart.objects.within(EVERYTHING).select_related("place").get(uuid=uuid)
