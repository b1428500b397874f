"""Filling the register from one file."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.people.filling import staging
from wangge.domains.people.filling.lines import Lines
from wangge.domains.people.filling.pool import read_all
from wangge.domains.people.filling.reading import Reader, Refused
from wangge.domains.people.filling.rebuilding import without_indexes
from wangge.domains.people.filling.source import Row, Source, blocks, rows
from wangge.domains.people.inputs import read_person_row
from wangge.domains.people.matching import Became
from wangge.domains.people.rows import take_people

LONG_WAY = 2000  # rows of one transaction
ALONE = 0x77616E67  # the advisory lock of PostgreSQL: one file at a time


@dataclass(slots=True)
class Filled:
    """How many rows there were and what became of them; they add up."""

    rows: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    refused: int = 0


Refusals = Callable[[Refused], None]
Progress = Callable[[int, int], None]  # rows, bytes


def fill(*, source: Source, by: By, make_doors: bool, processes: int, refused: Refusals, progress: Progress) -> Filled:
    """Take in a file of any length; memory does not grow with it. ``refused`` is told every row that comes back.

    The plain rows go in with one transaction, the others some thousand at a time. Stopped in between, the same file
    again goes on where it was: what is in is known. Raises Problem when the file cannot be read, or another runs.
    """
    scope, sealed_with = by.scope(Right.IMPORT_RECORDS), sealing.in_use()
    filled, aside = Filled(), Lines()
    with _alone():
        staging.create()
        try:
            for block, done in read_all(source, scope, blocks(source), processes):
                filled.rows += done.rows
                filled.refused += len(done.refused)
                aside.add(done.aside)
                for one in done.refused:
                    refused(one)
                progress(filled.rows, block.offset + block.length)
            _plain(filled, by, aside, sealed_with)
        finally:
            staging.drop()
        reader = Reader(source, scope)
        for some in _rows_at(source, aside) if len(aside) else ():
            _long_way(filled, some, reader=reader, by=by, make_doors=make_doors, refused=refused)
    return filled


@transaction.atomic
def _plain(filled: Filled, by: By, aside: Lines, sealed_with: tuple[int, bytes]) -> None:
    """Decide what is plain and write it, in one transaction; the rest joins ``aside``."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE wangge_person IN SHARE ROW EXCLUSIVE MODE")
        if sealing.in_use() != sealed_with:  # what was read would not be found, or not be rotated with the rest
            raise Problem("keys_changed", field="file")
        known = staging.decide(aside)
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM wangge_person LIMIT %s) p", [filled.rows])
        before = int(cursor.fetchone()[0])
    with without_indexes(when=filled.rows - known > before):
        new = staging.insert(clock.now())
    filled.new += new
    filled.known += known
    if new:
        record("people.imported", by=by, data={"count": new, "places": 0, "new": new, "known": known})


def _rows_at(source: Source, lines: Lines) -> Iterator[list[Row]]:
    """The rows at some lines, some thousand at a time: the blocks they stand in are read again."""
    found: list[Row] = []
    for block in blocks(source):
        if not lines.any_from(block.line, block.line + block.breaks + 1):
            continue
        found += [row for row in rows(source, block) if row[0] in lines]
        while len(found) >= LONG_WAY:
            yield found[:LONG_WAY]
            del found[:LONG_WAY]
    if found:
        yield found


def _long_way(
    filled: Filled, some: Sequence[Row], *, reader: Reader, by: By, make_doors: bool, refused: Refusals
) -> None:
    """Rows by the rules for any row."""
    typed = [read_person_row(reader.cells(cells)) for _, cells in some]
    outcomes = take_people(rows=typed, by=by, make_doors=make_doors, dry=False)
    for (line, cells), outcome in zip(some, outcomes, strict=True):
        if outcome.problem:
            refused(Refused(line, cells, [outcome.problem]))
    became = Counter(outcome.became for outcome in outcomes)
    filled.new += became[Became.NEW]
    filled.known += became[Became.KNOWN]
    filled.changed += became[Became.CHANGED]
    filled.refused += became[Became.REFUSED]


@contextmanager
def _alone() -> Iterator[None]:
    """One file at a time: two would not see each other's rows. Raises Problem."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ALONE])
        if not cursor.fetchone()[0]:
            raise Problem("another_file_runs", field="file")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ALONE])
