"""What is wrong in an XLSForm, all of it at once, each with its sheet, row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wangge.domains.asking.sheets import Record, Sheet


@dataclass(frozen=True, slots=True)
class FormError:
    """One thing to correct. ``row`` is 0 where it is about the whole sheet, ``column`` '' about the whole row."""

    code: str
    sheet: str
    row: int = 0
    column: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


class BrokenForm(Exception):
    """An XLSForm that cannot be published."""

    def __init__(self, errors: Sequence[FormError]) -> None:
        super().__init__(", ".join(f"{one.sheet} {one.column}{one.row or ''} {one.code}" for one in errors))
        self.errors = errors


class Errors:
    """Gathers them."""

    def __init__(self) -> None:
        self.found: list[FormError] = []

    def about(self, code: str, sheet: Sheet, record: Record | None, heading: str, **values: str | int) -> None:
        """Keep one about a cell; ``heading`` as it is written in the sheet, '' for the whole row."""
        row = record.row if record else sheet.heading_row
        error = FormError(code, sheet.name, row, sheet.letters.get(heading, ""), values)
        if error not in self.found:
            self.found.append(error)

    def whole(self, code: str, sheet: str, **values: str | int) -> None:
        """Keep one about a sheet."""
        self.found.append(FormError(code, sheet, values=values))

    def stop(self) -> None:
        """Raise what was found, in the order of the file."""
        if self.found:
            order = {"settings": 0, "survey": 1, "choices": 2}
            raise BrokenForm(
                sorted(self.found, key=lambda one: (order.get(one.sheet, 3), one.row, len(one.column), one.column))
            )
