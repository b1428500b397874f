"""Test results in: one, or some thousands with a receipt for each row. The same inputs and verbs as the desk's."""

import json
from datetime import datetime
from time import monotonic
from uuid import UUID

from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from wangge.api.access import Caller
from wangge.api.receipts import ReceiptOut, receipt_of
from wangge.api.shapes import ResultOut
from wangge.api.showing import local
from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.receipts import queries as receipts
from wangge.domains.testing import files, queries
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import read_id, read_result
from wangge.domains.testing.models import TestResult

router = Router(tags=["results"])
MOST = 5000
PART = 100
PATIENCE = 20.0  # seconds; rows that are left after them are the worker's, and wait in the receipt
SYMPTOMS = {True: "yes", False: "no", None: ""}


class ResultIn(Schema):
    """One result. Every field is read as the desk and the laboratory's file are read; a wrong one is refused in words.

    ``id``: a UUID made by the sender. With it or with laboratory and specimen_no, the same result sent again is the
    same. Instants as ISO 8601 with an offset; without one they are local time.
    """

    model_config = ConfigDict(coerce_numbers_to_str=True)
    id: str = Field("", max_length=60)
    document: str = Field("", max_length=200)
    laboratory: str = Field("", max_length=200)
    specimen_no: str = Field("", max_length=200)
    purpose: str = Field("", max_length=60, examples=["screen", "retest", "routine"])
    value: str = Field("", max_length=60, examples=["positive", "negative", "invalid"])
    symptoms: bool | None = None
    collected_at: str = Field("", max_length=60, examples=["2022-04-07T09:30:00+08:00"])
    reported_at: str = Field("", max_length=60, examples=["2022-04-07T14:00:00+08:00"])


class ResultsIn(Schema):
    """``name`` is shown on the desk beside the rows that came back."""

    name: str = Field("api", max_length=100)
    rows: list[ResultIn] = Field(min_length=1, max_length=MOST)


def _cells(one: ResultIn) -> dict[str, str]:
    """A result as text by field, as a form or a file has it."""
    text = {name: getattr(one, name) for name in ("document", "laboratory", "specimen_no", "purpose", "value")}
    instants = {name: _local_text(getattr(one, name)) for name in ("collected_at", "reported_at")}
    return {**text, **instants, "symptoms": SYMPTOMS[one.symptoms], "uuid": one.id}


def _local_text(text: str) -> str:
    """An instant with an offset in the words of a form; anything else stays for the form's reader to judge."""
    try:
        at = datetime.fromisoformat(text.strip())
        return f"{at.astimezone(clock.LOCAL) if at.tzinfo else at:%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError):
        return text


@router.post("/results", response={200: ResultOut, 201: ResultOut})
def one(request: Caller, sent: ResultIn) -> Status[ResultOut]:
    """One result: 201 when it is new, 200 when it was known. Refused with every mistake at once."""
    request.by.scope(Right.ENTER_RESULTS)
    cells = _cells(sent)
    result, new = record_result(typed=read_result(cells), by=request.by, uuid=read_id(cells))
    return Status(201 if new else 200, _result(result))


@router.get("/results/{uuid:id}", response=ResultOut)
def result(request: Caller, id: UUID) -> ResultOut:
    """One result of somebody who lives in the token's places."""
    return _result(queries.result(request.by.scope(Right.ENTER_RESULTS), id))


def _result(one: TestResult) -> ResultOut:
    return ResultOut(
        id=one.uuid, response=one.response.uuid, person=one.person.uuid, laboratory=one.laboratory,
        specimen_no=one.specimen_no, purpose=one.purpose, value=one.value, symptoms=one.symptoms,
        collected_at=local(one.collected_at), reported_at=local(one.reported_at), recorded_at=local(one.recorded_at),
        state=one.state,
    )  # fmt: skip


@router.post("/results/bulk", response={200: ReceiptOut, 202: ReceiptOut})
def bulk(request: Caller, sent: ResultsIn) -> Status[ReceiptOut]:
    """Up to 5,000 results. The same body again gives the same receipt and changes nothing. 202: rows still wait."""
    rows = [_cells(one) for one in sent.rows]
    content = json.dumps([sent.name, rows], ensure_ascii=False, sort_keys=True).encode()
    intake, _new = files.receive_message(name=sent.name, content=content, rows=rows, by=request.by)
    left, until = receipts.how_many_wait(intake), monotonic() + PATIENCE
    while left and monotonic() < until:
        left = files.take_rows(intake=intake, limit=PART, by=request.by)
    return Status(202 if left else 200, receipt_of(intake))


@router.get("/results/bulk/{uuid:id}", response=ReceiptOut)
def receipt(request: Caller, id: UUID) -> ReceiptOut:
    """What became of a body of results; refused rows that the desk corrected meanwhile say so."""
    request.by.scope(Right.ENTER_RESULTS)
    return receipt_of(receipts.intake(files.FORM.kind, request.by, id))
