"""Where the rows of a register's file begin, how it is written, and which column is which field."""

import csv
from dataclasses import replace
from pathlib import Path

from wangge.base.problems import Problem
from wangge.base.receipts.tables import read_sheet
from wangge.domains.people.columns import FORM
from wangge.domains.people.filling.source import Source

TOP = 256 * 1024  # bytes looked at
ENCODINGS = {"utf-8-sig": "utf-8"}


def find(path: Path) -> tuple[Source, list[str]]:
    """The file as the filling reads it, and its heading. Raises Problem: it has to be text with a heading."""
    with path.open("rb") as file:
        top = file.read(TOP)
    cut = top.rfind(b"\n") + 1
    sheet = read_sheet(top[:cut] or top, replace(FORM, most_bytes=TOP + 1))
    if sheet.shape.kind != "csv" or sheet.shape.encoding.startswith("utf-16") or not sheet.line:
        raise Problem("register_not_text", field="file")
    lines = top.splitlines(keepends=True)
    fields = tuple(column.field if column.field in FORM.columns else "" for column in sheet.columns)
    if "name" not in fields or len([field for field in fields if field]) < 3:
        raise Problem("register_columns", field="file", found="、".join(column.heading for column in sheet.columns))
    encoding = ENCODINGS.get(sheet.shape.encoding, sheet.shape.encoding)
    start = sum(map(len, lines[: sheet.line]))
    heading = next(csv.reader([lines[sheet.line - 1].decode(sheet.shape.encoding)], delimiter=sheet.shape.separator))
    return Source(str(path), encoding, sheet.shape.separator, fields, start, sheet.line + 1), heading
