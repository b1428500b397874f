"""100,000 rows of Excel, kept and looked through, then taken; beside the same workbook read bare and inserted bare."""

import io
import os
from collections.abc import Iterator
from functools import partial
from random import Random

import xlsxwriter

from bench.limits import imports as bare
from bench.measure import Pair
from bench.stand import Stand
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.base.receipts.models import Intake
from wangge.demo import small
from wangge.domains.people.models import Person
from wangge.domains.people.rules import check_digit
from wangge.domains.places.actions import Seed, add_places
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, door_order
from wangge.flows import importing

ROWS, AT_HOME, UNITS, FLOORS, DOORS = 100_000, 3, 6, 25, 4
HEADING = ("序号", "姓名", "身份证号码", "联系电话", "社区", "小区", "楼栋", "单元", "房号", "与户主关系")
LARGE = 100 << 20  # bytes of garbage


def pairs(stand: Stand) -> Iterator[Pair]:
    """Everybody new in the first round; each round is put back before the next."""
    rows = ROWS // 20 if stand.quick else ROWS
    city = small.build(check_ins=False)
    tower(city.places["community"], rows // AT_HOME // (UNITS * FLOORS * DOORS) + 1)
    content, first = workbook(rows), _last()
    insert = bare.postgres(stand.uri) if stand.vendor == "postgresql" else bare.sqlite(stand.uri)
    yield Pair(
        f"preview {rows:,} xlsx", lambda: preview(content, rows), lambda: bare.read(content),
        most_ms=10_000, rounds=2, warm=0, before=lambda: put_back(first),
    )  # fmt: skip
    read = bare.read(content)[1:]
    yield Pair(
        f"import {rows:,} xlsx", take, lambda: insert(read), most_ms=30_000, rounds=2, warm=0,
        before=partial(again, content, rows, first),
    )  # fmt: skip
    put_back(first)
    noise = os.urandom(60 << 20)  # as much as is read at all; the 100 MB are refused by their size
    for name, garbage in (("100 MB", bytes(LARGE)), ("60 MB", noise), ("60 MB zip", b"PK\x03\x04" + noise)):
        yield Pair(f"garbage, {name}", partial(refused, garbage), most_ms=5000, rounds=2, warm=0)


def workbook(rows: int) -> bytes:
    """Invented people, three behind a door, from a seed."""
    random, out = Random(1), io.BytesIO()  # invented people
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("居民")
    sheet.write_row(0, 0, HEADING)
    for number in range(rows):
        sheet.write_row(number + 1, 0, _row(number, random))
    book.close()
    return out.getvalue()


def _row(number: int, random: Random) -> list[object]:
    born = f"{random.randint(1930, 2015)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    first = f"140106{born}{number % 1000:03}"
    building, door = divmod(number // AT_HOME, UNITS * FLOORS * DOORS)
    unit, door = divmod(door, FLOORS * DOORS)
    name = random.choice("王李张刘陈杨赵黄周吴") + "".join(random.choices("伟芳娜敏静丽强磊军洋", k=2))
    room = f"{door // DOORS + 1}0{door % DOORS + 1}"
    phone = 13800000000 + number // AT_HOME
    return [number + 1, name, first + check_digit(first), phone, "并州东街四社区", "东岗里", f"{building + 11}号楼",
            f"{unit + 1}单元", room, "户主" if number % AT_HOME == 0 else "子女"]  # fmt: skip


def tower(community: Place, buildings: int) -> None:
    """So many buildings of six units in the compound of the tiny city."""
    compound = Place.objects.get(parent=community, kind=Kind.COMPOUND)
    doors = tuple(
        Seed(Kind.HOUSEHOLD, f"{f}0{n}", door_order(f, n)) for f in range(1, FLOORS + 1) for n in range(1, DOORS + 1)
    )
    units = tuple(Seed(Kind.UNIT, f"{n}单元", n, children=doors) for n in range(1, UNITS + 1))
    seeds = [Seed(Kind.BUILDING, f"{n + 11}号楼", n + 11, children=units) for n in range(buildings)]
    add_places(parent=compound, seeds=seeds, by=SYSTEM)


def preview(content: bytes, rows: int) -> None:
    """Keep the file and look through all of it."""
    intake, _new = importing.receive(kind="people.people", name="居民.xlsx", content=content, by=SYSTEM)
    fields = [field for field, _ in intake.columns]
    intake = importing.ask_look(intake=intake, fields=fields, make_doors=True, by=SYSTEM)
    while importing.go_on(intake=intake, by=SYSTEM):
        continue
    new = sum(part.new for part in intake.parts.all())
    if new < rows * 0.99:  # the seed gives a few numbers twice
        raise AssertionError(f"{new} of {rows} rows would be new")


def take() -> None:
    """Take the file that was looked through."""
    intake, before = Intake.objects.get(kind="people.people"), Person.objects.within(EVERYTHING).count()
    intake = importing.ask_take(intake=intake, by=SYSTEM)
    while importing.go_on(intake=intake, by=SYSTEM):
        continue
    new = sum(part.new for part in intake.parts.all())
    if Person.objects.within(EVERYTHING).count() != before + new:
        raise AssertionError("what the file says it took is not there")


def again(content: bytes, rows: int, first: int) -> None:
    """Everything as before the taking."""
    put_back(first)
    preview(content, rows)


def put_back(first: int) -> None:
    people = Person.objects.within(EVERYTHING).filter(pk__gt=first)
    people._raw_delete(people.db)  # type: ignore[attr-defined]  # nothing hangs on them yet
    Intake.objects.filter(kind="people.people").delete()


def _last() -> int:
    return Person.objects.within(EVERYTHING).order_by("-pk").values_list("pk", flat=True)[0]


def refused(garbage: bytes) -> None:
    """Garbage is refused in words."""
    try:
        importing.receive(kind="people.people", name="x", content=garbage, by=SYSTEM)
    except Problem:
        return
    raise AssertionError("garbage was taken")
