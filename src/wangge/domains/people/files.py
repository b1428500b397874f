"""A file of people: what its columns are, and its rows taken many at once."""

from collections.abc import Mapping, Sequence

from wangge.base.access.by import By
from wangge.base.problems import Problem, Problems
from wangge.base.receipts.actions import Became
from wangge.base.receipts.bulk import TakeMany
from wangge.domains.people.columns import FORM, for_inputs, same_person
from wangge.domains.people.inputs import PersonRow, read_person_row
from wangge.domains.people.matching import Became as Fate
from wangge.domains.people.matching import Outcome
from wangge.domains.people.rows import take_people

__all__ = ["FORM", "same_person", "taking"]


def taking(*, by: By, make_doors: bool, dry: bool) -> TakeMany:
    """The verb for rows of a file, for somebody and the places they may fill."""

    def take_many(rows: Sequence[Mapping[str, str]]) -> list[Became | Problem]:
        read = [_read(cells) for cells in rows]
        good = [one for one in read if isinstance(one, PersonRow)]
        became = iter(take_people(rows=good, by=by, make_doors=make_doors, dry=dry))
        return [
            _said(next(became), cells) if isinstance(one, PersonRow) else one
            for one, cells in zip(read, rows, strict=True)
        ]

    return take_many


def _read(cells: Mapping[str, str]) -> PersonRow | Problem:
    try:
        return read_person_row(for_inputs(cells))
    except Problems as error:
        return error.problems[0]


def _said(outcome: Outcome, cells: Mapping[str, str]) -> Became | Problem:
    if outcome.problem:
        return outcome.problem
    new, changed = outcome.became is Fate.NEW, outcome.became is Fate.CHANGED
    door = f"{cells.get('community', '')} {outcome.home}" if outcome.new_door else ""
    return Became(outcome.person, new, changed, door)
