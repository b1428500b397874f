"""Line lists out (Go.Data, epiverse linelist) and in again."""

from time import monotonic
from typing import Literal
from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Field, Query, Router, Schema, Status

from wangge.api.access import Caller, purpose_of
from wangge.api.people import PURPOSE
from wangge.api.receipts import ReceiptOut, receipt_of
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.receipts import queries as receipts
from wangge.base.receipts.writing import WORKBOOK
from wangge.domains.cases.linelists import taking, writing
from wangge.domains.cases.linelists.shapes import FORMS, Shape
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import touching

router = Router(tags=["line lists"])
PART = 100
PATIENCE = 20.0  # seconds; rows that are left are the worker's
CSV = "text/csv; charset=utf-8"
TAKEN = Literal["godata-cases", "godata-contacts", "linelist"]
FILES = {
    "responses": {
        200: {
            "description": "The list. X-Count, X-Exported-At and X-Filter say what it is.",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("text/csv", WORKBOOK)},
        }
    }
}
BODY = {
    "requestBody": {
        "required": True, "description": "The list as a file: CSV in UTF-8 or GB 18030, or a workbook.",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("text/csv", WORKBOOK)},
    }
}  # fmt: skip


class Wanted(Schema):
    response: UUID
    format: Literal["csv", "xlsx"] = "csv"


class Sent(Schema):
    response: UUID
    name: str = Field("api", max_length=100)


def _response(by: By, uuid: UUID) -> Response:
    return touching(by.scope(Right.TRACE)).get(uuid=uuid)


@router.get("/linelists/{shape}", openapi_extra=FILES)
def export(request: Caller, shape: Shape, wanted: Query[Wanted], x_purpose: str | None = PURPOSE) -> HttpResponseBase:
    """The standing cases or contacts of a Response. X-Purpose is needed; it goes on record with the count."""
    by = request.by
    response = _response(by, wanted.response)
    about = writing.begin(shape=shape, response=response, reason=purpose_of(request), by=by)
    answer: HttpResponseBase
    if wanted.format == "xlsx":
        answer = FileResponse(writing.as_workbook(about, by), content_type=WORKBOOK)
    else:
        answer = StreamingHttpResponse(writing.as_csv(about, by), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="{about.file_name(wanted.format)}"'
    for name, value in about.lines():
        answer[f"X-{name.title().replace('_', '-')}"] = value
    return answer


@router.post("/linelists/{shape}", response={200: ReceiptOut, 202: ReceiptOut}, openapi_extra=BODY)
def take(request: Caller, shape: TAKEN, sent: Query[Sent]) -> Status[ReceiptOut]:
    """Days of onset and contacts from a list. The same file again gives the same receipt and changes nothing."""
    response = _response(request.by, sent.response)
    intake, _new = taking.receive_list(
        shape=Shape(shape), name=sent.name, content=request.body, response=response, by=request.by
    )
    left, until = receipts.how_many_wait(intake), monotonic() + PATIENCE
    while left and monotonic() < until:
        left = taking.take_part(intake=intake, limit=PART, by=request.by)
    return Status(202 if left else 200, receipt_of(intake))


@router.get("/linelists/{shape}/receipts/{uuid:id}", response=ReceiptOut)
def receipt(request: Caller, shape: TAKEN, id: UUID) -> ReceiptOut:
    """What became of a list's rows."""
    request.by.scope(Right.TRACE)
    return receipt_of(receipts.intake(FORMS[Shape(shape)].kind, request.by, id))
