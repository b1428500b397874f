"""From a row as it stands in the file to the fields a street reads. What was damaged on the way is refused here."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wangge.base.problems import Problem
from wangge.base.receipts.forms import DATED, Form, bare, is_rounded, whole
from wangge.base.receipts.models import Intake
from wangge.base.receipts.text import NOT_TEXT

Fields = dict[str, str]
MARKS = ("=", "'", DATED)


@dataclass(frozen=True, slots=True)
class Reader:
    """How the rows of one file are read: which field stands where, how wide the heading is, which row is cut off."""

    form: Form
    places: tuple[tuple[str, int], ...]
    width: int
    cut: int

    def fields(self, number: int, cells: Sequence[str]) -> Fields | Problem:
        """The cells by field, uniform in width; or why the row cannot be read."""
        if number == self.cut:
            return Problem("row_cut")
        if len(cells) > self.width and any(cell.strip() for cell in cells[self.width :]):
            return Problem("row_shifted")
        if (joined := "".join(cells)) and NOT_TEXT.search(joined) and (damaged := self._damaged(cells)):
            return damaged
        return self._read(cells)

    def as_written(self, cells: Sequence[str]) -> Fields:
        """The cells by field without another look at them: enough to tell whether two rows say the same."""
        width = len(cells)
        return {field: cells[at].strip() for field, at in self.places if at < width}

    def _damaged(self, cells: Sequence[str]) -> Problem | None:
        """A character that is no text, in any column; a date where none belongs."""
        for cell in cells:
            if NOT_TEXT.search(cell.removeprefix(DATED)):
                return Problem("cell_damaged")
        for field, at in self.places:
            if at < len(cells) and cells[at].startswith(DATED) and field not in self.form.dates:
                return Problem("cell_became_date", field=field, found=cells[at].removeprefix(DATED))
        return None

    def _read(self, cells: Sequence[str]) -> Fields | Problem:
        found, width = Fields(), len(cells)
        for field, at in self.places:
            text = cells[at] if at < width else ""
            if text:
                text = _uniform(text)
                if field in self.form.numbers and not text.isdecimal():
                    text = whole(text)
                    if is_rounded(text):
                        return Problem("number_rounded", field=field, found=text)
            found[field] = text
        return found


def _uniform(text: str) -> str:
    """A cell without marks and in one width; most are so already, and there are a hundred thousand times ten."""
    if text[0] in MARKS or text[-1].isspace() or text[0].isspace():
        text = bare(text).removeprefix(DATED)
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", text).strip()


def reader(intake: Intake, form: Form) -> Reader:
    """The reader of a file as its columns are chosen now."""
    places = tuple((field, at) for at, (field, _) in enumerate(intake.columns) if field)
    width = len(intake.columns) if intake.shape.get("kind") == "csv" else 10**6
    return Reader(form, places, width, intake.shape.get("cut", 0))
