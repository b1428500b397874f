"""A laboratory's file: kept row by row, each good row a result, each bad one back with its reason."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.receipts import actions as receipts
from wangge.base.receipts import queries
from wangge.base.receipts.actions import Became
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.base.receipts.tables import Form
from wangge.domains.protocol.queries import touching
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import COLUMNS, NEEDED, read_id, read_result

FORM = Form(kind="testing.results", columns=COLUMNS, needed=NEEDED)


@transaction.atomic
def receive_file(*, name: str, content: bytes, by: By) -> tuple[Intake, bool]:
    """Keep a file of results; its rows wait. The same file again is (the first intake, False).

    The fact makes the worker take whatever rows still wait, so that none is lost when the page's server dies.
    Raises Problem when the whole file is refused.
    """
    intake, new = receipts.take_file(form=FORM, name=name, content=content, by=by, response=_about(by))
    if new:
        record("testing.file_received", by=by, subject=intake.uuid, data={"rows": queries.how_many_wait(intake)})
    return intake, new


@transaction.atomic
def receive_message(*, name: str, content: bytes, rows: Iterable[dict[str, str]], by: By) -> tuple[Intake, bool]:
    """The same for results that another system sends; a row may carry the id its sender gave it (``uuid``)."""
    intake, new = receipts.take_message(
        form=FORM, name=name, content=content, rows=rows, by=by, response=_about(by)
    )  # fmt: skip
    if new:
        record("testing.file_received", by=by, subject=intake.uuid, data={"rows": queries.how_many_wait(intake)})
    return intake, new


def _about(by: By) -> UUID | None:
    """The open Response under whose key the rows are sealed: the first that touches the sender's places."""
    about = touching(by.scope(Right.ENTER_RESULTS)).filter(closed_at__isnull=True).first()
    return about.uuid if about else None


def take_rows(*, intake: Intake, limit: int, by: By) -> int:
    """Take the next rows that wait, in one transaction; returns how many still wait after them."""
    return receipts.work_through(intake=intake, take=lambda cells: _take(cells, by), limit=limit)


@transaction.atomic
def take_part(*, intake: Intake, limit: int, by: By, cause: UUID) -> int:
    """The same for the worker: what is left is the next fact, so that what the rows set off comes in between."""
    left = take_rows(intake=intake, limit=limit, by=by)
    if left:
        record("testing.file_part_taken", by=by, subject=intake.uuid, cause=cause, data={"left": left})
    return left


def correct_row(*, row: IntakeRow, typed: Mapping[str, str], by: By) -> IntakeRow:
    """Send a refused row again as corrected. Raises Problem or Problems; the row then stays refused."""
    by.scope(Right.ENTER_RESULTS)
    return receipts.correct_row(row=row, cells=typed, take=lambda cells: _take(cells, by))


def _take(cells: Mapping[str, str], by: By) -> Became:
    result, new = record_result(typed=read_result(cells), by=by, uuid=read_id(cells))
    return Became(result.uuid, new)
