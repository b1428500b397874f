"""The table in which a file's rows wait until all of it was read, and the statements that decide what is plain.

Nobody sees these rows; they become people in one transaction. On PostgreSQL the table is unlogged and filled by every
process with binary COPY; on SQLite it is a temporary one of the process that decides.
"""

import struct
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from wangge.domains.people.filling.lines import Lines
from wangge.domains.people.filling.reading import Ready

TABLE = "wangge_filling"
#: Ready's fields, as PostgreSQL and SQLite keep them.
POSTGRES = (
    "line bigint, document bigint, named bigint, home bigint, uuid uuid, name varchar(60), sex varchar(7), "
    'birth_date date, relation varchar(20), sealed bytea, document_index varchar(64) COLLATE "C", '
    'phone_index varchar(64) COLLATE "C", other_phone_index varchar(64) COLLATE "C", '
    'name_birth_index varchar(64) COLLATE "C"'
)
#: Somebody with this document is on record at this home, and the row adds nothing to them.
ADDS_NOTHING = """p.home_id = s.home AND p.name = s.name
    AND p.died_on IS NULL AND p.noted_for IS NULL AND p.merged_into_id IS NULL
    AND (s.birth_date IS NULL OR s.birth_date = p.birth_date)
    AND (s.sex = 'unknown' OR p.sex <> 'unknown') AND (s.relation = '' OR p.relation <> '')
    AND (s.phone_index = '' OR s.phone_index = p.phone_index OR s.phone_index = p.other_phone_index)
    AND (s.other_phone_index = '' OR s.other_phone_index = p.phone_index
         OR s.other_phone_index = p.other_phone_index)"""
KNOWN = f"""INSERT INTO filling_known
    SELECT s.line FROM {TABLE} s JOIN wangge_person p ON p.document_index = s.document_index
    WHERE s.document <> 0 AND {ADDS_NOTHING}"""  # noqa: S608  # our own words
#: What stands in the file more than once is not plain, nor is anybody of a document or a home that is on record. Two of
#: one name at one home with a document each are two people.
TWICE = f"""INSERT INTO filling_aside
    SELECT line FROM {TABLE} WHERE document IN
        (SELECT document FROM {TABLE} WHERE document <> 0 GROUP BY document HAVING count(*) > 1)
    UNION SELECT s.line FROM {TABLE} s JOIN
        (SELECT home, named FROM {TABLE} GROUP BY home, named HAVING count(*) > 1 AND min(document) = 0) d
        ON d.home = s.home AND d.named = s.named"""  # noqa: S608  # our own words
LEFT = f"""CREATE TEMP TABLE filling_left AS SELECT s.line, s.document, s.document_index, s.home FROM {TABLE} s
    WHERE NOT EXISTS (SELECT 1 FROM filling_known k WHERE k.line = s.line)
    AND NOT EXISTS (SELECT 1 FROM filling_aside a WHERE a.line = s.line)"""  # noqa: S608  # our own words
ON_RECORD = """INSERT INTO filling_aside SELECT s.line FROM filling_left s
    WHERE EXISTS (SELECT 1 FROM wangge_person p WHERE p.document_index = s.document_index AND s.document <> 0)
    OR EXISTS (SELECT 1 FROM wangge_person p WHERE p.home_id = s.home)"""
INSERT = f"""INSERT INTO wangge_person
    (uuid, name, sex, birth_date, home_id, relation, sealed, document_index, phone_index, other_phone_index,
     name_birth_index, recorded_at)
    SELECT uuid, name, sex, birth_date, home, relation, sealed, document_index, phone_index, other_phone_index,
     name_birth_index, %s FROM {TABLE} s
    WHERE NOT EXISTS (SELECT 1 FROM filling_aside a WHERE a.line = s.line)
    AND NOT EXISTS (SELECT 1 FROM filling_known k WHERE k.line = s.line)"""  # noqa: S608  # our own words

_BEGIN = struct.Struct(">hiqiqiqiqi16si")
_DAY, _NO_DAY = struct.Struct(">ii"), struct.pack(">i", -1)
_LENGTH = struct.Struct(">i")
_INDEX = "\0\0\0@"  # the length of an index: 64
_NO_INDEX = "\0\0\0\0"
_HEAD, _END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_DAY_0 = date(2000, 1, 1).toordinal()


def create() -> None:
    """An empty table; one that was left behind by a process that was killed is dropped."""
    drop()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE UNLOGGED TABLE {TABLE} ({POSTGRES})")
        else:
            cursor.execute(f"CREATE TEMP TABLE {TABLE} ({', '.join(Ready._fields)})")


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def add(ready: Sequence[Ready]) -> None:
    """Put rows in, from this process."""
    if not ready:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(packed(ready))
        return
    marks = ", ".join(["%s"] * len(Ready._fields))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} VALUES ({marks})",  # noqa: S608  # our own words
            [(*row[:4], row[4].replace("-", ""), *row[5:7], _text(row[7]), *row[8:]) for row in ready],
        )


def packed(ready: Iterable[Ready]) -> bytes:
    """Rows in the binary form of COPY."""
    parts = [_HEAD]
    width, begin, length = len(Ready._fields), _BEGIN.pack, _LENGTH.pack
    for line, document, named, home, uuid, name_, sex_, born, relation_, sealed, *indexes in ready:
        name, sex, relation = name_.encode(), sex_.encode(), relation_.encode()
        row = bytes.fromhex(uuid.replace("-", ""))
        parts += (
            begin(width, 8, line, 8, document, 8, named, 8, home, 16, row, len(name)), name,
            length(len(sex)), sex, _DAY.pack(4, born.toordinal() - _DAY_0) if born else _NO_DAY,
            length(len(relation)), relation, length(len(sealed)), sealed,
            "".join([_INDEX + one if one else _NO_INDEX for one in indexes]).encode(),
        )  # fmt: skip
    parts.append(_END)
    return b"".join(parts)


def decide(aside: Lines) -> int:
    """How many rows are known and add nothing; the lines that go the long way join ``aside``. The rest is new."""
    with connection.cursor() as cursor:
        for name in ("filling_known", "filling_aside"):
            number = "bigint" if connection.vendor == "postgresql" else "integer"
            cursor.execute(f"CREATE TEMP TABLE {name} (line {number} PRIMARY KEY)")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL work_mem = '256MB'")
            cursor.execute(f"ANALYZE {TABLE} (line, document, named, home)")
        cursor.execute(TWICE)
        cursor.execute("SELECT EXISTS (SELECT 1 FROM wangge_person)")
        if cursor.fetchone()[0]:
            cursor.execute(KNOWN)
            cursor.execute("DELETE FROM filling_known WHERE line IN (SELECT line FROM filling_aside)")
            cursor.execute(LEFT)
            cursor.execute(ON_RECORD)
            cursor.execute("DROP TABLE filling_left")
        cursor.execute("SELECT count(*) FROM filling_known")
        known = int(cursor.fetchone()[0])
        cursor.execute("SELECT line FROM filling_aside")
        while some := cursor.fetchmany(10_000):
            aside.add(line for (line,) in some)
        return known


def insert(at: datetime) -> int:
    """Make people of the rest; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [at])
        count = int(cursor.rowcount)
        for name in ("filling_known", "filling_aside"):
            cursor.execute(f"DROP TABLE {name}")
    return count


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
