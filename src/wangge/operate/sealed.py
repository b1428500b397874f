"""Which columns are sealed or blind, said once: backup, rotation and ``wangge check`` read it.

A test fails on a BinaryField or a keyed index that is not here.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from wangge.domains.asking import envelope as answer
from wangge.domains.checkpoints import queries as checkpoints
from wangge.domains.duty import entry, field_keys
from wangge.domains.lists import queries as lists
from wangge.domains.people import envelope as person


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """An envelope per row of ``table``, bound to the row's ``uuid``.

    ``blind`` are the columns of blind indexes, which ``work_out`` makes from the columns it ``reads`` and the content
    of the envelope.
    """

    table: str
    column: str
    blind: Sequence[str] = ()
    reads: Sequence[str] = ()
    work_out: Callable[..., Mapping[str, str]] | None = None


def _of_person(name: str, birth_date: Any, content: Mapping[str, Any]) -> Mapping[str, str]:
    born = date.fromisoformat(birth_date) if isinstance(birth_date, str) else birth_date  # text on SQLite
    return person.blind_indexes(name, born, content)


def _of_account(content: Mapping[str, Any]) -> Mapping[str, str]:
    return {"phone_index": entry.phone_index(str(content.get("phone", "")))}


SEALED = (
    SealedColumn(person.TABLE, *person.SEALED, person.BLIND, ("name", "birth_date"), _of_person),
    SealedColumn(entry.TABLE, "sealed", ("phone_index",), (), _of_account),
    SealedColumn(checkpoints.TABLE, "sealed", ("phone_index",), (), checkpoints.index_of),
    SealedColumn(field_keys.TABLE, "sealed"),
    SealedColumn("wangge_receivedform", "sealed"),
    SealedColumn("wangge_intakerow", "content"),
    SealedColumn("wangge_intakepart", "content"),
    SealedColumn("wangge_request", "sealed"),
    SealedColumn("wangge_tablefilepart", "content"),
    SealedColumn(lists.LISTS, "top"),
    SealedColumn(lists.TABLE, "content", ("document_index",), (), lists.document_index),
    SealedColumn("wangge_selfreport", "sealed"),
    SealedColumn("wangge_venueapplication", "sealed"),
    SealedColumn("wangge_shiftkey", "sealed"),
    SealedColumn("wangge_command", "sealed"),
    SealedColumn(answer.TABLE, "sealed", ("value_index",), ("question_id",), answer.of_content),
)
#: Keyed codes that nothing sealed can give again. Under a new index key they only begin anew: a sender's letters of
#: before are not counted with those after, a phone is given its doors again.
BEGIN_ANEW = frozenset(
    {
        ("wangge_request", "sender"),
        ("wangge_selfreport", "sender"),
        ("wangge_venueapplication", "sender"),
        ("wangge_handed", "digest"),
        ("wangge_handed", "form_digest"),
    }
)

Ask = Callable[[str], list[tuple[Any, ...]]]


def ask(sql: str) -> list[tuple[Any, ...]]:
    """What Django's own connection answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def under_sealing_key(column: str) -> str:
    """SQL: whether an envelope is under a numbered key (its first byte is 1), not under a Response's own (2)."""
    if connection.vendor == "postgresql":
        return f"(length({column}) > 1 AND get_byte({column}, 0) = 1)"
    return f"(length({column}) > 1 AND substr({column}, 1, 1) = x'01')"


def key_number(column: str) -> str:
    """SQL: the number of the key in such an envelope, which is its second byte."""
    if connection.vendor == "postgresql":
        return f"get_byte({column}, 1)"
    digit = "instr('123456789ABCDEF', substr(hex(substr({0}, 2, 1)), {1}, 1))"
    return f"({digit.format(column, 1)} * 16 + {digit.format(column, 2)})"


def present(columns: Mapping[str, Collection[str]]) -> tuple[SealedColumn, ...]:
    """Those of the sealed columns that are among these, by table: a backup may be taken before an upgrade."""
    return tuple(one for one in SEALED if one.column in columns.get(one.table, ()))


def envelopes(ask: Ask = ask, among: Sequence[SealedColumn] = SEALED) -> dict[str, dict[int, int]]:
    """How many envelopes of each sealed column are under each numbered key."""
    found: dict[str, dict[int, int]] = {}
    for one in among:
        sql = (
            f"SELECT {key_number(one.column)}, count(*) FROM {one.table} "  # noqa: S608  # our own names
            f"WHERE {under_sealing_key(one.column)} GROUP BY 1 ORDER BY 1"
        )
        found[f"{one.table}.{one.column}"] = dict(ask(sql))
    return found


def responses(ask: Ask = ask, among: Sequence[SealedColumn] = SEALED) -> list[UUID]:
    """The Responses under whose own keys something is sealed."""
    found: set[UUID] = set()
    for one in among:
        column = one.column
        first = f"get_byte({column}, 0) = 2" if connection.vendor == "postgresql" else f"substr({column}, 1, 1) = x'02'"
        number = f"encode(substr({column}, 2, 16), 'hex')" if connection.vendor == "postgresql" else (
            f"hex(substr({column}, 2, 16))")  # fmt: skip
        sql = f"SELECT DISTINCT {number} FROM {one.table} WHERE length({column}) > 17 AND {first}"  # noqa: S608
        found |= {UUID(hex=text) for (text,) in ask(sql)}
    return sorted(found)
