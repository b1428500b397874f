"""The heading row of an office's empty table: from a workbook, a CSV file, or as it was pasted."""

from collections.abc import Sequence

from wangge.base.problems import Problem
from wangge.base.receipts.forms import Row, plain
from wangge.base.receipts.tables import MOST_BYTES, WORKBOOKS
from wangge.base.receipts.text import SEPARATORS, lines, read_text
from wangge.base.receipts.workbook import Top, read_workbook
from wangge.domains.tables.catalogue import SOURCES
from wangge.domains.tables.inputs import LONGEST, MOST_COLUMNS

TOP = 20  # rows in which a heading is looked for
KNOWN = {plain(word) for source in SOURCES.values() for word in source.headings}


def of_file(content: bytes) -> list[str]:
    """The headings in a file's first rows, below whatever title stands over them. Raises Problem."""
    if not content.strip():
        raise Problem("table_headings_missing", field="file")
    if len(content) > MOST_BYTES:
        raise Problem("file_too_big", field="file", found=f"{len(content) / 2**20:.1f}", most=MOST_BYTES >> 20)
    if content.startswith(WORKBOOKS):
        _, rows = read_workbook(content, _likeliest, TOP)
        return _checked(_best(rows)[1], "file")
    text = read_text(content).text
    tries = [[row for row in list(lines(text, one, strict=False))[:TOP]] for one in SEPARATORS]
    return _checked(max((_best(rows) for rows in tries), key=lambda found: found[0])[1], "file")


def of_text(text: str) -> list[str]:
    """Headings as pasted: from a spreadsheet with tabs, or with commas, or one a line. Raises Problem."""
    for separator in ("\t", "，", ",", "、", "|", "\n"):
        cells = [cell.strip() for cell in text.replace("\r", "").split(separator)]
        if len([cell for cell in cells if cell]) > 1:
            return _checked(cells, "headings")
    return _checked([text.strip()], "headings")


def _likeliest(tops: Sequence[Top]) -> int:
    return max(range(len(tops)), key=lambda at: (_best(tops[at][1])[0], -at))


def _best(rows: Sequence[Row]) -> tuple[tuple[int, int], list[str]]:
    """The row with most known words, then with most cells; a title is one cell."""
    found: tuple[tuple[int, int], list[str]] = ((0, 0), [])
    for _, cells in rows[:TOP]:
        named = [cell.strip() for cell in cells if cell.strip()]
        score = sum(plain(cell) in KNOWN for cell in named), len(set(named))
        if score > found[0]:
            found = score, named
    return found


def _checked(cells: Sequence[str], field: str) -> list[str]:
    found = [" ".join(cell.split())[:LONGEST] for cell in cells if cell.strip()]
    if not found:
        raise Problem("table_headings_missing", field=field)
    if len(found) > MOST_COLUMNS:
        raise Problem("table_columns_wrong", field=field, most=MOST_COLUMNS)
    return found
