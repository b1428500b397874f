"""What could not be taken, as a file of the same form: the same columns in the same order, a reason beside each row."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from wangge.base.problems import Problem
from wangge.base.receipts import queries
from wangge.base.receipts.actions import Became
from wangge.base.receipts.bulk import TakeMany, took
from wangge.base.receipts.forms import Form, Row, Shape
from wangge.base.receipts.models import Intake
from wangge.base.receipts.rows import reader
from wangge.base.receipts.writing import as_it_came

AT_ONCE = 1000
Say = Callable[[Problem], str]
Back = tuple[int, Sequence[str], Problem]


def refused(intake: Intake) -> Iterator[Back]:
    """The rows that came back when the file was taken and were not corrected since."""
    for row in queries.refused(intake).iterator(chunk_size=AT_ONCE):
        yield row.number, queries.row_as_it_came(row), queries.problem(row)


def will_be_refused(intake: Intake, form: Form, look: TakeMany) -> Iterator[Back]:
    """The rows that would come back, by the dry run."""
    start = 0
    while some := queries.some_rows(intake, "r", start, AT_ONCE):
        start += len(some)
        found = [row for row, _ in some]
        for (number, cells), why in zip(found, reasons(intake, form, look, found), strict=True):
            if why:
                yield number, cells, why


def reasons(intake: Intake, form: Form, look: TakeMany, rows: Sequence[Row]) -> list[Problem | None]:
    """Why each of these rows would come back; None for one that would not."""
    read = reader(intake, form)
    fields = [read.fields(number, cells) for number, cells in rows]
    became: Iterator[Became | Problem] = iter(took([one for one in fields if not isinstance(one, Problem)], look))
    said = [one if isinstance(one, Problem) else next(became) for one in fields]
    return [one if isinstance(one, Problem) else None for one in said]


def as_file(intake: Intake, rows: Iterator[Back], say: Say, words: Mapping[str, str]) -> tuple[bytes, str, str, int]:
    """The file, its media type, its ending, and how many rows it has. ``words`` for "row" and "reason".

    Columns an earlier such file had for these are left out: a file that comes back twice has them once.
    """
    heading = [heading for _, heading in intake.columns]
    kept = [at for at, one in enumerate(heading) if one not in words.values()]
    table = []
    for number, cells, why in rows:
        beyond = list(cells[len(heading) :])
        table.append([*(cells[at] if at < len(cells) else "" for at in kept), str(number), say(why), *beyond])
    said = intake.shape
    shape = Shape(said["kind"], said["encoding"], said["separator"], said["sheet"])
    names = [*(heading[at] for at in kept), words["row"], words["reason"]]
    content, media, ending = as_it_came(names, table, shape)
    return content, media, ending, len(table)
