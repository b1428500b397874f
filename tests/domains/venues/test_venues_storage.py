"""What the storage promises, on whichever database the suite runs."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from wangge.base import clock
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.venues import storage
from wangge.domains.venues.models import CheckInDay
from wangge.domains.venues.storage import CheckIn, Window

DAY = date(2022, 4, 3)
NEXT = date(2022, 4, 4)
LIVE, SEALED, DROPPED = CheckInDay.State.LIVE, CheckInDay.State.SEALED, CheckInDay.State.DROPPED
MIDNIGHT = int(clock.start_of(DAY).timestamp())
HOUR = 3600


def row(person: int, venue: int, at: int, uuid: UUID | None = None) -> CheckIn:
    return CheckIn(uuid or uuid7(), person, venue, at)


def at(hour: float, day: date = DAY) -> int:
    return int(clock.start_of(day).timestamp() + hour * HOUR)


@pytest.fixture
def form(request: pytest.FixtureRequest, db: None) -> CheckInDay.State:
    """The form a day is put into before it is read."""
    return request.param


def bring(form: CheckInDay.State, day: date = DAY) -> None:
    if form == SEALED:
        storage.seal(day)


both_forms = pytest.mark.parametrize("form", [LIVE, SEALED])


@pytest.mark.django_db
class TestAdd:
    def test_counts_what_is_new(self) -> None:
        rows = [row(person, 7, at(9)) for person in range(1, 501)]
        assert storage.add(rows) == 500
        assert storage.add([*rows, row(501, 7, at(9))]) == 1
        assert storage.add([]) == 0

    def test_the_same_uuid_within_one_call_is_one(self) -> None:
        one = row(1, 7, at(9))
        assert storage.add([one, one, one._replace(person=2)]) == 1
        assert storage.visits_of(1, DAY, DAY) == [(7, at(9))]
        assert storage.visits_of(2, DAY, DAY) == []

    def test_the_key_is_day_and_uuid(self) -> None:
        one = row(1, 7, at(9))
        assert storage.add([one, one._replace(at=at(9, NEXT))]) == 2

    def test_every_bit_of_an_uuid_counts(self) -> None:
        low, high = UUID(int=0), UUID(int=(1 << 128) - 1)
        assert storage.add([row(1, 7, at(9), low), row(2, 7, at(9), high), row(3, 7, at(9), UUID(int=1))]) == 3

    def test_several_days_open_in_one_call(self) -> None:
        storage.add([row(1, 7, at(9, NEXT)), row(1, 7, at(9)), row(1, 7, at(9, DAY - timedelta(days=30)))])
        assert storage.days() == {DAY - timedelta(days=30): LIVE, DAY: LIVE, NEXT: LIVE}
        assert set(CheckInDay.objects.values_list("day", "state")) == set(storage.days().items())


@pytest.mark.django_db
class TestDaysOfShanghai:
    def test_a_day_begins_at_four_in_the_afternoon_utc(self) -> None:
        last = int(datetime(2022, 4, 2, 15, 59, 59, tzinfo=UTC).timestamp())
        storage.add([row(1, 7, last), row(1, 7, last + 1)])
        assert list(storage.days()) == [date(2022, 4, 2), date(2022, 4, 3)]
        assert storage.visits_of(1, DAY, DAY) == [(7, last + 1)]

    @both_forms
    def test_a_window_over_midnight_reads_both_days(self, form: CheckInDay.State) -> None:
        storage.add([row(1, 7, at(23.9)), row(2, 7, at(0.1, NEXT)), row(3, 7, at(3, NEXT))])
        bring(form)
        seen = storage.present_at([Window(7, at(23.5), at(0.5, NEXT))])
        assert sorted(seen) == [(7, at(23.9), 1), (7, at(0.1, NEXT), 2)]


@pytest.mark.django_db
class TestReading:
    @both_forms
    def test_visits_in_order_of_time_within_the_days(self, form: CheckInDay.State) -> None:
        storage.add([row(1, 8, at(12)), row(1, 7, at(9)), row(2, 7, at(9)), row(1, 9, at(9, NEXT))])
        bring(form)
        assert storage.visits_of(1, DAY, DAY) == [(7, at(9)), (8, at(12))]
        assert storage.visits_of(1, DAY, NEXT) == [(7, at(9)), (8, at(12)), (9, at(9, NEXT))]
        assert storage.visits_of(3, DAY, NEXT) == []

    @both_forms
    def test_a_window_includes_its_start_and_not_its_end(self, form: CheckInDay.State) -> None:
        storage.add([row(1, 7, at(9) - 1), row(2, 7, at(9)), row(3, 7, at(10) - 1), row(4, 7, at(10))])
        storage.add([row(5, 6, at(9.5)), row(6, 8, at(9.5))])
        bring(form)
        assert sorted(storage.present_at([Window(7, at(9), at(10))])) == [(7, at(9), 2), (7, at(10) - 1, 3)]

    @both_forms
    def test_many_windows_at_once(self, form: CheckInDay.State) -> None:
        storage.add([row(venue * 100 + hour, venue, at(hour)) for venue in range(1, 40) for hour in range(8, 20)])
        bring(form)
        windows = [Window(venue, at(9), at(11)) for venue in range(1, 40, 3)]
        expected = {(venue, at(hour), venue * 100 + hour) for venue in range(1, 40, 3) for hour in (9, 10)}
        assert set(storage.present_at(windows)) == expected

    def test_days_without_rows_are_simply_empty(self) -> None:
        assert storage.days() == {}
        assert storage.visits_of(1, DAY, NEXT) == []
        assert storage.present_at([Window(7, at(9), at(10))]) == []
        assert storage.present_at([]) == []


@pytest.mark.django_db
class TestSealing:
    def test_is_recorded_and_repeats(self) -> None:
        storage.add([row(1, 7, at(9)), row(1, 7, at(9, NEXT))])
        storage.seal(DAY)
        storage.seal(DAY)
        assert storage.days() == {DAY: SEALED, NEXT: LIVE}
        assert CheckInDay.objects.get(day=DAY).state == SEALED

    def test_an_empty_day_is_left_alone(self) -> None:
        storage.seal(DAY)
        assert storage.days() == {}
        assert not CheckInDay.objects.exists()

    def test_late_rows_are_taken_once_and_found(self) -> None:
        early, late = row(1, 7, at(9)), row(2, 7, at(9.2))
        storage.add([early])
        storage.seal(DAY)
        assert storage.add([early, late]) == 1
        assert storage.add([late]) == 0
        assert sorted(storage.present_at([Window(7, at(9), at(10))])) == [(7, at(9), 1), (7, at(9.2), 2)]
        assert storage.visits_of(2, DAY, DAY) == [(7, at(9.2))]
        assert storage.days() == {DAY: SEALED}

    def test_two_scans_in_the_same_second_do_not_stop_it(self) -> None:
        storage.add([row(1, 7, at(9)), row(1, 7, at(9))])
        storage.seal(DAY)
        assert set(storage.present_at([Window(7, at(9), at(10))])) == {(7, at(9), 1)}
        assert storage.drop_day(DAY) == 2


@pytest.mark.django_db
class TestDropping:
    @both_forms
    def test_the_rows_are_gone_and_counted(self, form: CheckInDay.State) -> None:
        storage.add([row(person, 7, at(9)) for person in range(300)])
        storage.add([row(1, 7, at(9, NEXT))])
        bring(form)
        with clock.held(datetime(2022, 4, 20, tzinfo=UTC)):
            assert storage.drop_day(DAY) == 300
        assert storage.days() == {NEXT: LIVE}
        assert storage.visits_of(1, DAY, NEXT) == [(7, at(9, NEXT))]
        record = CheckInDay.objects.get(day=DAY)
        assert (record.state, record.rows_at_drop) == (DROPPED, 300)
        assert record.dropped_at == datetime(2022, 4, 20, tzinfo=UTC)

    def test_a_dropped_day_refuses_rows_and_nothing_else_is_written(self) -> None:
        storage.add([row(1, 7, at(9))])
        storage.drop_day(DAY)
        with pytest.raises(Problem, match="check_in_day_dropped") as caught:
            storage.add([row(1, 7, at(9, NEXT)), row(2, 7, at(10))])
        assert caught.value.values["day"] == DAY
        assert storage.days() == {}

    def test_repeats_without_losing_the_count(self) -> None:
        storage.add([row(1, 7, at(9))])
        assert [storage.drop_day(DAY), storage.drop_day(DAY)] == [1, 1]

    def test_a_day_that_never_was_can_be_closed(self) -> None:
        assert storage.drop_day(DAY) == 0
        with pytest.raises(Problem):
            storage.add([row(1, 7, at(9))])

    def test_sealing_a_dropped_day_does_not_bring_it_back(self) -> None:
        storage.add([row(1, 7, at(9))])
        storage.drop_day(DAY)
        storage.seal(DAY)
        assert CheckInDay.objects.get(day=DAY).state == DROPPED

    def test_dropped_rows_do_not_stay_in_the_file(self, checkins_file: Path) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL unlinks the partition's files")
        storage.add([row(1, 7, at(9), UUID(int=0x6E6F7768657265746F626566_6F756E64))])
        storage.add([row(person, 7, at(9)) for person in range(5000)])
        storage.seal(DAY)
        assert b"nowheretobefound" in self.on_disk(checkins_file)
        storage.drop_day(DAY)
        storage.scrub()
        assert b"nowheretobefound" not in self.on_disk(checkins_file)
        size = checkins_file.stat().st_size
        storage.add([row(person, 7, at(9, NEXT)) for person in range(5000)])
        storage.scrub()
        assert checkins_file.stat().st_size <= size * 1.1
        assert len(storage.present_at([Window(7, at(9, NEXT), at(10, NEXT))])) == 5000

    def on_disk(self, checkins_file: Path) -> bytes:
        return b"".join(file.read_bytes() for file in checkins_file.parent.glob("checkins.sqlite3*"))


def in_a_thread(work: "list[CheckIn]", start: threading.Barrier, new: list[int]) -> None:
    try:
        start.wait()
        for first in range(0, len(work), 20):
            new.append(storage.add(work[first : first + 20]))
    finally:
        connections.close_all()


def test_two_threads_add_the_same_rows_once(committed: None) -> None:
    storage.add([row(0, 7, at(9))])  # the day exists: on SQLite the threads need nothing of the main database
    rows = [row(person, 7, at(9)) for person in range(400)]
    new: list[int] = []
    start = threading.Barrier(2)
    threads = [threading.Thread(target=in_a_thread, args=(part, start, new)) for part in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(new) == 400
    assert len(storage.present_at([Window(7, at(9), at(9) + 1)])) >= 400
    assert storage.drop_day(DAY) == 401


def test_two_threads_open_the_same_days(committed: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer; the test's main database is in memory")
    rows = [row(person, 7, at(9, DAY + timedelta(days=person % 5))) for person in range(200)]
    new: list[int] = []
    start = threading.Barrier(2)
    threads = [threading.Thread(target=in_a_thread, args=(part, start, new)) for part in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(new) == 200
    assert len(storage.days()) == 5


def test_another_threads_days_are_noticed(committed: None) -> None:
    storage.add([row(1, 7, at(9))])
    assert storage.days() == {DAY: LIVE}

    def elsewhere() -> None:
        storage.seal(DAY)
        connections.close_all()

    if connection.vendor == "postgresql":
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    else:  # another process's view of the file; the test's main database is in memory
        subprocess.run([sys.executable, "-c", SEALER], env=environment(), check=True)
    assert storage.days() == {DAY: SEALED}
    assert storage.visits_of(1, DAY, DAY) == [(7, at(9))]


PROLOGUE = """
import os, signal, django
from datetime import date
django.setup()
from django.db import connection, transaction
from django.conf import settings
settings.WANGGE_CHECKINS = os.environ["CHECKINS"]
if os.environ["NAME"]:
    connection.settings_dict["NAME"] = os.environ["NAME"]
from wangge.domains.venues.storage import file, sqlite
from wangge.domains.venues import storage
"""
#: Seals in the file alone, and is killed (or not) by its own hand after so many steps of SQLite's machine.
SEALER = (
    PROLOGUE
    + """
from wangge.domains.venues.storage import record
record.sealed = lambda day: None
steps = int(os.environ.get("STEPS", "0"))
if steps:
    file.connection().set_progress_handler(lambda: os.kill(os.getpid(), signal.SIGKILL), steps)
sqlite.SqliteStore().seal(date(2022, 4, 3))
"""
)
POSTGRES_SEALER = (
    PROLOGUE
    + """
with transaction.atomic():
    storage.seal(date(2022, 4, 3))
    os.kill(os.getpid(), signal.SIGKILL)
"""
)


def environment(**more: str) -> dict[str, str]:
    from django.conf import settings

    name = str(connection.settings_dict["NAME"]) if connection.vendor == "postgresql" else ""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "wangge.settings", "CHECKINS": str(settings.WANGGE_CHECKINS),
        "NAME": name, "PYTHONPATH": "src", **more,
    }  # fmt: skip


@pytest.mark.parametrize("steps", ["2000", "60000", "150000"])
def test_killed_while_sealing(committed: None, steps: str) -> None:
    """kill -9 in the middle leaves the day as it was; sealing can be repeated."""
    rows = [row(person, person % 50, at(8 + person % 600 / 60)) for person in range(6000)]
    storage.add(rows)
    code = POSTGRES_SEALER if connection.vendor == "postgresql" else SEALER
    done = subprocess.run([sys.executable, "-c", code], env=environment(STEPS=steps), check=False)
    assert done.returncode == -signal.SIGKILL
    assert storage.days() == {DAY: LIVE}
    whole_day = [Window(venue, MIDNIGHT, MIDNIGHT + 24 * HOUR) for venue in range(50)]
    before = sorted(storage.present_at(whole_day))
    assert len(before) == 6000
    assert storage.add([row(1, 7, at(9))]) == 1
    storage.seal(DAY)
    assert storage.days() == {DAY: SEALED}
    assert len(storage.present_at(whole_day)) == 6001
    assert set(before) < set(storage.present_at(whole_day))


@pytest.mark.django_db
def test_on_postgresql_rows_share_the_callers_transaction() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite check-ins are in a file of their own")
    with transaction.atomic():
        storage.add([row(1, 7, at(9))])
        transaction.set_rollback(True)
    assert storage.days() == {}
    assert storage.add([row(1, 7, at(9))]) == 1
