"""Visitors with a telephone number: stored with their check-ins, counted without a name, dropped with the day."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from wangge.base import clock, keys
from wangge.base.ids import uuid7
from wangge.base.keys import KeyDestroyed
from wangge.base.sealing import Tampered
from wangge.domains.venues import storage
from wangge.domains.venues.storage import Arrival, carrying
from wangge.domains.venues.visitors import LENGTH, Envelopes, Keys, open_envelope
from wangge.operate.snapshot import PostgresSnapshot, Snapshot, SqliteSnapshot

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2022, 4, 3), date(2022, 4, 4)
NOON = int(clock.start_of(DAY).timestamp()) + 12 * 3600
RESPONSE = UUID("018f0000-0000-7000-8000-000000000001")
PHONE = "13800138000"


def arrival(phone: str, venue: int = 7, at: int = NOON, day: date = DAY, uuid: bytes = b"") -> Arrival:
    key = Keys().of(day, phone)
    return Arrival(
        day, uuid or uuid7().bytes, key, venue, at, Envelopes(RESPONSE).seal(day.isoformat(), key, phone)
    )  # fmt: skip


def test_rows_and_envelopes_once_however_often() -> None:
    some = [arrival(PHONE), arrival("13900139000"), arrival(PHONE, at=NOON + 60)]
    assert storage.take(some) == storage.take(some) == set()
    key = Keys().of(DAY, PHONE)
    assert storage.visits_of(key, DAY, DAY) == [(7, NOON), (7, NOON + 60)]
    found = storage.visitors(DAY, [key, Keys().of(DAY, "13900139000"), -5])
    assert {open_envelope(DAY, one, sealed) for one, sealed in found} == {PHONE, "13900139000"}
    assert {len(sealed) for _one, sealed in found} == {LENGTH}
    assert storage.visitors(NEXT, [key]) == storage.visitors(DAY, []) == []


def test_known_visitors_come_without_an_envelope() -> None:
    storage.take([arrival(PHONE)._replace(sealed=b"")])
    assert storage.visitors(DAY, [Keys().of(DAY, PHONE)]) == []
    assert len(storage.visits_of(Keys().of(DAY, PHONE), DAY, DAY)) == 1


def test_a_dropped_day_is_left_out_and_the_others_are_kept() -> None:
    storage.take([arrival(PHONE)])
    assert storage.drop_day(DAY) == 1
    late = NOON + 24 * 3600
    assert storage.take([arrival(PHONE), arrival(PHONE, at=late, day=NEXT)]) == {DAY}
    assert storage.visitors(DAY, [Keys().of(DAY, PHONE)]) == []
    assert storage.visits_of(Keys().of(NEXT, PHONE), DAY, NEXT) == [(7, late)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('wangge_checkin_visitor_20220403')")
            assert cursor.fetchone() == (None,)


def test_late_rows_of_a_sealed_day() -> None:
    storage.take([arrival(PHONE)])
    storage.seal(DAY)
    storage.take([arrival("13900139000", at=NOON + 5)])
    seen = storage.present_at([storage.Window(7, NOON, NOON + 10)])
    assert len(seen) == len(storage.visitors(DAY, [person for _venue, _at, person in seen])) == 2


def test_an_envelope_is_bound_to_its_visitor_and_ends_with_the_response(settings: object, tmp_path: Path) -> None:
    settings.WANGGE_KEYS = tmp_path / "keys.json"  # type: ignore[attr-defined]
    key = Keys().of(DAY, PHONE)
    sealed = Envelopes(RESPONSE).seal(DAY.isoformat(), key, PHONE)
    assert open_envelope(DAY, key, sealed) == PHONE
    for day, other in ((NEXT, key), (DAY, key + 1)):
        with pytest.raises(Tampered):
            open_envelope(day, other, sealed)
    keys.destroy_response(tmp_path / "keys.json", RESPONSE, clock.now())
    with pytest.raises(KeyDestroyed):
        open_envelope(DAY, key, sealed)


@pytest.mark.parametrize("sealed", [False, True])
def test_counting_hops_gives_venues_and_no_visitors(sealed: bool) -> None:
    steps = [(PHONE, 1, 0), (PHONE, 2, 300), (PHONE, 3, 4000), ("13900139000", 1, 0), ("13900139000", 2, 100),
             ("13700137000", 2, 0), ("13700137000", 2, 10)]  # fmt: skip
    storage.take(arrival(phone, venue, NOON + after) for phone, venue, after in steps)
    if sealed:
        storage.seal(DAY)
    assert storage.hops(DAY, 600) == [(1, 2, 2)]
    assert storage.hops(NEXT, 600) == []
    counted = storage.visits_at(DAY, [1, 2, 9])
    assert (counted[1], counted[2], counted.get(9, 0)) == (2, 4, 0)


def test_what_a_backup_carries_of_visitors() -> None:
    storage.take([arrival(PHONE), arrival("13900139000")])
    storage.add([storage.CheckIn(uuid7(), 5, 7, NOON + 24 * 3600)])
    here = snapshot()
    lines = b"".join(here.visitor_lines(DAY)).decode().splitlines()
    assert b"".join(here.visitor_lines(NEXT)) == b""
    assert here.visitor_responses() == {RESPONSE}
    found = carrying.parsed_visitors(lines)
    of = [key for key, _ in found]
    assert found == sorted(storage.visitors(DAY, of))
    assert sorted(open_envelope(DAY, key, one) for key, one in found) == [PHONE, "13900139000"]
    assert not [name for name in here.tables() if name.startswith("wangge_checkin_")]
    other = DAY - timedelta(days=3)
    storage.add_visitors(other, found)
    assert sorted(storage.visitors(other, of)) == found


def snapshot() -> Snapshot:
    """What this transaction sees."""
    from wangge.domains.venues.storage import file

    if connection.vendor == "postgresql":
        connection.ensure_connection()
        return PostgresSnapshot(connection.connection.cursor())
    connection.ensure_connection()
    return SqliteSnapshot(connection.connection, file.connection())


def test_a_visitor_has_an_envelope_for_each_response() -> None:
    """A drill's key goes with the drill: what the real Response knows of the same visitor is not under it."""
    key, other = Keys().of(DAY, PHONE), UUID("0190163d-8694-739b-aea5-966c26f8ad99")
    again = Arrival(DAY, uuid7().bytes, key, 7, NOON, Envelopes(other).seal(DAY.isoformat(), key, PHONE))
    for sealed in (False, True):
        if sealed:
            storage.seal(DAY)
        storage.take([arrival(PHONE), again._replace(uuid=uuid7().bytes)])
        found = storage.visitors(DAY, [key])
        assert {UUID(bytes=envelope[1:17]) for _key, envelope in found} == {RESPONSE, other}
        assert {open_envelope(DAY, key, envelope) for key, envelope in found} == {PHONE}


@pytest.mark.parametrize("sealed", [False, True])
def test_venues_leave_a_day_that_others_keep(sealed: bool) -> None:
    """With those who then have no check-in left; late rows of the others still come."""
    storage.take([arrival(PHONE, 1), arrival(PHONE, 2), arrival("13900139000", 2), arrival("13700137000", 3)])
    if sealed:
        storage.seal(DAY)
    assert storage.venues_on(DAY) == {1, 2, 3}
    assert storage.venues_on(NEXT) == set()
    assert (storage.leave_out(DAY, [2, 3]), storage.leave_out(DAY, [2, 3]), storage.leave_out(DAY, [])) == (3, 0, 0)
    assert storage.venues_on(DAY) == {1}
    phones = {phone: Keys().of(DAY, phone) for phone in (PHONE, "13900139000", "13700137000")}
    assert {key for key, _ in storage.visitors(DAY, list(phones.values()))} == {phones[PHONE]}
    assert storage.visits_of(phones["13900139000"], DAY, DAY) == []
    assert [
        venue for venue, _at, _who in storage.present_at([storage.Window(n, NOON - 9, NOON + 9) for n in (1, 2, 3)])
    ] == [1]
    storage.take([arrival(PHONE, 2)])
    assert storage.visits_of(phones[PHONE], DAY, DAY) == [(1, NOON), (2, NOON)]
    assert storage.responses() == {RESPONSE}
