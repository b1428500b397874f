"""Tables of any length as files: CSV row by row as it is asked for, or a workbook in constant memory."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter

from wangge.base.receipts.writing import FORBIDDEN, harmless

BUFFER = 64 * 1024
MARK = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for something else


def csv_pieces(
    heading: Sequence[str], rows: Iterable[Sequence[str]], about: Sequence[tuple[str, str]] = ()
) -> Iterator[bytes]:
    """UTF-8 with its mark, in pieces; no cell can begin a formula. ``about`` follows the rows after an empty line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(harmless, heading))
    first = MARK
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if out.tell() > BUFFER:
            yield first + out.getvalue().encode()
            first = b""
            out.seek(0)
            out.truncate()
    if about:
        writer.writerows([[], *([harmless(name), harmless(value)] for name, value in about)])
    yield first + out.getvalue().encode()


def workbook_file(
    sheet: str, heading: Sequence[str], rows: Iterable[Sequence[str]], about: Sequence[tuple[str, str]],
    about_sheet: str = "about",
) -> IO[bytes]:  # fmt: skip
    """A temporary file, written row by row; every cell is text, nothing is rounded or run."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by whoever sends it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    page = book.add_worksheet(FORBIDDEN.sub(" ", sheet)[:31].strip(" '") or None)
    for place, name in enumerate(heading):
        page.write_string(0, place, name)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell:
                page.write_string(number, place, cell)
    said = book.add_worksheet(about_sheet)
    for number, (name, value) in enumerate(about):
        said.write_string(number, 0, name)
        said.write_string(number, 1, value)
    book.close()
    file.seek(0)
    return file
