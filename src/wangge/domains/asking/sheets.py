"""The sheets of an XLSForm, from a workbook or from one CSV: what stands where, so that a mistake can be pointed at.

The CSV is pyxform's: a line with the sheet's name in the first column, below it the sheet with that column left empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wangge.base.problems import Problem
from wangge.base.receipts.forms import DATED, Row
from wangge.base.receipts.tables import WORKBOOKS
from wangge.base.receipts.text import SEPARATORS, lines, read_text
from wangge.base.receipts.workbook import read_sheets

SHEETS = ("survey", "choices", "settings")
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000
MOST_EXPANDED, MOST_SECONDS = 64 * 1024 * 1024, 8  # of a workbook: somebody waits for the answer
#: A title, a note and an empty line may stand above the headings.
TITLE_ROWS = 12


@dataclass(frozen=True, slots=True)
class Record:
    """A row below the headings: its number in the file, its cells by heading."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """``heading_row`` is 0 where no row looked like headings. ``letters``: each heading's column, as Excel has it."""

    name: str
    heading_row: int
    letters: Mapping[str, str]
    records: Sequence[Record]
    repeated: Sequence[tuple[str, str]] = ()  # headings that stand twice, with the letter of the second


def read_book(content: bytes) -> dict[str, Sheet]:
    """The sheets by name. Raises Problem for a file that cannot be read as one."""
    if not content.strip():
        raise Problem("file_empty", field="file")
    if len(content) > MOST_BYTES:
        raise Problem("file_too_big", field="file", found=f"{len(content) / 2**20:.1f}", most=MOST_BYTES >> 20)
    if content.startswith(WORKBOOKS):
        sheets = read_sheets(content, MOST_ROWS, expanded=MOST_EXPANDED, seconds=MOST_SECONDS)
        found = [(name.strip().casefold(), left, rows) for name, left, rows in sheets]
    else:
        found = [(name, 0, rows) for name, rows in _sections(content)]
    return {name: _sheet(name, left, rows) for name, left, rows in reversed(found) if name in SHEETS}


def _sections(content: bytes) -> Iterator[tuple[str, list[Row]]]:
    text = read_text(content).text
    separator = max(SEPARATORS, key=lambda one: _cells_under(text, one))
    rows: list[Row] = []
    for count, (name, row) in enumerate(_named(text, separator, strict=True)):
        if count > MOST_ROWS:
            raise Problem("file_too_many_rows", field="file", most=MOST_ROWS)
        if name:
            rows = []
            yield name, rows
        elif any(cell.strip() for cell in row[1]):
            rows.append(row)


def _cells_under(text: str, separator: str) -> int:
    """How many cells there are with a separator, once a sheet's name was found."""
    rows = list(_named(text, separator, strict=False))
    return sum(len(cells) for _, (_, cells) in rows) if any(name for name, _ in rows) else 0


def _named(text: str, separator: str, *, strict: bool) -> Iterator[tuple[str | None, Row]]:
    """Lines, with the name of the sheet that begins there."""
    for number, cells in lines(text, separator, strict):
        first = cells[0].strip().casefold() if cells else ""
        begins = first in SHEETS and not any(cell.strip() for cell in cells[1:])
        yield (first if begins else None), (number, cells)


def _sheet(name: str, left: int, rows: Sequence[Row]) -> Sheet:
    at = next((at for at, (_, cells) in enumerate(rows[:TITLE_ROWS]) if _is_heading(name, cells)), None)
    if at is None:
        return Sheet(name, 0, {}, ())
    number, heading = rows[at]
    places = [(cell.strip(), left + place) for place, cell in enumerate(heading)]
    letters: dict[str, str] = {}
    repeated: list[tuple[str, str]] = []
    for text, place in places:
        if text and text in letters:
            repeated.append((text, letter(place)))
        elif text:
            letters[text] = letter(place)
    records = [Record(row, _cells(cells, heading)) for row, cells in rows[at + 1 :]]
    return Sheet(name, number, letters, [record for record in records if record.cells], repeated)


def _is_heading(name: str, cells: Sequence[str]) -> bool:
    """Whether a row holds the headings that this sheet cannot do without."""
    words = {cell.strip().casefold().replace(" ", "_") for cell in cells}
    needed = {"survey": ({"type"}, {"name"}), "choices": ({"list_name"}, {"name"}), "settings": ({"form_id"},)}[name]
    return all(words & any_of for any_of in needed)


def _cells(cells: Sequence[str], heading: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, cell in enumerate(cells[: len(heading)]):
        text, key = cell.strip().lstrip(DATED), heading[place].strip()
        if text and key:
            found.setdefault(key, text)
    return found


def letter(place: int) -> str:
    """The column's letters in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
