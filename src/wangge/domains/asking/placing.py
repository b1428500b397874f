"""What only the bank can find wrong in a questionnaire, put where it stands in the file it was read from."""

from wangge.base.problems import Problem, Problems
from wangge.domains.asking.faulty import BrokenForm, FormError
from wangge.domains.asking.headings import heading_of
from wangge.domains.asking.questionnaire import Questionnaire
from wangge.domains.asking.sheets import Sheet, read_book

#: In which sheet and column it stands.
PLACES = {"question_differs": ("survey", "name"), "version_taken": ("settings", "version")}


def placed(error: Problem | Problems, questionnaire: Questionnaire, content: bytes) -> BrokenForm | None:
    """The same with sheet, row and column; None where any of it stands nowhere in the file."""
    found = error.problems if isinstance(error, Problems) else [error]
    if any(one.code not in PLACES for one in found):
        return None
    book, rows = read_book(content), {one.name: one.row for one in questionnaire.questions}
    errors = []
    for one in found:
        sheet, column = PLACES[one.code]
        row = rows[one.field] if one.field in rows else book[sheet].records[0].row
        errors.append(FormError(one.code, sheet, row, _letter(book[sheet], column), one.values))
    return BrokenForm(errors)


def _letter(sheet: Sheet, column: str) -> str:
    return next((letter for heading, letter in sheet.letters.items() if heading_of(heading)[0] == column), "")
