"""Opening and closing checkpoints, and what a shift there records. Everything sent twice under one id is one."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.checkpoints import queries
from wangge.domains.checkpoints.inputs import EmergencyInput, LineInput, PassInput, ShiftInput
from wangge.domains.checkpoints.models import Checkpoint, Emergency, Pass, RegisterLine, Shift
from wangge.domains.checkpoints.queries import TABLE
from wangge.domains.checkpoints.rules import Became, Called, Kind
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open, named_at
from wangge.domains.protocol.rules import Named


@transaction.atomic
def open_checkpoint(
    *, place: Place, kind: Kind, name: str, by: By, post: Post | None = None, venue: UUID | None = None,
    uuid: UUID | None = None,
) -> Checkpoint:  # fmt: skip
    """Open a checkpoint under the Response around a place whose order names codes, where its edition lets a code be
    asked for at all. ``venue``: whose door it is, for whoever may keep both; codes shown there check in. It stays that
    one: what phones send later means the door at which they stood. Raises Problem."""
    if uuid and (known := Checkpoint.objects.filter(uuid=uuid).first()):
        return known
    _leads(by, place)
    if venue:
        by.need(Right.KEEP_VENUES, place.path, place.grid_id)
    if named_at(place, Named.CODES) is None:
        raise Problem("codes_not_named")
    if (ground := queries.ground(place, kind)) is None:
        raise Problem("codes_not_asked_here", field="kind")
    try:
        with transaction.atomic():
            one = Checkpoint.objects.create(
                uuid=uuid or uuid7(), response=ground.response.uuid, place=place, kind=kind, name=name, post=post,
                venue=venue, opened_at=clock.now(), opened_post=by.post,
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("checkpoint_already_open", field="name", name=name) from error
    record(
        "checkpoints.opened", by=by, subject=one.uuid, place=place.uuid, response=one.response,
        protocol=ground.edition.key, clause=ground.rule.clause,
        data={"kind": kind.value} | ({"venue": str(venue)} if venue else {}),
    )  # fmt: skip
    return one


@transaction.atomic
def close_checkpoint(*, checkpoint: Checkpoint, by: By, cause: UUID | None = None) -> Checkpoint:
    """Close a checkpoint. What was recorded before and arrives later still counts; nothing new begins."""
    _leads(by, checkpoint.place)
    one = Checkpoint.objects.select_for_update(of=("self",)).select_related("place").get(pk=checkpoint.pk)
    if one.closed_at:
        return one
    one.closed_at, one.closed_post = clock.now(), by.post
    one.save(update_fields=["closed_at", "closed_post"])
    for shift in one.shifts.filter(closed_at__isnull=True).select_for_update().order_by("pk"):
        _ends(shift, one.closed_at, by)
    record(
        "checkpoints.closed", by=by, subject=one.uuid, place=one.place.uuid, response=one.response, cause=cause,
    )  # fmt: skip
    return one


def close_of_response(*, response: Response, by: By, cause: UUID) -> None:
    """A checkpoint ends with its Response."""
    for one in Checkpoint.objects.filter(response=response.uuid, closed_at__isnull=True).select_related("place"):
        close_checkpoint(checkpoint=one, by=by, cause=cause)


@transaction.atomic
def begin_shift(*, typed: ShiftInput, at: datetime, by: By) -> Shift:
    """Somebody stands there from ``at`` on. Raises Problem where it was closed by then; one that is heard of after the
    closing is over with it."""
    if known := Shift.objects.filter(uuid=typed.shift).first():
        return known
    one = Checkpoint.objects.select_related("place", "post").filter(uuid=typed.checkpoint).first()
    if one is None or by.account is None:
        raise Problem("checkpoint_unknown")
    if not queries.stands(by, one):
        raise NotAllowed(Right.KEEP_CHECKPOINT)
    if one.closed_at and at >= one.closed_at:
        raise Problem("checkpoint_closed", name=one.name)
    shift = Shift.objects.create(
        uuid=typed.shift, checkpoint=one, account=by.account, post=by.post, opened_at=max(at, one.opened_at)
    )
    _of_shift("checkpoints.shift_began", shift, at, by)
    if one.closed_at:
        _ends(shift, one.closed_at, by)
    return shift


@transaction.atomic
def end_shift(*, typed: ShiftInput, at: datetime, by: By) -> Shift:
    """A shift is over. ``counted``: what the phone had counted, to be seen beside what arrived; also of one that had
    ended with its checkpoint."""
    shift = own_shift(typed.shift, by)
    if not shift.closed_at:
        _ends(shift, at, by)
    if shift.counted is None and typed.counted is not None:
        shift.counted = typed.counted
        shift.save(update_fields=["counted"])
    return shift


def _ends(shift: Shift, at: datetime, by: By) -> None:
    shift.closed_at = max(at, shift.opened_at)
    shift.save(update_fields=["closed_at"])
    _of_shift("checkpoints.shift_ended", shift, at, by)


def record_pass(*, uuid: UUID, typed: PassInput, at: datetime, by: By) -> Pass:
    """Somebody came. A pass is a row, not an event: the log does not repeat it."""
    shift = own_shift(typed.shift, by)
    one, _new = Pass.objects.get_or_create(
        uuid=uuid,
        defaults={
            "shift": shift, "at": at, "shown": typed.shown, "through": typed.through,
            "temperature": typed.temperature, "mask": typed.mask, "venue_code": typed.venue_code,
            "list_minutes": typed.list_minutes,
        },
    )  # fmt: skip
    return one


@transaction.atomic
def record_line(*, uuid: UUID, typed: LineInput, at: datetime, by: By) -> RegisterLine:
    """A line of the register, sealed under its Response's key. Raises Problem once the Response is closed: nothing
    personal is begun then."""
    if known := RegisterLine.objects.within(EVERYTHING).filter(uuid=uuid).first():
        return known
    shift = own_shift(typed.shift, by)
    response = shift.checkpoint.response
    if not held_open(response):
        raise Problem("register_closed")
    return RegisterLine.objects.create(
        uuid=uuid, shift=shift, response=response, kind=typed.kind, at=at,
        sealed=sealing.seal(TABLE, uuid, dict(typed.said), response=response),
        **queries.index_of(typed.said),
    )  # fmt: skip


@transaction.atomic
def record_emergency(*, typed: EmergencyInput, at: datetime, by: By) -> Emergency:
    """Somebody in need was let through, by one tap; whom the keeper then called comes after it under the same id. Taken
    whatever else is closed: it happened."""
    shift = own_shift(typed.shift, by)
    one, new = Emergency.objects.select_for_update().get_or_create(
        uuid=typed.emergency, defaults={"shift": shift, "at": at, "called": typed.called}
    )
    if one.shift_id != shift.pk:
        raise NotAllowed(Right.KEEP_CHECKPOINT)
    if not new and (typed.called in (Called.NOBODY, one.called) or one.called == Called.AMBULANCE):
        return one
    one.called = typed.called
    one.save(update_fields=["called"])
    record(
        "checkpoints.emergency" if new else "checkpoints.emergency_called", by=by, subject=one.uuid, occurred_at=at,
        place=shift.checkpoint.place.uuid, response=shift.checkpoint.response, data={"called": one.called},
    )  # fmt: skip
    return one


@transaction.atomic
def settle_emergency(*, emergency: Emergency, became: Became, by: By) -> Emergency:
    """What became of it: somebody asked. Raises Problem where another did meanwhile."""
    one = Emergency.objects.select_for_update(of=("self",)).get(pk=emergency.pk)
    point = Checkpoint.objects.select_related("place").get(shifts=one.shift_id)
    _leads(by, point.place)
    if one.became:
        raise Problem("emergency_settled")
    one.became, one.settled_at, one.settled_post = became, clock.now(), by.post
    one.save(update_fields=["became", "settled_at", "settled_post"])
    record(
        "checkpoints.emergency_settled", by=by, subject=one.uuid, place=point.place.uuid, response=point.response,
        data={"became": became.value},
    )  # fmt: skip
    return one


@transaction.atomic
def drop_register(*, keep_days: int, by: By) -> int:
    """Delete the lines of before the protocol's days, with their number as proof; returns it."""
    rows = queries.lines_past(keep_days)
    number = rows.delete()[0]
    if number:
        record(
            "checkpoints.register_dropped", by=by, uuid=derived("register", "dropped", clock.today(), keep_days),
            data={"days": keep_days, "lines": number},
        )  # fmt: skip
    return number


def _leads(by: By, place: Place) -> None:
    """Opening and closing is for whoever keeps checkpoints and leads: a gate's own post opens nothing."""
    if not queries.reaches(by, place):
        raise NotAllowed(Right.KEEP_CHECKPOINT)
    if not by.may(Right.OPEN_RECORD):
        raise NotAllowed(Right.OPEN_RECORD)


def own_shift(uuid: UUID, by: By) -> Shift:
    """A shift that is this person's own, whatever post they hold by now: what they did while it was theirs counts."""
    try:
        shift = queries.shift(uuid)
    except Shift.DoesNotExist as error:
        raise Problem("shift_unknown") from error
    if by.account != shift.account and not by.system:
        raise NotAllowed(Right.KEEP_CHECKPOINT)
    return shift


def _of_shift(kind: str, shift: Shift, at: datetime, by: By) -> None:
    record(
        kind, by=by, subject=shift.uuid, place=shift.checkpoint.place.uuid, response=shift.checkpoint.response,
        occurred_at=at, data={"checkpoint": str(shift.checkpoint.uuid)},
    )  # fmt: skip
