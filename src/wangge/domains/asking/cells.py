"""A sheet whose headings are understood: cells by column and language, each with the place to point at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.base.receipts.text import NOT_TEXT
from wangge.domains.asking.faulty import Errors
from wangge.domains.asking.headings import COLUMNS, OUTSIDE, TRANSLATED, heading_of, is_remark, nearest
from wangge.domains.asking.sheets import Record, Sheet

LONGEST_TEXT = 1000


@dataclass(slots=True)
class Table:
    """``headings``: for each column the heading of each language as it is written; None for no language."""

    sheet: Sheet
    errors: Errors
    language: str = "zh"
    headings: dict[str, dict[str | None, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for heading, letter in self.sheet.repeated:
            self.errors.about("heading_twice", self.sheet, None, heading, text=heading, column=letter)
        for heading in self.sheet.letters:
            self.understand(heading)
        for record in self.sheet.records:
            for heading, cell in record.cells.items():
                if NOT_TEXT.search(cell):
                    self.errors.about("cell_unreadable", self.sheet, record, heading)

    def understand(self, heading: str) -> None:
        column, language = heading_of(heading)
        known = COLUMNS[self.sheet.name]
        if column in known and language is not None and column not in TRANSLATED:
            self.errors.about("heading_without_language", self.sheet, None, heading, text=heading)
        elif column in known and language == "":
            self.errors.about("language_unknown", self.sheet, None, heading, text=heading)
        elif column in known:
            if language in self.headings.setdefault(column, {}):
                self.errors.about("heading_twice", self.sheet, None, heading, text=heading)
            self.headings[column].setdefault(language, heading)
        elif not is_remark(column) and any(record[heading] for record in self.sheet.records):
            code = "heading_outside" if column in OUTSIDE else "heading_unknown"
            if code == "heading_unknown" and (meant := nearest(column, known)):
                self.errors.about("heading_misspelt", self.sheet, None, heading, text=heading, meant=meant)
            else:
                self.errors.about(code, self.sheet, None, heading, text=heading)

    def text(self, record: Record, column: str) -> str:
        """The cell of a column without language."""
        return record[self.headings.get(column, {}).get(None, "")]

    def words(self, record: Record, column: str) -> Mapping[str, str]:
        """The cells of a column by language; the one that names no language is in the form's own."""
        found: dict[str, str] = {}
        for language, heading in self.headings.get(column, {}).items():
            text = record[heading]
            if len(text) > LONGEST_TEXT:
                self.errors.about("text_long", self.sheet, record, heading, most=LONGEST_TEXT)
            if text:
                found.setdefault(language or self.language, text)
        return found

    def wrong(self, code: str, record: Record, column: str = "", **values: str | int) -> None:
        """Keep an error about a cell."""
        of = self.headings.get(column, {})
        heading = of.get(None) or next(iter(of.values()), "")
        self.errors.about(code, self.sheet, record, heading, **values)
