"""A city's doors, and a file of who lives behind them: invented, the same every time.

Every community has one compound of 43 buildings with 4 units of 10 doors, as many communities as the people need at
2.4 to a door; the file is in the order of the doors, as a city's register is.
"""

import csv
import random
from pathlib import Path

from django.db import connection

from bench import places
from wangge.base import bulk
from wangge.domains.people.filling.source import Source
from wangge.domains.people.rules import check_digit
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind

COLUMNS = ("name", "document", "sex", "phone", "relation", "community", "address")
SEED = 20220403
AT_A_DOOR = (1, 2, 2, 2, 2, 3, 3, 3, 3, 3)  # 2.4 on average
BUILDINGS, UNITS, DOORS = 43, 4, 10
COMMUNITY = "第{}社区"
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "一二三四五六七八九十子丑寅卯辰巳午未申酉戌亥"


def build(count: int, path: Path) -> None:
    """The places in the database and the people in the file."""
    doors_each = BUILDINGS * UNITS * DOORS
    communities = -(-count * 10 // sum(AT_A_DOOR) // doors_each) + 1
    clear()
    Place.objects.filter(kind__in=[Kind.HOUSEHOLD]).delete()
    for kind in (Kind.UNIT, Kind.BUILDING, Kind.COMPOUND, Kind.COMMUNITY, Kind.TOWNSHIP, Kind.DISTRICT):
        Place.objects.filter(kind=kind).delete()
    towns = places.down([places.a_city()], [(Kind.DISTRICT, 10), (Kind.TOWNSHIP, 10)])
    made = places.down(towns, [(Kind.COMMUNITY, -(-communities // len(towns)))])[:communities]
    for number, one in enumerate(made):
        one.name = COMMUNITY.format(number)
    bulk.update(made, ["name"])
    levels = [(Kind.COMPOUND, 1), (Kind.BUILDING, BUILDINGS), (Kind.UNIT, UNITS), (Kind.HOUSEHOLD, DOORS)]
    for first in range(0, len(made), 20):
        places.down(made[first : first + 20], levels)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wangge_place SET name = '光明小区' WHERE kind = 'compound'")
        cursor.execute("ANALYZE wangge_place")
    _write(count, path)


def _write(count: int, path: Path) -> None:
    rng = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        written, door = 0, 0
        while written < count:
            unit, floor = divmod(door, DOORS)
            building, unit = divmod(unit, UNITS)
            community, building = divmod(building, BUILDINGS)
            address = f"光明小区{building + 1}号楼{unit + 1}单元{floor + 1}01室"
            for _ in range(min(rng.choice(AT_A_DOOR), count - written)):
                writer.writerow(_person(rng, written, COMMUNITY.format(community), address))
                written += 1
            door += 1


def _person(rng: random.Random, number: int, community: str, address: str) -> tuple[str, ...]:
    """Somebody with a number nobody else has: birth date and sequence are the running number."""
    days, sequence = divmod(number, 1000)
    year, day = divmod(days, 336)
    month, day = divmod(day, 28)
    first17 = f"140102{1940 + year}{month + 1:02d}{day + 1:02d}{sequence:03d}"
    male = int(first17[16]) % 2 == 1
    name = rng.choice(FAMILY) + rng.choice(GIVEN) + rng.choice(GIVEN)
    phone = f"199{number % 10**8:08d}"
    return name, first17 + check_digit(first17), "男" if male else "女", phone, "户主", community, address


def source(path: Path) -> Source:
    """The file as the filling reads it."""
    with path.open("rb") as file:
        start = len(file.readline())
    return Source(str(path), "utf-8", ",", COLUMNS, start, 2)


def clear() -> None:
    """Nobody, and nothing left of the limit."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE wangge_person CASCADE")
            cursor.execute("DROP TABLE IF EXISTS bare_person")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("DELETE FROM wangge_person")
            cursor.execute("DROP TABLE IF EXISTS bare_person")
