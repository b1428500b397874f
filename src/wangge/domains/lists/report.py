"""A list as it goes back: the sender's own title and columns in their order, each row where it was, the answer beside.

Where the sender left columns empty for the answer, they are filled; what has no column there is added at the end.
Nothing here is in words: the face brings them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wangge.base.receipts.forms import plain
from wangge.domains.duty.models import Account, Post
from wangge.domains.lists import queries
from wangge.domains.lists.columns import ANSWERS
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.rules import RowState
from wangge.domains.work.models import Task


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a row, in codes. ``outcome`` is the last try's where the row is still open."""

    state: str
    outcome: str
    reason: str
    channel: str
    checked_at: datetime | None
    checker: str  # a name
    post: str  # its title
    first: int = 0  # the row it repeats
    office: str = ""  # where it was forwarded


MOST_EMPTY = 50  # lines one after another; what lies further below is a slip of the sender's
Say = Callable[[Answer], Mapping[str, str]]


class Report:
    """A list as a file. Its rows are read once, so that what is found empty is what is filled."""

    def __init__(self, list_: HandedList) -> None:
        self.own = [said for _, said in list_.heading]
        self.line = int(list_.shape.get("line") or 0)
        self.above = queries.top(list_)
        found = list(answers(list_))
        self.rows = [(_cells(row, len(self.own)), answer) for row, answer in found]
        # Of a list that was forwarded only some rows are here: they stand one below the other.
        self.numbers = [at if list_.above_id else row.number - self.line for at, (row, _) in enumerate(found, 1)]
        self.places = {field: at for field, at in waiting(self.own).items() if self._is_empty(at)}

    def _is_empty(self, at: int) -> bool:
        return not any(cells[at].strip() for cells, answer in self.rows if answer.state != RowState.REMARK)

    def heading(self, words: Mapping[str, str]) -> list[str]:
        """The sender's headings, and those of ``words`` (by field of ANSWERS) for which no column waits."""
        return [*self.own, *(words[field] for field in ANSWERS if field not in self.places)]

    def top(self) -> list[Sequence[str]]:
        """What stood above the heading, each line where it was."""
        return _spaced(self.above, self.line)

    def body(self, say: Say) -> list[Sequence[str]]:
        """The rows below the heading, each where it was: an empty line of the sender's stays one."""
        return _spaced(zip(self.numbers, self.table(say), strict=True))

    def table(self, say: Say) -> Iterator[list[str]]:
        """The rows; a cell that the sender filled is never written over."""
        for cells, answer in self.rows:
            said, row = say(answer), list(cells)
            for field, at in self.places.items():
                row[at] = row[at] or said[field]
            width = len(self.own)
            yield [*row[:width], *(said[field] for field in ANSWERS if field not in self.places), *row[width:]]


def _spaced(rows: Iterable[tuple[int, Sequence[str]]], end: int = 0) -> list[Sequence[str]]:
    """Lines by their number, with empty ones where none is said; ``end``: the number of the line that follows."""
    made: list[Sequence[str]] = []
    for number, cells in rows:
        made += [()] * min(number - 1 - len(made), MOST_EMPTY)
        made.append(cells)
    return [*made, *[()] * min(max(end - 1 - len(made), 0), MOST_EMPTY)]


def _cells(row: ListRow, width: int) -> list[str]:
    cells = [str(cell) for cell in queries.content(row).get("cells", [])]
    return cells + [""] * (width - len(cells))


def waiting(own: Sequence[str]) -> dict[str, int]:
    """Which of the sender's columns are meant for which part of the answer."""
    found: dict[str, int] = {}
    for at, said in enumerate(own):
        for field, known in ANSWERS.items():
            if plain(said) in known:
                found.setdefault(field, at)
    return found


def answers(list_: HandedList, some: Sequence[ListRow] | None = None) -> Iterator[tuple[ListRow, Answer]]:
    """Rows of a list (all, or those given) with what became of each; a repeat has what became of the first."""
    rows = list(queries.rows(list_)) if some is None else list(some)
    of = {row.pk: row for row in rows}
    if missing := {row.repeats_id for row in rows if row.repeats_id} - of.keys():
        of |= {row.pk: row for row in queries.rows(list_).filter(pk__in=missing)}
    names, titles = _people(list(of.values()))
    for row in rows:
        first = of.get(row.repeats_id or 0)
        yield row, _answer(row, first or row, names, titles)


def _people(rows: Sequence[ListRow]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    accounts = {row.checker for row in rows if row.checker}
    posts = {row.checker_post for row in rows if row.checker_post}
    names = dict(Account.objects.filter(uuid__in=accounts).values_list("uuid", "name"))
    return names, dict(Post.objects.filter(uuid__in=posts).values_list("uuid", "title"))


def _answer(row: ListRow, shown: ListRow, names: Mapping[UUID, str], titles: Mapping[UUID, str]) -> Answer:
    tried = shown.item.task if shown.item and shown.state == RowState.ASKED else None
    outcome = tried.outcome if tried and tried.state == Task.State.OPEN else shown.outcome
    office = shown.onward.list.place.name if shown.onward else ""
    return Answer(
        shown.state, outcome, shown.reason, shown.channel, shown.checked_at,
        names.get(shown.checker, "") if shown.checker else "",
        titles.get(shown.checker_post, "") if shown.checker_post else "", 0 if shown is row else shown.number, office,
    )  # fmt: skip
