"""A whole register from one file: the same as row by row, once, in blocks, by one process or several."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from wangge.base import sealing
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem, Problems
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.people import queries
from wangge.domains.people.filling import pool, staging
from wangge.domains.people.filling import source as sources
from wangge.domains.people.filling.actions import Filled, fill
from wangge.domains.people.filling.lines import Lines
from wangge.domains.people.filling.reading import Refused
from wangge.domains.people.filling.source import Source, blocks, rows
from wangge.domains.people.inputs import read_person_row
from wangge.domains.people.models import Person
from wangge.domains.people.rows import take_people
from wangge.domains.people.rules import check_digit
from wangge.domains.places.models import Place

COLUMNS = ("name", "document", "birth_date", "sex", "phone", "relation", "community", "address")
HERE = "并州东街四社区"


def number(sequence: int) -> str:
    first = f"140102{1950 + sequence % 60}0101{sequence % 1000:03d}"
    return first + check_digit(first)


def line(name: str, sequence: int | None, address: str, **more: str) -> list[str]:
    cells = {"name": name, "document": number(sequence) if sequence is not None else "", "community": HERE} | more
    return [cells.get(column, address if column == "address" else "") for column in COLUMNS]


#: Plain rows, and one of each kind that is not: twice, a contradiction, one name twice, no such door, wrong number …
ROWS = [
    line("田甲", 1, "东岗里1-1-101", phone="19900000001、19900000002", relation="户主"),
    line("田乙", 2, "东岗里1-1-101", sex="女"),
    line("田丙", None, "东岗里1号楼1单元201", birth_date="2020-05-01"),
    line("田丁", 4, "东岗里1-1-301", phone="19900000001,19900000002,19900000003"),
    line("田戊", 5, "东岗里1-2-101"), line("田戊", 5, "东岗里1-2-101", phone="19900000009"),
    line("田己", 6, "东岗里1-2-201"), line("田别", 6, "东岗里1-2-201"),
    line("田庚", 7, "东岗里2-1-101"), line("田庚", 8, "东岗里2-1-101"),
    line("田辛", None, "东岗里2-1-101"), line("田辛", None, "东岗里2-1-101", phone="19900000010"),
    line("田壬", 9, "东岗里7-1-101"), line("田癸", 10, "不知道哪里"),
    line("田子", 11, "职工宿舍201-2"), line("田丑", 12, "桥西李家院", community="邓桥村"),
    line("田寅", 13, "东岗里2-1-201", document="140106199001011236"), line("", 14, "东岗里2-1-201"),
]  # fmt: skip


@pytest.fixture
def city(db: Any) -> Small:
    city = small.build(check_ins=False)
    Person.objects.within(EVERYTHING).exclude(home=city.homes[-1]).delete()
    return city


def write(folder: Path, lines: list[list[str]], encoding: str = "utf-8") -> Source:
    path, out = folder / "people.csv", io.StringIO(newline="")
    csv.writer(out).writerows([COLUMNS, *lines])
    content = out.getvalue().encode(encoding)
    path.write_bytes(content)
    return Source(str(path), encoding, ",", COLUMNS, content.index(b"\n") + 1, 2)


def filled(source: Source, *, make: bool = False) -> tuple[Filled, list[Refused]]:
    refused: list[Refused] = []
    done = fill(
        source=source, by=SYSTEM, make_doors=make, processes=0, refused=refused.append, progress=lambda *_: None
    )
    return done, sorted(refused)


def people() -> list[tuple[Any, ...]]:
    """Everybody as they stand, without what differs from one run to the next."""
    found = Person.objects.within(EVERYTHING).select_related("home")
    return sorted(
        (one.name, one.sex, str(one.birth_date), one.relation, one.home.path, str(sorted(queries.details(one).items())),
         one.document_index, one.phone_index, one.other_phone_index, one.name_birth_index)
        for one in found
    )  # fmt: skip


def row_by_row(lines: list[list[str]], *, make: bool) -> list[tuple[int, str]]:
    """The same rows by the rules for any row; returns the refused with their reasons."""
    good, refused = [], []
    for at, cells in enumerate(lines, 2):
        try:
            good.append((at, read_person_row(dict(zip(COLUMNS, cells, strict=True)))))
        except Problems as error:
            refused.append((at, error.problems[0].code))
    outcomes = take_people(rows=[row for _, row in good], by=SYSTEM, make_doors=make, dry=False)
    refused += [(at, one.reason) for (at, _), one in zip(good, outcomes, strict=True) if one.reason]
    return sorted(refused)


@pytest.mark.parametrize("make", [False, True])
def test_the_same_people_and_refusals_as_row_by_row(city: Small, tmp_path: Path, make: bool) -> None:
    source = write(tmp_path, ROWS)
    done, refused = filled(source, make=make)
    as_filled = people()
    assert done.rows == len(ROWS) == done.new + done.known + done.changed + done.refused
    assert (done.new, done.known, done.changed) == (11 + make, 0, 2)
    Person.objects.within(EVERYTHING).exclude(home=city.homes[-1]).delete()
    assert [(one.line, one.problems[0].code) for one in refused] == row_by_row(ROWS, make=make)
    assert people() == as_filled
    assert done.refused == len(refused)


def test_the_same_file_twice_changes_nothing(city: Small, tmp_path: Path) -> None:
    source = write(tmp_path, ROWS)
    first, refused = filled(source, make=True)
    before = people(), Place.objects.count(), Event.objects.count()
    second, again = filled(source, make=True)
    assert (second.new, second.changed) == (0, 0)
    assert second.known == first.new + first.known + first.changed
    assert [one.line for one in again] == [one.line for one in refused]
    assert (people(), Place.objects.count(), Event.objects.count()) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its tables by itself")
def test_who_is_known_is_found_without_walking_through_everybody_for_each(city: Small) -> None:
    """SQLite once took the index of absorbed records for "not absorbed" and compared every row with every person."""
    staging.create()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE filling_known (line integer PRIMARY KEY)")
        cursor.execute(f"EXPLAIN QUERY PLAN {staging.KNOWN}")
        steps = [row[3] for row in cursor.fetchall()]
        cursor.execute("DROP TABLE filling_known")
    staging.drop()
    first, then = steps[:2]
    assert first == "SCAN s"
    assert then.startswith("SEARCH p USING INDEX person_")
    assert then.endswith(("(home_id=?)", "(document_index=?)"))


def test_what_a_later_file_adds_is_added(city: Small, tmp_path: Path) -> None:
    filled(write(tmp_path, [line("田甲", 1, "东岗里1-1-101")]))
    done, _ = filled(
        write(tmp_path, [line("田甲", 1, "东岗里1-1-101", relation="户主"), line("田乙", 2, "东岗里1-1-101")])
    )
    assert (done.new, done.changed) == (1, 1)
    done, refused = filled(write(tmp_path, [line("田甲", 1, "东岗里1-1-201"), line("李四", 2, "东岗里1-1-101")]))
    assert [one.problems[0].code for one in refused] == ["known_at_another_door", "document_of_another_name"]


def test_stopped_in_the_middle_nothing_stands_and_the_next_run_takes_all(
    city: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, before = write(tmp_path, ROWS), people()
    monkeypatch.setattr(staging, "insert", _stopped)
    with pytest.raises(KeyboardInterrupt):
        filled(source)
    monkeypatch.undo()
    assert people() == before
    assert filled(source)[0].new > 5


def _stopped(*_: object) -> int:
    raise KeyboardInterrupt


def test_indexes_and_references_are_there_afterwards(city: Small, tmp_path: Path) -> None:
    def kept() -> set[str]:
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, "wangge_person"))

    before = kept()
    done, _ = filled(write(tmp_path, [line(f"田{n}", n, "东岗里1-1-101") for n in range(200)]))
    assert done.new == 200
    assert kept() == before
    assert "one_person_per_document" in before


def test_a_short_file_is_read_by_this_process_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool.os, "cpu_count", lambda: 4)
    source = write(tmp_path, ROWS)
    assert pool.processes_for(source) == 0
    monkeypatch.setattr(pool, "WORTH", Path(source.path).stat().st_size // 2)
    assert pool.processes_for(source) == 2
    monkeypatch.setattr(pool, "WORTH", 1)
    assert pool.processes_for(source) == 4


def test_a_file_that_cannot_be_read_takes_nobody_in(city: Small, tmp_path: Path) -> None:
    before = people()
    source = write(tmp_path, ROWS)
    content = Path(source.path).read_bytes()
    for spoiled, code in ((content + b'"open,\n1,2\n', "file_quotes"), (content + b"\xff\xfe,1\n", "file_character")):
        Path(source.path).write_bytes(spoiled)
        with pytest.raises(Problem) as caught:
            filled(source)
        assert caught.value.code == code
        assert caught.value.values["line"] >= len(ROWS)
        assert people() == before


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_every_row_stands_in_one_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.setattr(sources, "SIZE", 64)
    lines = [[f"田{n}", 'say "hi"\nhere' if n % 7 == 0 else "", *["，"] * 6] for n in range(300)]
    source = write(tmp_path, lines, encoding)
    found = [row for block in blocks(source) for row in rows(source, block)]
    assert [cells for _, cells in found] == lines
    assert len({at for at, _ in found}) == 300
    assert sum(block.length for block in blocks(source)) == Path(source.path).stat().st_size - source.start


def test_a_set_of_lines() -> None:
    wanted = {line for line in range(500) if line * line % 7 == 2}
    lines = Lines()
    lines.add(wanted)
    lines.add([9])
    assert len(lines) == len(wanted | {9})
    assert [line for line in range(600) if line in lines] == sorted(wanted | {9})
    for first in range(500):
        assert lines.any_from(first, first + 9) >= any(first <= one < first + 9 for one in wanted)
    assert not Lines().any_from(0, 10**6)
    assert not lines.any_from(600, 10**6)


def test_keys_that_change_while_the_file_is_read_take_nobody_in(
    city: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, numbers = people(), iter(range(9))
    monkeypatch.setattr(sealing, "in_use", lambda: (next(numbers), b""))
    with pytest.raises(Problem) as caught:
        filled(write(tmp_path, ROWS))
    assert caught.value.code == "keys_changed"
    assert people() == before
