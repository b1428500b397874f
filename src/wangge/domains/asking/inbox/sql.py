"""The inbox's statements, one for each step of a batch, the same on both databases. No ORM: it costs more than all
the rest of a receipt. A test compares the columns with the model's.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

COLUMNS = (
    "uuid", "instance", "deprecates", "form_id", "door_id", "person_id", "key", "account", "post", "at", "received_at",
    "batch", "sealed", "state", "reason",
)  # fmt: skip
_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_ROW = f"({', '.join(['%s'] * len(COLUMNS))})"

_DOORS = "SELECT uuid, id, path, grid_id FROM wangge_place WHERE closed IS NULL AND uuid IN ({0})"
_PEOPLE = (
    "SELECT named.uuid, stands.id, stands.home_id, home.parent_id, home.path, home.grid_id "
    "FROM wangge_person named JOIN wangge_person stands ON stands.id = COALESCE(named.merged_into_id, named.id) "
    "JOIN wangge_place home ON home.id = stands.home_id WHERE named.uuid IN ({0})"
)
_KEYS = "SELECT id FROM wangge_apitoken WHERE ended_at IS NULL AND expires_on >= %s AND id IN ({0})"
_KNOWN = 'SELECT instance, uuid, sealed, state FROM wangge_receivedform WHERE "instance" IN ({0})'


@dataclass(frozen=True, slots=True)
class Door:
    pk: int
    path: str
    grid: int | None


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, and behind which door: the home itself, or the room of a bed."""

    pk: int
    doors: frozenset[int]
    path: str
    grid: int | None


@dataclass(frozen=True, slots=True)
class Known:
    uuid: UUID
    sealed: bytes
    state: str


def written(values: Iterable[Any]) -> list[Any]:
    """Values as this database's driver takes them."""
    return list(map(_lite, values)) if connection.vendor == "sqlite" else list(values)


def _lite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))  # as Django writes it
    return value.isoformat() if isinstance(value, date) else value


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=value)


def _ask(sql: str, among: Collection[Any], *before: Any) -> list[tuple[Any, ...]]:
    if not among:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(", ".join(["%s"] * len(among))), written([*before, *among]))
        return list(cursor.fetchall())


def doors(uuids: Collection[UUID]) -> dict[UUID, Door]:
    """Open places by id."""
    return {_uuid(uuid): Door(pk, path, grid) for uuid, pk, path, grid in _ask(_DOORS, uuids)}


def people(uuids: Collection[UUID]) -> dict[UUID, Someone]:
    """People by id, also by the id of a record that theirs absorbed."""
    return {
        _uuid(uuid): Someone(pk, frozenset((home, parent)), path, grid)
        for uuid, pk, home, parent, path, grid in _ask(_PEOPLE, uuids)
    }


def valid_keys(keys: Collection[int], today: date) -> set[int]:
    """Those of some phones' keys that are neither ended nor run out at this moment."""
    return {pk for (pk,) in _ask(_KEYS, keys, today)}


def known(instances: Collection[str]) -> dict[str, Known]:
    """Forms that are there already, by the client's own id."""
    return {
        instance: Known(_uuid(uuid), bytes(sealed), state) for instance, uuid, sealed, state in _ask(_KNOWN, instances)
    }


def insert(rows: Sequence[Sequence[Any]]) -> set[str]:
    """Write rows (in the order of ``COLUMNS``); the ids of those that were new. Two writers wait for each other in
    one order, so that neither waits for ever.
    """
    if not rows:
        return set()
    ordered = sorted(rows, key=lambda row: str(row[1]))
    places = ", ".join([_ROW] * len(ordered))
    sql = (
        f"INSERT INTO wangge_receivedform ({_NAMES}) VALUES {places} "  # noqa: S608  # our own names
        f'ON CONFLICT ("instance") DO NOTHING RETURNING "instance"'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, written(value for row in ordered for value in row))
        return {instance for (instance,) in cursor.fetchall()}
