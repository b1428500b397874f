"""Reading a table somebody saved, as text or as a workbook: encoding, separator, sheet and heading are found, not
asked for. A file that cannot be a table of the form is refused whole, with what was found and what is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wangge.base.problems import Problem
from wangge.base.receipts.columns import Recognised, recognise
from wangge.base.receipts.forms import DATED, Form, Row, Shape, Sheet, Table, bare, plain
from wangge.base.receipts.text import SEPARATORS, lines, read_text, top_of
from wangge.base.receipts.workbook import Top, read_workbook

__all__ = ["MOST_BYTES", "MOST_ROWS", "Form", "Table", "plain", "read_sheet", "read_table"]

MOST_BYTES = 10 * 1024 * 1024  # of a form that says nothing else
MOST_ROWS = 50_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
TOP = 240


def read_sheet(content: bytes, form: Form) -> Sheet:
    """The table in a file's bytes as it stands there, with every column. Raises Problem."""
    return _with_rows(_read(content, form), form)


def read_table(content: bytes, form: Form) -> Table:
    """The table of a form in a file's bytes. Columns that the form does not know are left out. Raises Problem."""
    sheet = _read(content, form)
    places = {column.field: place for place, column in enumerate(sheet.columns) if column.field}
    missing = [form.columns[field][0] for field in form.needed if field not in places]
    if len(places) < 2:
        raise _no_heading(sheet.rows, form)
    if missing:
        found = _list([column.heading for column in sheet.columns if column.field])
        raise Problem("file_column_missing", field="file", found=found, missing=_list(missing))
    rows = tuple((number, _cells(cells, places)) for number, cells in _with_rows(sheet, form).rows)
    return Table(tuple((column.field, column.heading) for column in sheet.columns if column.field), rows)


def _cells(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {field: bare(cells[at]).lstrip(DATED) if at < len(cells) else "" for field, at in places.items()}


def _with_rows(sheet: Sheet, form: Form) -> Sheet:
    if len(sheet.rows) > form.most_rows:
        raise Problem("file_too_many_rows", field="file", most=form.most_rows)
    if not sheet.rows:
        raise Problem("file_without_rows", field="file", line=sheet.line)
    return sheet


def _read(content: bytes, form: Form) -> Sheet:
    if not content.strip():
        raise Problem("file_empty", field="file")
    if len(content) > form.most_bytes:
        found, most = f"{len(content) / 2**20:.1f}", form.most_bytes >> 20
        raise Problem("file_too_big", field="file", found=found, most=most)
    return _of_workbook(content, form) if content.startswith(WORKBOOKS) else _of_text(content, form)


def _of_workbook(content: bytes, form: Form) -> Sheet:
    names: list[str] = []

    def choose(tops: Sequence[Top]) -> int:
        names.extend(name for name, _ in tops)
        return max(range(len(tops)), key=lambda at: (recognise(tops[at][1], form).score, len(tops[at][1]), -at))

    chosen, rows = read_workbook(content, choose, form.most_rows)
    others = tuple(name for at, name in enumerate(names) if at != chosen)
    return _sheet(Shape("workbook", sheet=names[chosen], others=others), rows, recognise(rows[:TOP], form), form)


def _of_text(content: bytes, form: Form) -> Sheet:
    read = read_text(content)
    top = top_of(read.text, TOP)
    separator = max(SEPARATORS, key=lambda one: recognise(_filled(top, one, strict=False), form).score)
    rows = _filled(read.text, separator, strict=True, most=form.most_rows + TOP)
    sheet = _sheet(Shape("csv", read.encoding, separator), rows, recognise(rows[:TOP], form), form)
    last = sheet.rows[-1] if sheet.rows else None
    ends = read.text.endswith(("\r", "\n"))
    cut = last is not None and (read.cut or (not ends and len(last[1]) < len(sheet.columns)))
    return replace(sheet, cut=last[0] if last and cut else 0)


def _filled(text: str, separator: str, *, strict: bool, most: int = TOP) -> list[Row]:
    """The rows with anything in them."""
    rows: list[Row] = []
    for number, cells in lines(text, separator, strict):
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
        if len(rows) > most:
            break
    return rows


def _sheet(shape: Shape, rows: Sequence[Row], found: Recognised, form: Form) -> Sheet:
    """The rows below the heading; a heading repeated on every printed page is none of them."""
    if not found.fields:
        raise _no_heading(rows, form)
    heading = list(rows[found.at][1]) if found.at >= 0 else []
    columns = found.columns
    if shape.kind == "csv" and heading:  # cells beyond the heading were pushed there: the row is refused
        columns = columns[: len(heading)]
    below = tuple(row for row in rows[found.at + 1 :] if list(row[1]) != heading)
    line, above = (rows[found.at][0], rows[: found.at]) if found.at >= 0 else (0, ())
    return Sheet(shape, line, columns, below, top=tuple(above))


def _no_heading(rows: Sequence[Row], form: Form) -> Problem:
    first = next((cell.strip().lstrip(DATED) for _, cells in rows for cell in cells if cell.strip()), "")
    needed = _list([form.columns[field][0] for field in form.needed])
    return Problem("file_no_heading", field="file", found=first[:40], needed=needed)


def _list(words: Sequence[str]) -> str:
    return "、".join(words)
