"""Calls that nobody took, from a telephone system: they are called back like those that somebody typed."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Router, Schema, Status

from wangge.api.access import Caller
from wangge.api.showing import local
from wangge.base.access.rights import Right
from wangge.domains.help import calls
from wangge.domains.help.inputs import read_call

router = Router(tags=["calls"])


class MissedIn(Schema):
    """``id``: a UUID made by the telephone system: the same call sent again is the same. ``at``: when it rang."""

    id: str = Field("", max_length=60)
    phone: str = Field("", max_length=40, examples=["13800000000"])
    at: datetime | None = None


class MissedOut(Schema):
    """``times``: how often this number rang since nobody called back."""

    id: UUID
    back_by: datetime | None
    times: int


@router.post("/calls/missed", response={200: MissedOut, 201: MissedOut})
def missed(request: Caller, sent: MissedIn) -> Status[MissedOut]:
    """One missed call: 201 when somebody new is to be called back, 200 when the number waited already."""
    request.by.scope(Right.ANSWER_CALLS)
    said = read_call({"uuid": sent.id, "phone": sent.phone}, missed=True)
    place = calls.seat_of(request.auth.account, request.by.post).place
    one = calls.note_missed(said=said, place=place, by=request.by, at=sent.at)
    out = MissedOut(id=one.uuid, back_by=local(one.back_by) if one.back_by else None, times=one.times)
    return Status(201 if one.uuid == said.uuid else 200, out)
