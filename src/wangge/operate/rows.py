"""Rows as text, the same from both databases: PostgreSQL's COPY text, one line a row, columns between tabs.

So a backup of one kind of database can be restored into the other, and a restored table can be compared with its
digest. Kinds: ``int``, ``number``, ``bool`` (0/1), ``uuid`` (32 hex digits), ``instant`` (UTC, six digits of a
second), ``date``, ``bytes`` (\\x and hex), ``json`` and ``text``. The databases make the text themselves: a row
never becomes Python values on its way out.
"""

from collections.abc import Callable, Sequence
from typing import Any

from wangge.operate.refusals import Refused

Column = tuple[str, str]  # name, kind

POSTGRES = {
    "bigint": "int", "integer": "int", "smallint": "int", "numeric": "number", "double precision": "number",
    "boolean": "bool", "uuid": "uuid", "timestamp with time zone": "instant", "date": "date", "bytea": "bytes",
    "jsonb": "json", "character varying": "text", "text": "text", "inet": "text", "character": "text",
}  # fmt: skip
SQLITE = {
    "bigint": "int", "integer": "int", "smallint": "int", "integer unsigned": "int", "smallint unsigned": "int",
    "bigint unsigned": "int", "decimal": "number", "real": "number", "bool": "bool", "char(32)": "uuid",
    "datetime": "instant", "date": "date", "blob": "bytes", "text": "text", "char(39)": "text", "varchar": "text",
}  # fmt: skip


def kind(kinds: dict[str, str], declared: str, table: str, name: str) -> str:
    """The kind of a column by its declared type. Raises Refused for a type that has none: it would not be carried."""
    plain = declared.lower()
    plain = plain if plain in kinds else plain.partition("(")[0].strip()
    if plain not in kinds:
        raise Refused(f"column {name} of {table} is of a type that backups do not know ({declared}).")
    return kinds[plain]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def out_of_postgres(column: Column) -> str:
    """SQL whose text is the column's canonical form; COPY escapes it."""
    name, kind = quoted(column[0]), column[1]
    if kind == "uuid":
        return f"replace({name}::text, '-', '')"
    if kind == "bool":
        return f"{name}::int"
    if kind == "instant":
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return name


def out_of_sqlite(columns: Sequence[Column]) -> str:
    """SQL for a whole row as one line."""
    return " || char(9) || ".join(f"ifnull({_text_in_sqlite(*one)}, '\\N')" for one in columns)


def _text_in_sqlite(name: str, kind: str) -> str:
    name = quoted(name)
    if kind in ("text", "json"):
        text = f"replace({name}, '\\', '\\\\')"
        for code, letter in ((9, "t"), (10, "n"), (13, "r"), (8, "b"), (12, "f"), (11, "v")):
            text = f"replace({text}, char({code}), '\\{letter}')"
        return text
    if kind == "bytes":
        return f"'\\\\x' || lower(hex({name}))"
    if kind == "instant":
        return f"CASE WHEN length({name}) = 19 THEN {name} || '.000000' ELSE {name} END"
    return name


ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\\": "\\"}


def plain(cell: str) -> str:
    """A cell without its escapes."""
    if "\\" not in cell:
        return cell
    parts = iter(cell)
    return "".join(ESCAPES.get(one := next(parts, ""), one) if char == "\\" else char for char in parts)


INTO_SQLITE: dict[str, Callable[[str], Any]] = {
    "int": int,
    "bool": int,
    "text": plain,
    "json": plain,
    "bytes": lambda cell: bytes.fromhex(plain(cell)[2:]),
    "instant": lambda cell: cell.removesuffix(".000000"),  # as Django writes it there: compared as text
}


def values(line: str, columns: Sequence[Column]) -> list[Any]:
    """A line as SQLite wants its values. Raises ValueError when it is no row of these columns."""
    cells = line.split("\t")
    if len(cells) != len(columns):
        raise ValueError(f"{len(cells)} cells for {len(columns)} columns")
    return [
        None if cell == "\\N" else INTO_SQLITE.get(kind, str)(cell)
        for cell, (_, kind) in zip(cells, columns, strict=True)
    ]
