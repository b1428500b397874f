"""Reading a table somebody saved as text: the encoding, the separator and the heading are found, not asked for.

A file that cannot be a table of the form is refused whole, with what was found and what is needed.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wangge.base.problems import Problem

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
TITLE_ROWS = 20  # how far down a heading is looked for
SEPARATORS = (",", ";", "\t")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
LINE = re.compile("\r\n|\r|\n")
#: First bytes of what people upload instead: a workbook, an old workbook, a PDF, an image, an archive.
KINDS = (
    (b"PK\x03\x04", "file_is_workbook"), (b"\xd0\xcf\x11\xe0", "file_is_workbook"), (b"%PDF", "file_is_pdf"),
    (b"\x89PNG", "file_is_picture"), (b"\xff\xd8\xff", "file_is_picture"), (b"Rar!", "file_is_binary"),
    (b"7z\xbc\xaf", "file_is_binary"), (b"\x1f\x8b", "file_is_binary"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of table: for each field the headings people write, and the fields that must have a column."""

    kind: str
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: (field, heading as written) in the file's order, and rows by the number Excel shows."""

    heading: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(content: bytes, form: Form) -> Table:
    """The table of a form in a file's bytes. Columns that the form does not know are left out. Raises Problem."""
    text = _text(content)
    separator, number, places = _heading(text, form)
    rows: list[tuple[int, dict[str, str]]] = []
    for at, cells in _rows(text, separator):
        if at > number and any(cell.strip() for cell in cells):
            rows.append((at, {field: _cell(cells, place) for field, (place, _) in places.items()}))
        if len(rows) > MOST_ROWS:
            raise Problem("file_too_many_rows", field="file", most=MOST_ROWS)
    if not rows:
        raise Problem("file_without_rows", field="file", line=number)
    return Table(tuple((field, written) for field, (_, written) in places.items()), tuple(rows))


def _text(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one (Excel's "Unicode text"), else GB 18030."""
    if not content.strip():
        raise Problem("file_empty", field="file")
    if len(content) > MOST_BYTES:
        raise Problem("file_too_big", field="file", found=f"{len(content) / 2**20:.1f}", most=MOST_BYTES >> 20)
    for start, code in KINDS:
        if content.startswith(start):
            raise Problem(code, field="file")
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text):
            return text
    raise Problem("file_is_binary", field="file")


def _rows(text: str, separator: str, strict: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Strict, because an open quotation mark would otherwise swallow the rows below it without a word."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        raise Problem("file_quotes", field="file", line=reader.line_num) from error


def _heading(text: str, form: Form) -> tuple[str, int, dict[str, tuple[int, str]]]:
    """The separator and the row under which most of the form's fields have a column."""
    best: tuple[str, int, dict[str, tuple[int, str]]] = (",", 0, {})
    lines = LINE.split(text)
    top = "\n".join(lines[:TITLE_ROWS])
    for separator in SEPARATORS:
        for number, cells in _rows(top, separator, strict=False):
            found = _places(cells, form)
            if len(found) > len(best[2]):
                best = (separator, number, found)
    missing = [form.columns[field][0] for field in form.needed if field not in best[2]]
    if len(best[2]) < 2:
        first = next((line.strip() for line in lines if line.strip()), "")
        raise Problem("file_no_heading", field="file", found=first[:40], needed=_list(missing))
    if missing:
        found_ = _list([written for _, written in best[2].values()])
        raise Problem("file_column_missing", field="file", found=found_, missing=_list(missing))
    return best


def _places(cells: Sequence[str], form: Form) -> dict[str, tuple[int, str]]:
    """Which field stands in which column; the first of two columns for one field."""
    known = {plain(word): field for field, words in form.columns.items() for word in words}
    found: dict[str, tuple[int, str]] = {}
    for place, cell in enumerate(cells):
        field = known.get(plain(cell))
        if field and field not in found:
            found[field] = (place, " ".join(cell.split()))
    return found


def plain(heading: str) -> str:
    """A heading without what people add to it: '* 采样时间 （年-月-日）' is 采样时间."""
    text = unicodedata.normalize("NFKC", heading).casefold().partition("(")[0]
    return "".join(ch for ch in text if ch.isalnum() or ch == "_")


def _cell(cells: Sequence[str], place: int) -> str:
    """A cell without Excel's marks for "this is text": ="140106…" and '140106…."""
    text = cells[place].strip() if place < len(cells) else ""
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text.removeprefix("'").strip()


def _list(words: Sequence[str]) -> str:
    return "、".join(words)


def written(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table as CSV that Excel opens rightly: UTF-8 with its mark; no cell can begin a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
