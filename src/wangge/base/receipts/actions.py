"""Keeping a file's rows, and saying of each what became of it. Nothing half-written, nothing lost."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.base.receipts import queries
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.base.receipts.tables import Form, read_table
from wangge.base.receipts.text import NOT_TEXT

State = IntakeRow.State


@dataclass(frozen=True, slots=True)
class Became:
    """What a good row became: whether it was new, else whether it was changed; ``door`` names one made for it.

    ``uuid`` is None where nothing was written.
    """

    uuid: UUID | None
    new: bool
    changed: bool = False
    door: str = ""


#: A street's verb for one row of text by field: raises Problem or Problems where it cannot be taken.
Take = Callable[[Mapping[str, str]], Became]


@transaction.atomic
def take_file(*, form: Form, name: str, content: bytes, by: By, response: UUID | None = None) -> tuple[Intake, bool]:
    """Keep a file's rows, sealed and waiting. The same bytes again from the same post: (the first intake, False).

    ``response``: the Response the file is about; its rows are sealed under that Response's key.
    Raises Problem when the whole file is of the wrong kind; then nothing was written.
    """
    digest = digest_of(content, by)
    if known := Intake.objects.filter(kind=form.kind, digest=digest).first():
        return known, False
    table = read_table(content, form)
    return _keep(form, name, digest, table.heading, table.rows, by, response)


@transaction.atomic
def take_message(
    *, form: Form, name: str, content: bytes, rows: Iterable[dict[str, str]], by: By, response: UUID | None = None
) -> tuple[Intake, bool]:
    """The same for rows that another system sent as they are: ``content`` is the message, by which it is known."""
    heading = tuple((field, words[0]) for field, words in form.columns.items())
    return _keep(form, name, digest_of(content, by), heading, enumerate(rows, 1), by, response)


def _keep(
    form: Form, name: str, digest: str, heading: Iterable[tuple[str, str]],
    rows: Iterable[tuple[int, dict[str, str]]], by: By, response: UUID | None,
) -> tuple[Intake, bool]:  # fmt: skip
    intake, new = Intake.objects.get_or_create(
        kind=form.kind, digest=digest,
        defaults={"name": name[-200:], "received_at": clock.now(), "account": by.account, "post": by.post,
                  "response": response, "columns": [list(pair) for pair in heading]},
    )  # fmt: skip
    if new:
        waiting = (_waiting(intake, number, cells) for number, cells in rows)
        IntakeRow.objects.bulk_create(waiting, batch_size=1000)
    return intake, new


def digest_of(content: bytes, by: By) -> str:
    """What makes a file the same file: its bytes and the post it was sent from."""
    return hashlib.sha256(f"{by.post or by.account}\n".encode() + content).hexdigest()


def _waiting(intake: Intake, number: int, cells: dict[str, str]) -> IntakeRow:
    uuid = uuid7()
    sealed = sealing.seal(queries.TABLE, uuid, {"cells": cells}, response=intake.response)
    return IntakeRow(uuid=uuid, intake=intake, number=number, state=State.WAITING, content=sealed)


@transaction.atomic
def work_through(*, intake: Intake, take: Take, limit: int) -> int:
    """Take the next rows that wait, each in a savepoint of its own. Returns how many still wait.

    Two at once (the page that received the file and the worker) take different rows.
    """
    for row in queries.waiting(intake, limit):
        cells = queries.cells(row)
        try:
            if any(map(NOT_TEXT.search, cells.values())):
                raise Problem("cell_damaged")
            with transaction.atomic():
                became = take(cells)
        except (Problem, Problems, NotAllowed) as error:
            _refuse(row, cells, error)
        else:
            _settle(row, State.TAKEN if became.new else State.KNOWN, became.uuid)
    return queries.how_many_wait(intake)


@transaction.atomic
def correct_row(*, row: IntakeRow, cells: Mapping[str, str], take: Take) -> IntakeRow:
    """Send a refused row again as corrected. Raises what the verb raises: the row then stays as it was."""
    row = IntakeRow.objects.select_for_update().select_related("intake").get(pk=row.pk)
    if row.state == State.REFUSED:
        _settle(row, State.CORRECTED, take(cells).uuid)
    return row


def _settle(row: IntakeRow, state: IntakeRow.State, became: UUID | None) -> None:
    row.state, row.became, row.content = state, became, b""
    row.save(update_fields=["state", "became", "content"])


def _refuse(row: IntakeRow, cells: dict[str, str], error: Problem | Problems | NotAllowed) -> None:
    problem = problem_of(error)
    said: dict[str, Any] = {key: str(value) for key, value in problem.values.items()}
    row.state, row.reason, row.column = State.REFUSED, problem.code, problem.field
    kept = {"cells": cells, "said": said}
    # A row whose text was scrubbed while it waited has none to keep, and its Response has no key any more.
    row.content = sealing.seal(queries.TABLE, row.uuid, kept, response=row.intake.response) if cells else b""
    row.save(update_fields=["state", "reason", "column", "content"])


def problem_of(error: Problem | Problems | NotAllowed) -> Problem:
    """The one reason that a row keeps."""
    first = error.problems[0] if isinstance(error, Problems) else error
    return first if isinstance(first, Problem) else Problem("sender_without_right")
