"""A reader of the log loses nothing although transactions commit in another order than their ids were given."""

from pathlib import Path

import pytest
from django.db import connection
from tests.installation import Installation, install

from wangge.base.access.by import SYSTEM
from wangge.base.events import feed
from wangge.base.events.actions import record
from wangge.base.events.feed import following, settled
from wangge.base.events.models import Event

#: Writers that hold their transactions open for different times, some of which roll back, and two readers that page
#: meanwhile: one by the feed, one by "greater than the last id I saw". Both read to the end afterwards.
CODE = """
import json, random, threading, time
from django.db import connection, connections, transaction
from wangge.base.access.by import SYSTEM
from wangge.base.events.actions import record
from wangge.base.events.feed import following
from wangge.base.events.models import Event

WRITERS, TURNS = 5, 12
written, lock, over = [], threading.Lock(), threading.Event()

def writer(number):
    chance = random.Random(number)
    for turn in range(TURNS):
        mine = []
        try:
            with transaction.atomic():
                for _ in range(chance.randint(1, 3)):
                    mine.append(str(record("test.written", by=SYSTEM).uuid))
                    time.sleep(chance.random() * 0.03)
                    with transaction.atomic():
                        mine.append(str(record("test.inside", by=SYSTEM).uuid))
                if chance.random() < 0.2:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue
        with lock:
            written.extend(mine)
    connections.close_all()

def by_feed(found):
    at = 0
    while True:
        last = over.is_set()
        rows, at, more = following(Event.objects.all(), at, 3)
        found.extend(str(row.uuid) for row in rows)
        if last and not more:
            break
    connections.close_all()

def naive(found):
    at = 0
    while True:
        last = over.is_set()
        rows = list(Event.objects.filter(id__gt=at).order_by("id")[:3])
        found.extend(str(row.uuid) for row in rows)
        at = rows[-1].pk if rows else at
        if last and not rows:
            break
    connections.close_all()

feed, simple = [], []
readers = [threading.Thread(target=by_feed, args=(feed,)), threading.Thread(target=naive, args=(simple,))]
writers = [threading.Thread(target=writer, args=(number,)) for number in range(WRITERS)]
for thread in [*readers, *writers]: thread.start()
for thread in writers: thread.join()
over.set()
for thread in readers: thread.join()
print(json.dumps({"written": written, "feed": feed, "naive": simple}))
"""

#: The shortest way to lose one: an earlier id commits after a later one was read.
LATE = """
import json, threading
from django.db import connections, transaction
from wangge.base.access.by import SYSTEM
from wangge.base.events.actions import record
from wangge.base.events.feed import following
from wangge.base.events.models import Event

wrote, commit = threading.Event(), threading.Event()

def slow():
    with transaction.atomic():
        record("test.slow", by=SYSTEM)
        wrote.set()
        commit.wait(20)
    connections.close_all()

thread = threading.Thread(target=slow)
thread.start()
wrote.wait(20)
record("test.quick", by=SYSTEM)
first, at, _more = following(Event.objects.all(), 0, 10)
naive = list(Event.objects.order_by("id"))
commit.set()
thread.join()
then, at, _more = following(Event.objects.all(), at, 10)
lost = list(Event.objects.filter(id__gt=naive[-1].pk))
print(json.dumps({"first": [e.kind for e in first], "then": [e.kind for e in then], "naive": [e.kind for e in naive],
                  "naive_then": [e.kind for e in lost]}))
"""


@pytest.fixture
def own(tmp_path: Path) -> Installation:
    return install(tmp_path)


def test_writers_and_readers_together_lose_nothing_and_give_nothing_twice(own: Installation) -> None:
    found = own.run(CODE)
    assert len(found["written"]) > 100
    assert sorted(found["feed"]) == sorted(found["written"])
    if own.env.get("WANGGE_DATABASE_URL"):
        assert set(found["naive"]) < set(found["written"])  # the simple reader does lose some: the test can fail
        _check_that_a_late_fact_is_waited_for(install_another(own))
    else:
        assert found["naive"] == found["feed"]  # one writer: ids are in the order of commits


def install_another(own: Installation) -> Installation:
    return install(Path(own.env["WANGGE_VAR"]) / "late")


def _check_that_a_late_fact_is_waited_for(own: Installation) -> None:
    found = own.run(LATE)
    assert found["naive"] == ["test.quick"]
    assert found["naive_then"] == []  # "greater than the last" never sees the slow one
    assert found["first"] == []
    assert found["then"] == ["test.slow", "test.quick"]


@pytest.mark.django_db
def test_the_mark_is_the_end_once_everything_is_committed() -> None:
    before = settled()
    record("test.written", by=SYSTEM)
    if connection.vendor == "postgresql":  # our own transaction is open and marked itself
        assert settled() == before
    else:
        rows, upto, more = following(Event.objects.all(), before, 10)
        assert [one.kind for one in rows] == ["test.written"]
        assert (upto, more) == (rows[0].pk, False)


@pytest.mark.django_db
def test_a_choice_of_few_is_looked_for_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    first = record("test.rare", by=SYSTEM)
    others = [record("test.other", by=SYSTEM) for _ in range(25)]
    last = record("test.rare", by=SYSTEM)
    monkeypatch.setattr(feed, "SPAN", 10)
    monkeypatch.setattr(feed, "settled", lambda: last.pk)
    rare = Event.objects.filter(kind="test.rare")
    at, found, asked = first.pk - 1, [], 0
    while True:
        rows, at, more = following(rare, at, 5)
        found += [one.uuid for one in rows]
        asked += 1
        if not more:
            break
    assert found == [first.uuid, last.uuid]
    assert (at, asked) == (last.pk, 3)
    assert len(others) == 25
