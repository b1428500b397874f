"""The city's status list: 5.3 million people of whom 0.5 % are not green, made from the database, and an hour later.

What it has to be held against is not another program but the least that any coding needs: the entropy of so many random
numbers of 2^24 with so many colours. People, orders and their measures are made by the database itself.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection

from bench import places
from bench.measure import Outcome
from bench.stand import Stand
from wangge.base import clock, signing
from wangge.base.sets import new_uuid
from wangge.demo.opening import open_drill
from wangge.domains.codes import actions, coding, lists
from wangge.domains.codes.coding import Content
from wangge.domains.codes.models import CodeSlot, StatusList
from wangge.domains.codes.queries.listing import edition_of, list_for
from wangge.domains.isolation.models import Order, Stage
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response

PEOPLE, NOT_GREEN, CHANGES = 5_300_000, 26_500, 1500
KILOBYTE = 1000


def outcomes(stand: Stand) -> list[Outcome]:
    """Built in under 5 s; at most 60 kB whole and 5 kB for an hour of 1,500 changes. A lookup is the
    phone's: its tests measure it."""
    people, ill = (PEOPLE // 20, NOT_GREEN // 20) if stand.quick else (PEOPLE, NOT_GREEN)
    response = build(people, ill)
    vendor, found = stand.vendor, list[Outcome]()
    took, first = timed(lambda: actions.publish(response=response))
    before = coding.decode(edition_of(first).content)
    expect(len(before.daily) == ill, f"{len(before.daily)} of {ill} are not green")
    found.append(_time(f"list of {people:,} people, first", vendor, [took], 5000))
    whole = list_for(response, None)
    found.append(_size("list, whole", vendor, whole, before, 60))
    an_hour(response, ill)
    again = [timed(lambda: actions.publish(response=response)) for _ in range(3)]
    found.append(_time(f"list after {CHANGES} changes", vendor, [took for took, _made in again], 5000))
    after = coding.decode(edition_of(again[0][1]).content)
    changes = coding.difference(before, after)
    expect(len(changes.daily) == min(CHANGES, ill) // 2 * 2, f"{len(changes.daily)} changed")
    difference = list_for(response, first.version)
    found.append(_size("an hour's difference", vendor, difference, changes, 5))
    _phone_takes(whole, difference, after)
    return found


def _phone_takes(whole: bytes, difference: bytes, after: Content) -> None:
    """A phone that held the first list and applied the difference holds the same bytes as the server."""
    known = signing.known(settings.WANGGE_KEYS)
    held = lists.take(difference, known, lists.take(whole, known, None))
    expect(coding.encode(held[1]) == coding.encode(after), "the phone holds another list")


def expect(true: bool, words: str) -> None:
    if not true:
        raise AssertionError(words)


def timed(work: Callable[[], StatusList]) -> tuple[float, StatusList]:
    """Milliseconds, and what came of it."""
    begun = time.perf_counter()
    made = work()
    return (time.perf_counter() - begun) * 1000, made


def _time(name: str, vendor: str, took: list[float], most: float) -> Outcome:
    middle = sorted(took)[len(took) // 2]
    return Outcome(name, vendor, middle, min(took), max(took), None, f"< {most:g} ms", middle < most)


def _size(name: str, vendor: str, raw: bytes, content: Content, most: float) -> Outcome:
    """Kilobytes of the signed message beside the entropy of what it says."""
    states = list(content.daily.values())
    least = coding.entropy(len(states), {one: states.count(one) for one in set(states)}) / KILOBYTE
    size = len(raw) / KILOBYTE
    return Outcome(name, vendor, size, size, size, least, f"≤ {most:g} kB", size <= most, "kB")


def build(people: int, ill: int) -> Response:
    """The people, and every two-hundredth of them under an order: a quarter red, the others yellow."""
    response = Response.objects.first()
    if response is None:
        places.load(quick=True, communities=100)
        response = open_drill(area=places.a_city(), seed="codes")
    with _told(f"{people:,} people"):
        for model in (StatusList, CodeSlot, Stage, Order, Person):
            model._base_manager.all().delete() if model is not Person else _truncate()
        _people(people)
    _orders(response, range(1, people + 1, people // ill), ill)
    return response


def _truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE wangge_person RESTART IDENTITY CASCADE" if connection.vendor == "postgresql"
            else "DELETE FROM wangge_person"
        )  # fmt: skip


def _people(count: int) -> None:
    doors = list(Place.objects.filter(kind=Kind.HOUSEHOLD).order_by("id").values_list("id", flat=True))
    series = (
        "SELECT generate_series(1, %s) AS n" if connection.vendor == "postgresql"
        else "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %s) SELECT n FROM s"
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wangge_person (id, uuid, name, sex, home_id, sealed, document_index, phone_index,"
            " other_phone_index, name_birth_index, relation, recorded_at)"
            f" SELECT n, {new_uuid()}, '某人', 'unknown', %s + n %% %s, {_nothing()}, '', '', '', '', '',"
            f" CURRENT_TIMESTAMP FROM ({series}) AS every",
            [doors[0], len(doors), count],
        )
        cursor.execute("ANALYZE")


def _nothing() -> str:
    return "''::bytea" if connection.vendor == "postgresql" else "X''"


def _orders(response: Response, people: range, ill: int) -> None:
    """An order in force for each of these people, and the measure of today."""
    now = clock.now()
    orders = Order.objects.bulk_create(
        [
            Order(
                response=response, person_id=key, role="close_contact", state="in_force", protocol="covid19-v8",
                clause="令", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=9), authority="某办",
                document_no="1号", proposed_at=now, confirmed_at=now,
            )
            for key in list(people)[:ill]
        ]
    )  # fmt: skip
    _measures(orders)


def _measures(orders: list[Order]) -> None:
    today = clock.today()
    Stage.objects.bulk_create(
        Stage(
            order=one, measure="home_monitoring" if number % 4 else "central_isolation",
            first_day=today - timedelta(days=1), last_day=today + timedelta(days=8),
        )
        for number, one in enumerate(orders)
    )  # fmt: skip


def an_hour(response: Response, ill: int) -> None:
    """Half of the changes are orders that end, half are new ones, of people who were green."""
    half = min(CHANGES, ill) // 2
    ended = Order._base_manager.filter(response=response).order_by("id")[:half].values_list("id", flat=True)
    Order._base_manager.filter(pk__in=list(ended)).update(state="ended", ended_at=clock.now())
    step = (Person._base_manager.count() // ill) or 1
    _orders(response, range(2, 2 + half * step, step), half)


@contextmanager
def _told(what: str) -> Iterator[None]:
    begun = time.monotonic()
    print(f"{connection.vendor}: making {what} …", end=" ", file=sys.stderr, flush=True)
    yield
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
