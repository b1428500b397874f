"""What became of the rows of a body or a file, row by row."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from ninja import Schema

from wangge.api.showing import local
from wangge.base.receipts import queries as receipts
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.sentences import sentence


class RowOut(Schema):
    """What became of one row, counted from 1. ``result``: the id of what it became, taken now or known before."""

    row: int
    state: str
    result: UUID | None
    field: str
    code: str
    detail: str


class ReceiptOut(Schema):
    """The rows add up to what was sent. ``waiting``: ask again with the same body or by ``id``."""

    id: UUID
    received_at: datetime
    taken: int
    known: int
    refused: int
    corrected: int
    waiting: int
    rows: list[RowOut]


def receipt_of(intake: Intake) -> ReceiptOut:
    """The receipt of an intake as it stands now."""
    rows: Sequence[IntakeRow] = list(intake.rows.order_by("number"))
    states = {state: sum(row.state == state for row in rows) for state in IntakeRow.State.values}
    return ReceiptOut(id=intake.uuid, received_at=local(intake.received_at), rows=list(_rows(rows)), **states)


def _rows(rows: Iterable[IntakeRow]) -> Iterable[RowOut]:
    for row in rows:
        refused = row.state == IntakeRow.State.REFUSED
        yield RowOut(
            row=row.number, state=row.state, result=row.became, field=row.column if refused else "",
            code=row.reason if refused else "", detail=sentence(receipts.problem(row)) if refused else "",
        )  # fmt: skip
