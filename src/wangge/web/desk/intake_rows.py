"""A file and its rows as the desk shows them, and the refused rows as a file again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.problems import Problem
from wangge.base.receipts import queries
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.base.receipts.words import STATES
from wangge.base.receipts.writing import written
from wangge.domains.testing.words import FIELDS
from wangge.web.desk.forms import RowForm
from wangge.web.desk.words import moment
from wangge.web.problems import sentence


@dataclass(frozen=True, slots=True)
class Counts:
    """How a file's rows stand; the parts add up to ``total``."""

    url: str
    name: str
    received: str
    total: int
    waiting: int
    refused: int
    parts: list[tuple[str, Any, int]]

    @property
    def processed(self) -> int:
        return self.total - self.waiting


def counts(intakes: Iterable[Intake]) -> list[Counts]:
    """Totals of several files with one query."""
    intakes = list(intakes)
    found = queries.totals(intakes)
    return [_counts(one, found[one.pk]) for one in intakes]


def _counts(one: Intake, by_state: dict[str, int]) -> Counts:
    order = ("taken", "known", "corrected", "refused", "waiting")
    return Counts(
        reverse("intake", args=[one.uuid]), one.name, moment(one.received_at), sum(by_state.values()),
        by_state["waiting"], by_state["refused"], [(state, STATES[state], by_state[state]) for state in order],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that came back: why, in which column, and a form with what stood there."""

    number: int
    reason: str
    column: str
    form: RowForm
    open: bool


def refused_rows(one: Intake, rows: Iterable[IntakeRow], wrong: tuple[int, RowForm] | None = None) -> list[Refused]:
    """A page of refused rows; ``wrong`` is one that was just sent again and is still not right."""
    headings = dict(one.columns)
    shown = []
    for row in rows:
        again = wrong[1] if wrong and wrong[0] == row.number else None
        problem = queries.problem(row)
        column = headings.get(row.column) or str(FIELDS.get(row.column, ""))
        shown.append(Refused(row.number, sentence(problem), column, again or _form(row, problem), again is not None))
    return shown


def _form(row: IntakeRow, problem: Problem) -> RowForm:
    """What stood in the row, with the reason at its field."""
    form = RowForm(queries.cells(row), auto_id=f"row{row.number}_%s")
    form.say(problem)
    return form


def export(one: Intake, *, by: By) -> bytes:
    """Every refused row with its number and reason. What leaves the system is put on record first."""
    rows = list(queries.refused(one))
    log_look(by=by, kind=AccessLog.Kind.EXPORTED, person=None, reason=f"refused rows:{one.uuid}", count=len(rows))
    fields = [field for field, _heading in one.columns]
    table = []
    for row in rows:
        cells = queries.cells(row)
        reason = sentence(queries.problem(row))
        table.append([*(cells.get(field, "") for field in fields), str(row.number), reason])
    return written([*(heading for _field, heading in one.columns), _("row"), _("reason")], table)
