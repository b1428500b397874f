"""A table as a file that says of itself how many rows it has, when it was made, of what and what for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.problems import Problem
from wangge.base.receipts.streaming import csv_pieces, workbook_file
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label
from wangge.domains.tables.choosing import Bank, chosen
from wangge.domains.tables.filling import rows
from wangge.domains.tables.rules import Condition, Definition, Test

SHEET = "说明"
EVERYWHERE = "导出人管辖范围"
SIGNS = {Test.IS: "=", Test.NOT: "≠", Test.AT_LEAST: "≥", Test.AT_MOST: "≤"}


@dataclass(frozen=True, slots=True)
class About:
    """What a file is. The count is taken as it begins, within the scope at that instant."""

    definition: Definition
    scope: Scope
    area: Place | None
    count: int
    at: datetime
    reason: str

    @property
    def bank(self) -> Bank:
        return Bank.of(self.definition.questions())

    def file_name(self, ending: str) -> str:
        at = self.at.astimezone(clock.LOCAL)
        return f"{self.definition.name}-{at:%Y%m%dT%H%M}-{self.count}rows.{ending}"

    def lines(self) -> list[tuple[str, str]]:
        """In the file's own language: it goes to an office, not to a reader of ours."""
        at = self.at.astimezone(clock.LOCAL)
        place = full_label(self.area) if self.area else EVERYWHERE
        return [
            ("表名", self.definition.title), ("用表单位", self.definition.office), ("记录数", str(self.count)),
            ("导出时间", f"{at:%Y-%m-%d %H:%M:%S}"), ("范围", place), ("筛选条件", said(self.definition) or "无"),
            ("用途", self.reason),
        ]  # fmt: skip


def said(definition: Definition) -> str:
    """The conditions of a table in one line."""
    return "；".join(_said(one) for one in definition.where)


def _said(one: Condition) -> str:
    if one.test is Test.ANY:
        return " 或 ".join(_said(each) for each in one.any_of)
    if one.test is Test.KNOWN:
        return f"{one.source} {'已知' if one.values == ('yes',) else '未知'}"
    return f"{one.source} {SIGNS[one.test]} {'/'.join(one.values)}"


def begin(*, definition: Definition, area: Place | None, reason: str, by: By) -> About:
    """Put an export on record, with its count and why, before a row of it is shown. Raises Problem."""
    if not reason.strip():
        raise Problem("table_reason_missing", field="reason")
    scope = by.scope(Right.OPEN_RECORD)
    count = chosen(definition, scope, area, Bank.of(definition.questions())).count()
    log_look(
        by=by, kind=AccessLog.Kind.EXPORTED, person=None, count=count,
        reason=f"table:{definition.name} {reason.strip()}",
    )  # fmt: skip
    return About(definition, scope, area, count, clock.now(), reason.strip())


def heading(about: About) -> list[str]:
    return [column.heading for column in about.definition.columns]


def as_csv(about: About) -> Iterator[bytes]:
    """In pieces; what the file says of itself follows the rows."""
    return csv_pieces(heading(about), rows(about.definition, about.scope, about.area, about.bank), about.lines())


def as_workbook(about: About) -> IO[bytes]:
    """A temporary file with a second sheet that says what the first one is."""
    found = rows(about.definition, about.scope, about.area, about.bank)
    return workbook_file(about.definition.title, heading(about), found, about.lines(), SHEET)
