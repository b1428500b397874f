"""New keys for old: envelopes are sealed again while web and worker go on; blind indexes while they are stopped.

Envelopes: the new key is in the file first; whoever seals looks at the file and uses it. Then every envelope under
another key is opened and sealed again in small batches, each replaced only if it is still what was read: a row that
somebody changed meanwhile is read again at the next round. Rounds go on until nothing is left. Killed, the next
call goes on with what is left. Envelopes under a Response's own key are not touched: that key ends with its data.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from wangge.base import clock, keys, sealing, signing
from wangge.base.access.by import SYSTEM
from wangge.base.events.actions import record
from wangge.domains.codes.rules import PRINTED_FOR
from wangge.operate import sealed
from wangge.operate.refusals import Refused
from wangge.operate.sealed import SEALED, SealedColumn

PAUSE = 0.5  # seconds between two rounds, for whoever sealed under the old key in the instant of its end
AT_ONCE = 500  # rows: the write lock of SQLite is held a few milliseconds
Say = Callable[[str], None]
Row = tuple[Any, ...]  # id, uuid, envelope, and what else was asked for


def left(current: int) -> int:
    """How many envelopes are under another key than this one."""
    return sum(count for counts in sealed.envelopes().values() for number, count in counts.items() if number != current)


def begin() -> tuple[int, bool]:
    """The key that everything is to be sealed under: a new one, or that of a rotation which was stopped (False)."""
    ours = keys.load(settings.WANGGE_KEYS)
    if left(ours.current):
        return ours.current, False
    if max(ours.sealing) == keys.HIGHEST:
        raise Refused("there have been 255 keys, and a number is never used twice. Restore into a new installation.")
    return keys.add_sealing(settings.WANGGE_KEYS), True


def seal_again(current: int, say: Say) -> int:
    """Seal everything under the current key; returns how many envelopes that were."""
    done = 0
    while True:
        for one in SEALED:
            for some in _rows(one, _under_others(one, current)):
                done += _replace(one, some)
                say(f"{one.table}: {done:,} sealed again")
        if not left(current):
            break
        time.sleep(PAUSE)
    record("keeping.keys_rotated", by=SYSTEM, data={"key": current, "count": done})
    return done


def _under_others(one: SealedColumn, current: int) -> str:
    return f"{sealed.under_sealing_key(one.column)} AND {sealed.key_number(one.column)} <> {current:d}"


def _rows(one: SealedColumn, which: str) -> Iterator[list[Row]]:
    """The envelopes of a column in parts; ``which`` is an SQL condition."""
    sql = (
        f"SELECT {', '.join(('id', 'uuid', one.column, *one.reads))} FROM {one.table} WHERE id > %s AND {which} "  # noqa: S608  # our own names
        f"ORDER BY id LIMIT {AT_ONCE}"
    )
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [last])
            some = [(pk, uuid, bytes(envelope), *more) for pk, uuid, envelope, *more in cursor.fetchall()]
        if not some:
            return
        yield some
        last = some[-1][0]


def _replace(one: SealedColumn, some: Sequence[Row]) -> int:
    """Compare and set: a row that is no longer what was read stays as it is now."""
    new = [(pk, old, _again(one.table, uuid, old)) for pk, uuid, old, *_ in some]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {one.table} t SET {one.column} = n.fresh "  # noqa: S608
                "FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS n (id, old, fresh) "
                f"WHERE t.id = n.id AND t.{one.column} = n.old",
                [list(column) for column in zip(*new, strict=True)],
            )
        else:
            sql = f"UPDATE {one.table} SET {one.column} = %s WHERE id = %s AND {one.column} = %s"  # noqa: S608
            cursor.executemany(sql, [(fresh, pk, old) for pk, old, fresh in new])
        return int(cursor.rowcount)


def _again(table: str, uuid: Any, envelope: bytes) -> bytes:
    return sealing.seal(table, _uuid(uuid), sealing.unseal(table, _uuid(uuid), envelope))


def _uuid(stored: Any) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(stored)  # SQLite gives its 32 digits


def drop_old() -> list[int]:
    """Take keys out of the file that nothing is sealed under; returns their numbers. Raises Refused if one is used.

    Nobody writes meanwhile: what another transaction has sealed under an old key and not committed is waited for.
    """
    with transaction.atomic():  # on SQLite this is the write lock
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {', '.join(one.table for one in SEALED)} IN SHARE MODE")
        if count := left(keys.load(settings.WANGGE_KEYS).current):
            raise Refused(f"{count:,} envelopes are still under an older key. Run first: wangge rotate-keys")
        old = keys.drop_sealing(settings.WANGGE_KEYS)
        if old:
            record("keeping.keys_dropped", by=SYSTEM, data={"keys": old, "count": len(old)})
    return old


def index_again(say: Say) -> int:
    """Every blind index under a new key; returns how many rows. Web and worker must be stopped.

    The new key waits in the file as ``blind_next`` until every index is worked out again, in one transaction.
    Killed before that is committed, the old key is right; killed after it, the next call only puts the key in place.
    """
    fresh = keys.prepare_blind(settings.WANGGE_KEYS)
    done = 0
    with transaction.atomic(), sealing.indexing_under(fresh):
        for one in filter(lambda column: column.blind, SEALED):
            for some in _rows(one, "1 = 1"):
                done += _index(one, some)
                say(f"{one.table}: {done:,} indexed again")
        record("keeping.index_rotated", by=SYSTEM, data={"count": done})
    keys.use_next_blind(settings.WANGGE_KEYS)
    return done


def _index(one: SealedColumn, some: Sequence[Row]) -> int:
    assert one.work_out, one
    # An index that is empty stays empty: what it stood for was deleted, whatever the envelope says.
    sets = ", ".join(f"{column} = CASE WHEN {column} = '' THEN '' ELSE %s END" for column in one.blind)
    values: list[tuple[Any, ...]] = []
    for pk, uuid, envelope, *reads in some:
        with suppress(keys.KeyDestroyed):  # the row is on its way out
            found = one.work_out(*reads, sealing.unseal(one.table, _uuid(uuid), envelope))
            values.append((*(found[column] for column in one.blind), pk))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {one.table} SET {sets} WHERE id = %s", values)  # noqa: S608  # our own names
    return len(values)


def new_signing_key() -> str:
    """Another key signs codes from now on; what the one before signed is good until it expires. Returns its id."""
    new = signing.rotate(settings.WANGGE_KEYS, clock.now(), PRINTED_FOR)
    record("keeping.signing_rotated", by=SYSTEM, data={"key": new.kid})
    return new.kid


def revoke_signing_key(kid: str) -> str:
    """A stolen key: nothing it ever signed is taken. Returns the id of the key that signs now. Raises Refused."""
    if not signing.revoke(settings.WANGGE_KEYS, kid, clock.now(), PRINTED_FOR):
        known = ", ".join(one.kid for one in signing.known(settings.WANGGE_KEYS)) or "none yet"
        raise Refused(f"no key {kid} signs codes here. Those there are: {known}.")
    record("keeping.signing_revoked", by=SYSTEM, data={"key": kid})
    return signing.current(settings.WANGGE_KEYS, clock.now()).kid
