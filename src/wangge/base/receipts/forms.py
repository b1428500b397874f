"""Kinds of table, and what was read of one: no file, no database."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: Before a cell that the workbook keeps as a date. Only fields that are dates may hold one: 3-2 becomes 2 March.
DATED = "\x1d"
#: 1.40106E+17: what a spreadsheet makes of 18 digits. The last ones are gone.
EXPONENT = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})")
LONGEST_HEADING = 40

Looks = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of table: for each field the headings people write, and the fields that must have a column.

    ``looks`` tells by a cell's text whether it can be the field, for columns whose heading says nothing; a field
    earlier in it is preferred. ``numbers`` are written with digits that no spreadsheet may round, ``dates`` may be a
    workbook's dates. ``others`` stand in headings about somebody or something else: 配偶姓名 is not the name.
    """

    kind: str
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    looks: Mapping[str, Looks] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    most_bytes: int = 10 * 1024 * 1024
    most_rows: int = 50_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file was written, so that its rows can go back in the same: kind is "csv" or "workbook"."""

    kind: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    others: tuple[str, ...] = ()


Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it stands in the file: its heading, the field it seems to be ('' for none), and why.

    ``why`` is "heading", "content" or ''. Without a heading the column is called by its letter.
    """

    heading: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands: ``line`` is the number of its heading row, 0 without one; rows by the number Excel shows.

    ``cut`` names the last row when the file ends in the middle of it; ``top`` is what stands above the heading.
    """

    shape: Shape
    line: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cut: int = 0
    top: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: (field, heading as written) in the file's order, and rows by the number Excel shows."""

    heading: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def plain(heading: str) -> str:
    """A heading without what people add to it: '* 采样时间 （年-月-日）' is 采样时间."""
    text = unicodedata.normalize("NFKC", heading).casefold().partition("(")[0]
    return "".join(ch for ch in text if ch.isalnum() or ch == "_")


def letter(place: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def bare(cell: str) -> str:
    """A cell without Excel's marks for "this is text": ="140106…" and '140106…."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text.removeprefix("'").strip()


def whole(text: str) -> str:
    """A number written with an exponent, in full where no digit was lost: 1.3812345678E10 is 13812345678."""
    found = EXPONENT.fullmatch(text)
    if found is None:
        return text
    first, rest, power = found[1], found[2] or "", int(found[3])
    return first + rest if len(rest) == power and power < 15 else text


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet has rounded this number."""
    return EXPONENT.fullmatch(text) is not None
