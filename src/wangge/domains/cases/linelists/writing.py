"""A list as a file: CSV row by row as it is asked for, or a workbook with a sheet that says what it is.

CSV carries no comment lines: Go.Data's importer and R's ``read.csv`` take the first line for the heading. What a
file says of itself (count, instant, filter) stands in its name and in ``About``, which each face shows beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.problems import Problem
from wangge.base.receipts.streaming import csv_pieces, workbook_file
from wangge.domains.cases.linelists.rows import chosen, rows
from wangge.domains.cases.linelists.shapes import COLUMNS, Shape
from wangge.domains.protocol.models import Response


@dataclass(frozen=True, slots=True)
class About:
    """What a list is: how many rows, made when, of what, why. The count is taken as the file begins."""

    shape: Shape
    count: int
    at: datetime
    response: Response
    reason: str

    def file_name(self, ending: str) -> str:
        at = self.at.astimezone(clock.LOCAL)
        return f"{self.shape}-{at:%Y%m%dT%H%M}-{self.count}rows.{ending}"

    def lines(self) -> list[tuple[str, str]]:
        """The same as names and values, for headers, a sheet or a terminal."""
        at = self.at.astimezone(clock.LOCAL).isoformat(timespec="seconds")
        state = "confirmed" if self.shape is Shape.GODATA_RELATIONSHIPS else "standing"
        return [
            ("shape", self.shape.value), ("count", str(self.count)), ("exported_at", at),
            ("filter", f"response={self.response.uuid} state={state} places=scope of the exporting account"),
        ]  # fmt: skip


def begin(*, shape: Shape, response: Response, reason: str, by: By) -> About:
    """Put an export on record, with its count and why, before a row of it is shown."""
    if not reason.strip():
        raise Problem("export_reason_missing", field="reason")
    count = chosen(shape, by, response).count()
    log_look(
        by=by, kind=AccessLog.Kind.EXPORTED, person=None, reason=f"linelist:{shape} {reason.strip()}", count=count
    )  # fmt: skip
    return About(shape, count, clock.now(), response, reason.strip())


def as_csv(about: About, by: By) -> Iterator[bytes]:
    """UTF-8 with its mark, in pieces; no cell can begin a formula."""
    return csv_pieces(COLUMNS[about.shape], rows(about.shape, by, about.response))


def as_workbook(about: About, by: By) -> IO[bytes]:
    """A temporary file, written row by row in constant memory; every cell is text, nothing is rounded or run."""
    heading, found = COLUMNS[about.shape], rows(about.shape, by, about.response)
    return workbook_file(about.shape.value, heading, found, about.lines())
