"""Tables as files: what came in goes back in the same form. No cell can begin a formula."""

import csv
import io
import re
from collections.abc import Sequence

import xlsxwriter

from wangge.base.receipts.forms import DATED, Shape

STARTS = ("=", "+", "-", "@", "\t")
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


Lines = Sequence[Sequence[str]]


def written(heading: Sequence[str], rows: Lines, shape: Shape | None = None, top: Lines = ()) -> bytes:
    """A table as CSV that Excel opens rightly: UTF-8 with its mark unless the file came in another way.

    ``top``: lines above the heading.
    """
    shape = shape or Shape("csv", "utf-8-sig", ",")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=shape.separator)
    writer.writerows([harmless(cell) for cell in row] for row in top)
    writer.writerow(heading)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode(shape.encoding)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    text = cell.lstrip(DATED)
    return f"'{text}" if text[:1] in STARTS else text


def workbook(heading: Sequence[str], rows: Lines, sheet: str, top: Lines = ()) -> bytes:
    """A table as xlsx, every cell as text: nothing is rounded and nothing is run. ``top``: lines above the heading."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(FORBIDDEN.sub(" ", sheet)[:31].strip(" '") or None)
    head, text = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
    for number, cells in enumerate([*top, heading, *rows]):
        for place, cell in enumerate(cells):
            page.write_string(number, place, cell.lstrip(DATED), head if number == len(top) else text)
    page.freeze_panes(len(top) + 1, 0)
    page.set_column(0, max(len(heading) - 1, 0), 18, text)
    book.close()
    return out.getvalue()


def as_it_came(heading: Sequence[str], rows: Sequence[Sequence[str]], shape: Shape) -> tuple[bytes, str, str]:
    """The file, its media type and its ending."""
    if shape.kind == "workbook":
        return workbook(heading, rows, shape.sheet), WORKBOOK, "xlsx"
    return written(heading, rows, shape), "text/csv", "csv"
