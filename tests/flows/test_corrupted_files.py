"""A thousand files corrupted at random from a seed: each good row in, each bad row back, no crash, no half-import.

All thousand are read and their rows counted; every eighth of them, and every kind of damage, goes through the whole
import as well.
"""

import io
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest
from pytest_django.fixtures import Settings
from tests.base.receipts import sheets

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.base.receipts import returning
from wangge.base.receipts.forms import Sheet
from wangge.base.receipts.models import Intake, IntakePart, IntakeRow
from wangge.base.receipts.tables import read_sheet
from wangge.base.receipts.words import PROBLEMS
from wangge.demo import small
from wangge.domains.people.columns import FORM
from wangge.domains.people.models import Person
from wangge.flows import importing

SEED = 20220407
FILES, IN_FULL, ROWS = 1000, 8, 24
HEADING = (*sheets.HEADING[:10], "社区", "备注")
Rows = list[list[str]]
Corrupt = Callable[[Random, Rows], bytes]


def rows_of(random: Random) -> Rows:
    """Rows of one file; ``备注`` marks each, so that it is known again."""
    rows = sheets.people(ROWS, seed=random.randrange(10**9))
    return [[*row[:10], "并州东街四社区", f"标记{number}"] for number, row in enumerate(rows)]


def text(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    return sheets.text(rows, heading=HEADING, separator=separator)


def book(rows: Sequence[Sequence[str]]) -> bytes:
    return sheets.book(rows, top=(HEADING,))


def whole(random: Random, rows: Rows) -> bytes:
    return book(rows) if random.random() < 0.5 else text(rows).encode("gb18030")


def truncated_text(random: Random, rows: Rows) -> bytes:
    content = text(rows).encode(random.choice(["utf-8", "gb18030", "utf-16"]))
    return content[: random.randrange(len(content) // 4, len(content))]


def truncated_book(random: Random, rows: Rows) -> bytes:
    content = book(rows)
    return content[: random.randrange(10, len(content))]


def wrong_encoding(random: Random, rows: Rows) -> bytes:
    """Half the file in one encoding, half in another: two files put together."""
    half = random.randrange(2, ROWS - 2)
    first, second = random.sample(["utf-8", "gb18030", "utf-16-le"], 2)
    return text(rows[:half]).encode(first) + text(rows[half:]).split("\r\n", 1)[1].encode(second)


def shifted(random: Random, rows: Rows) -> bytes:
    """Some rows pushed one column to the right, as by a comma in an address."""
    for row in random.sample(rows, random.randrange(1, 6)):
        row.insert(random.randrange(1, 9), "多出来")
    return text(rows).encode()


def shifted_heading(random: Random, rows: Rows) -> bytes:
    heading = list(HEADING)
    heading.insert(0, heading.pop(random.randrange(1, 5)))
    return sheets.book(rows, top=(heading,))


def formulas(random: Random, rows: Rows) -> bytes:
    for row in random.sample(rows, 5):
        row[random.choice([1, 4, 9])] = random.choice(["=1+1", "=CMD|'/C calc'!A0", '=HYPERLINK("http://x")', "=A1"])
    return book(rows) if random.random() < 0.5 else text(rows).replace('"', "").encode("utf-8-sig")


def macros(random: Random, rows: Rows) -> bytes:
    return sheets.with_macro(book(rows))


def bombs(random: Random, rows: Rows) -> bytes:
    return sheets.bomb(book(rows), random.choice([1, 500, 900]), lie=random.random() < 0.5)


def swapped_cells(random: Random, rows: Rows) -> bytes:
    for row in random.sample(rows, 5):
        one, other = random.sample(range(1, 10), 2)
        row[one], row[other] = row[other], row[one]
    return whole(random, rows)


def nulls(random: Random, rows: Rows) -> bytes:
    for row in random.sample(rows, 2):
        place = random.randrange(12)
        row[place] += "\x00"
    return text(rows).encode()


def flipped(random: Random, rows: Rows) -> bytes:
    content = bytearray(whole(random, rows))
    for _ in range(random.randrange(1, 20)):
        content[random.randrange(len(content))] = random.randrange(256)
    return bytes(content)


def member_lost(random: Random, rows: Rows) -> bytes:
    content = book(rows)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    return sheets.repacked(content, {random.choice(names): None})


def member_damaged(random: Random, rows: Rows) -> bytes:
    content = book(rows)
    archive = zipfile.ZipFile(io.BytesIO(content))
    name = random.choice(archive.namelist())
    body = bytearray(archive.read(name))
    for _ in range(random.randrange(1, 10)):
        body[random.randrange(len(body))] = random.randrange(256)
    return sheets.repacked(content, {name: bytes(body)})


def quotes(random: Random, rows: Rows) -> bytes:
    random.choice(rows)[9] = '"开口'
    return text(rows).encode()


def rounded(random: Random, rows: Rows) -> bytes:
    for row in random.sample(rows, 4):
        row[random.choice([3, 4])] = "1.40106E+17"
    return whole(random, rows)


def garbage(random: Random, rows: Rows) -> bytes:
    return random.choice([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]) + random.randbytes(
        random.randrange(5000)
    )


KINDS: tuple[Corrupt, ...] = (
    whole, truncated_text, truncated_book, wrong_encoding, shifted, shifted_heading, formulas, macros, bombs,
    swapped_cells, nulls, flipped, member_lost, member_damaged, quotes, rounded, garbage,
)  # fmt: skip


def files(step: int = 1) -> Iterator[tuple[str, Rows, bytes]]:
    """The kind of damage, the rows as they were before it, the file."""
    for number in range(0, FILES, step):
        random = Random(SEED + number)  # invented damage
        kind = KINDS[number // step % len(KINDS)] if step > 1 else KINDS[number % len(KINDS)]
        rows = rows_of(random)
        yield kind.__name__, [list(row) for row in rows], kind(random, rows)


def read(content: bytes) -> Sheet | Problem:
    try:
        return read_sheet(content, FORM)
    except Problem as problem:
        return problem


def test_a_thousand_damaged_files_are_read_or_refused_in_words() -> None:
    begun, seen = time.monotonic(), Counter[tuple[str, str]]()
    for kind, _, content in files():
        found = read(content)
        if isinstance(found, Problem):
            assert str(PROBLEMS[found.code]) % found.values
            assert found.field == "file"
        seen[kind, "refused" if isinstance(found, Problem) else "read"] += 1
    assert sum(seen.values()) == FILES
    for kind in ("whole", "shifted", "macros", "swapped_cells", "rounded", "nulls", "shifted_heading", "formulas"):
        assert seen[kind, "refused"] == 0, (kind, seen)
    for kind in ("garbage", "quotes", "truncated_book"):
        assert seen[kind, "read"] == 0, (kind, seen)
    assert time.monotonic() - begun < 300


@pytest.fixture
def city(settings: Settings, tmp_path: str, db: None) -> None:
    settings.WANGGE_CHECKINS = f"{tmp_path}/checkins.sqlite3"
    small.build(check_ins=False)


def good(rows: Rows, content_rows: Sequence[Sequence[str]]) -> set[str]:
    """The marks of rows that came through the damage as they were and say what can be taken."""
    there = {tuple(cells[: len(HEADING)]) for cells in content_rows}
    return {row[11] for row in rows if tuple(row) in there}


def test_of_damaged_files_each_good_row_goes_in_and_each_bad_one_comes_back(city: None) -> None:
    taken_of, opened = Counter[str](), 0
    for number, (kind, rows, content) in enumerate(files(IN_FULL)):
        before = people()
        try:
            intake, _new = importing.receive(kind="people.people", name=f"{number}.x", content=content, by=SYSTEM)
        except Problem:
            assert people() == before, kind
            continue
        opened += 1
        outcome = finish(intake)
        total = sum(part.size for part in intake.parts.all())
        assert total == sum(outcome[name] for name in ("new", "changed", "known", "refused")), (kind, outcome)
        assert people() == before + outcome["new"], kind
        back = list(returning.refused(intake))
        assert len(back) == outcome["refused"], kind
        assert not any(part.content for part in intake.parts.all())
        came_back = {cells[11] for _, cells, _ in back if len(cells) > 11}
        expected = untouched(kind, rows, content)
        assert not came_back & expected, (kind, number, [str(why) for _, cells, why in back if cells[11] in expected])
        taken_of[kind] += outcome["new"]
    assert opened > FILES // IN_FULL // 2
    for kind in ("whole", "shifted", "macros", "swapped_cells", "rounded", "nulls", "formulas"):
        assert taken_of[kind] > 0, kind
    assert IntakeRow.objects.filter(reason="row_failed").count() == 0


def people() -> int:
    return Person.objects.within(EVERYTHING).count()


def finish(intake: Intake) -> dict[str, int]:
    """Through the dry run and the taking. The columns are as recognised; a file without a name column has none in."""
    fields = [field for field, _ in intake.columns]
    if "name" not in fields:
        fields[next((at for at, field in enumerate(fields) if not field), 0)] = "name"
    intake = importing.ask_look(intake=intake, fields=fields, make_doors=False, by=SYSTEM)
    while importing.go_on(intake=intake, by=SYSTEM):
        continue
    intake = importing.ask_take(intake=intake, by=SYSTEM)
    while importing.go_on(intake=intake, by=SYSTEM):
        continue
    names = ("new", "changed", "known", "refused")
    return {name: sum(getattr(part, name) for part in IntakePart.objects.filter(intake=intake)) for name in names}


def untouched(kind: str, rows: Rows, content: bytes) -> set[str]:
    """The marks of rows that the damage left as they were, where that can be said from outside."""
    if kind not in ("whole", "macros", "shifted", "swapped_cells", "rounded", "nulls", "formulas"):
        return set()
    if content.startswith(b"PK"):
        found = [cells for _, cells in read_sheet(content, FORM).rows]
    else:
        plain = content.decode("utf-8-sig") if kind != "whole" and not _is_gb(content) else content.decode("gb18030")
        found = [line.split(",") for line in re.split("\r\n", plain)]
    return good(rows, found)


def _is_gb(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False
