"""Twenty thousand people at home who report twice a day: the list of the silent when all of them are, one report from
its page to its receipt beside the bare insert of such a row, and a day's reports expected in one statement.

A report is durable before it is answered, with the durability that the database has in use.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.benchmarks.worklist import signed_in, tower
from bench.measure import Pair
from bench.stand import Stand
from wangge.base import bulk, clock, sealing
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import derived, uuid7
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order, Stage
from wangge.domains.isolation.rules import OrderState
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.actions import Sent
from wangge.domains.monitoring.inputs import ReportInput
from wangge.domains.monitoring.models import HomeWatch, ReportLink, ReportSlot, WatchTally
from wangge.domains.monitoring.rules import COLUMNS, Channel, Told
from wangge.domains.people.models import Person
from wangge.web.resident.ask import NOBODY

PEOPLE, AT_A_DOOR = 20_000, 4
LIST_MS, REPORT_MS, DAY_MS = 200, 50, 5000
NEXT = re.compile(r'rel="next" href="\?at=([^"]+)"')
WELL = Told(365, (), True, None, (), False, "")
#: What a database has to do at least to keep a report: one row, on the disk.
BARE = "INSERT INTO bare_report (uuid, watch_id, at, received_at, channel, sealed) VALUES (%s, %s, %s, %s, %s, %s)"


def pairs(stand: Stand) -> Iterator[Pair]:
    """The list and the figures, one report, one day."""
    city = small.build(check_ins=False)
    people = PEOPLE // 20 if stand.quick else PEOPLE
    _live(city, people)
    with clock.held(clock.start_of(clock.today()) + timedelta(hours=1)):
        actions.keep_watches(response=city.response, by=SYSTEM)
    _analyze()
    with clock.held(clock.start_of(clock.today()) + timedelta(hours=22)):
        actions.count_misses(now=clock.now(), by=SYSTEM)
        _analyze()
        _check(people)
        yield from _lists(city, people)
    yield from _reports(people)
    yield Pair(f"{people} x 2 expected", _a_day(city), most_ms=DAY_MS, rounds=5, warm=1)


def _live(city: Small, people: int) -> None:
    """So many people behind new doors of grid 1, each under an order spent at home for a month."""
    doors, now, today = tower(city, max(people // AT_A_DOOR, 100)), clock.now(), clock.today()
    bulk.insert(
        [
            Person(uuid=uuid7(), name="居民", home=doors[number % len(doors)], recorded_at=now, birth_date=None)
            for number in range(people)
        ]
    )
    chosen = list(Person.objects.within(EVERYTHING).filter(name="居民").order_by("pk"))
    bulk.insert(
        [
            Order(
                uuid=derived("bench order", one.pk), response=city.response, person=one, role="close_contact",
                state=OrderState.IN_FORCE, protocol="covid19-v8", clause="bench", starts_at=now - timedelta(days=5),
                ends_at=now + timedelta(days=30), authority="bench", document_no="1", proposed_at=now,
                confirmed_at=now,
            )
            for one in chosen
        ]
    )  # fmt: skip
    orders = Order.objects.within(EVERYTHING).filter(clause="bench").order_by("pk")
    first, last = today - timedelta(days=5), today + timedelta(days=30)
    bulk.insert([Stage(order=one, measure="home_monitoring", first_day=first, last_day=last) for one in orders])


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _check(people: int) -> None:
    """Everybody is silent, twice, and the tallies add up to it."""
    totals = [sum(row) for row in zip(*WatchTally.objects.values_list("expected", *COLUMNS), strict=True)]
    silent = queries.silent(EVERYTHING).count()
    if silent != people or totals[0] != 2 * people or sum(totals[1:]) != totals[0]:
        raise AssertionError(f"{silent} silent of {people}, tallies {totals}")


def _lists(city: Small, people: int) -> Iterator[Pair]:
    """For the worker of that one grid, and for the town: the same number of queries as for a list of three."""
    worker, town, few = (signed_in(city, name) for name in ("bingsi-1", "qiaodong", "dengqiao-1"))
    if _queries(worker) > _queries(few) + 4:  # labels of doors, one query a level, none for an empty list
        raise AssertionError(f"{_queries(worker)} queries for {people}, {_queries(few)} for none")
    yield Pair(f"{people} silent: the grid's list", lambda: _opened(worker, "/field/silent/"), most_ms=LIST_MS)
    yield Pair(f"{people} silent: the town's", lambda: _opened(town, "/desk/silent/"), most_ms=LIST_MS)
    last, first = (lambda: _opened(town, "/desk/silent/?at=last")), (lambda: _opened(town, "/desk/silent/"))
    yield Pair(f"{people} silent: last page | first", last, first, most_ms=LIST_MS, most_ratio=1.5)
    yield Pair(f"{people} silent: every page in turn", _in_turn(town), most_ms=LIST_MS, rounds=people // 50, warm=0)


def _in_turn(client: Client) -> Callable[[], None]:
    """One page after the other, as somebody would who taps "next" from the first to the last, and then again."""
    at = [""]

    def turn() -> None:
        answer = client.get("/desk/silent/", {"at": at[0]})
        if answer.status_code != 200:
            raise AssertionError(f"{at[0]}: {answer.status_code}")
        found = NEXT.search(answer.content.decode())
        at[0] = found.group(1) if found else ""

    return turn


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get("/field/silent/")
    return len(seen)


def _opened(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")


def _reports(people: int) -> Iterator[Pair]:
    """One report by its own page's verb, one whole request, each of somebody else than the one before."""
    rounds = 100
    watches = list(queries.watches(EVERYTHING).order_by("pk")[: 4 * rounds + 80])
    links = [ReportLink.objects.create(watch=one, secret_hash=f"{one.pk}", made_at=clock.now()) for one in watches]
    turn, browser, bare = count(), Client(), _bare()

    def verb() -> None:
        number = next(turn)
        typed = ReportInput(uuid7(), None, WELL)
        sent = Sent(Channel.LINK, links[number], f"10.0.{number // 250}.{number % 250}")
        actions.receive(watch=watches[number], typed=typed, sent=sent, by=NOBODY)

    def request() -> None:
        number = next(turn)
        ReportLink.objects.filter(pk=links[number].pk).update(secret_hash=queries.digest(f"bench-{number}"))
        said = {"uuid": str(uuid7()), "temperature": "36.5", "supplies": "yes", "mind": "no"}
        answer = browser.post(f"/r/report/bench-{number}", said, REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}")
        if answer.status_code != 302:
            raise AssertionError(f"{answer.status_code}: {answer.content.decode()[:500]}")

    yield Pair("a report | a bare insert", verb, bare, most_ms=REPORT_MS, rounds=rounds, warm=5)
    yield Pair("its whole request | bare insert", request, bare, most_ms=REPORT_MS, rounds=rounds, warm=5)


def _bare() -> Callable[[], None]:
    """The same sealed row into a table without anything else, committed."""
    binary, kind = ("bytea", "uuid") if connection.vendor == "postgresql" else ("blob", "char(32)")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_report")
        cursor.execute(
            f"CREATE TABLE bare_report (uuid {kind} PRIMARY KEY, watch_id bigint, at timestamp, received_at timestamp, "
            f"channel varchar(5), sealed {binary})"
        )

    def insert() -> None:
        uuid, now = uuid7(), clock.now().replace(tzinfo=None)
        sealed = sealing.seal("bare", uuid, ReportInput(uuid, None, WELL).content())
        with connection.cursor() as cursor:
            cursor.execute(BARE, [uuid.hex, 1, str(now), str(now), "link", sealed])

    return insert


def _a_day(city: Small) -> Callable[[], None]:
    """Another day each time: two reports of everybody in one INSERT … SELECT, and their tallies."""
    days = count(1)

    def expect() -> None:
        day = clock.today() + timedelta(days=next(days))
        with clock.held(clock.start_of(day)):
            new = actions.expect(response=city.response, day=day, by=SYSTEM)
        if new != 2 * HomeWatch.objects.within(EVERYTHING).filter(ended_at__isnull=True).count():
            raise AssertionError(f"{new} of {ReportSlot.objects.count()}")

    return expect
