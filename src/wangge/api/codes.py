"""Verdicts of authorities above about residents' codes: evidence with source and end, no colour set by hand."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from wangge.api.access import Caller
from wangge.api.showing import local
from wangge.base.access.rights import Right
from wangge.domains.codes import actions, queries
from wangge.domains.codes.inputs import read_id, read_verdict
from wangge.domains.codes.models import CodeVerdict

router = Router(tags=["codes"])


class VerdictIn(Schema):
    """What an authority says of somebody. ``until`` at most 30 days after ``since``; instants as ISO 8601 with an
    offset. ``id``: a UUID made by the sender: with it the same verdict sent again is the same."""

    model_config = ConfigDict(coerce_numbers_to_str=True)
    id: str = Field("", max_length=60)
    document: str = Field("", max_length=200)
    says: str = Field("", max_length=20, examples=["yellow", "red"])
    source: str = Field("", max_length=300, examples=["省疫情防控指挥部"])
    reference: str = Field("", max_length=300, examples=["晋疫指函〔2022〕15号"])
    since: str = Field("", max_length=60, examples=["2022-04-07T09:30:00+08:00"])
    until: str = Field("", max_length=60, examples=["2022-04-14T09:30:00+08:00"])


class VerdictOut(Schema):
    """``counts``: whether the edition in force takes verdicts of authorities above as a ground at all."""

    id: UUID
    person: UUID
    response: UUID
    says: str
    source: str
    reference: str
    since: datetime
    until: datetime
    withdrawn_at: datetime | None
    counts: bool


class WhichIn(Schema):
    """A verdict by its id."""

    id: UUID


@router.post("/codes/verdicts", response={200: VerdictOut, 201: VerdictOut})
def verdict(request: Caller, sent: VerdictIn) -> Status[VerdictOut]:
    """One verdict: 201 when it is new, 200 when it was known. Refused with every mistake at once."""
    request.by.scope(Right.CONFIRM_ORDERS)
    cells = {**sent.dict(exclude={"id"}), "uuid": sent.id}
    made, new = actions.record_verdict(typed=read_verdict(cells), by=request.by, uuid=read_id(cells))
    return Status(201 if new else 200, _verdict(made))


@router.post("/codes/verdicts/withdraw", response=VerdictOut)
def withdraw(request: Caller, sent: WhichIn) -> VerdictOut:
    """Take a verdict back: it is no ground any more from the next list on. Twice is once."""
    one = queries.verdict(request.by.scope(Right.CONFIRM_ORDERS), sent.id)
    return _verdict(actions.withdraw_verdict(verdict=one, by=request.by))


def _verdict(one: CodeVerdict) -> VerdictOut:
    return VerdictOut(
        id=one.uuid, person=one.person.uuid, response=one.response.uuid, says=one.says, source=one.source,
        reference=one.reference, since=local(one.since), until=local(one.until), withdrawn_at=local(one.withdrawn_at),
        counts=queries.takes_verdicts(one.response),
    )  # fmt: skip
