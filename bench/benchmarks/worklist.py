"""A work list with 4,000 open tasks opens like one with 3: the same queries, under 200 ms of server time."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measure import Pair
from bench.stand import Stand
from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.ids import derived
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.places.actions import Seed, add_places, put_in_grid
from wangge.domains.places.models import Place
from wangge.domains.places.queries import doors_under
from wangge.domains.places.rules import Kind, door_order
from wangge.domains.work.actions import Wanted, put_items

MANY, FEW = 4000, 3


def pairs(stand: Stand) -> Iterator[Pair]:
    """The same page for two workers: the one who has much to do, and the one who has three doors."""
    doors = MANY // 20 if stand.quick else MANY
    city = small.build(check_ins=False)
    put(city, tower(city, doors))
    put(city, city.yards[:FEW])
    many, few = signed_in(city, "bingsi-1"), signed_in(city, "dengqiao-1")
    if queries(many) != queries(few):
        raise AssertionError(f"{queries(many)} queries for {doors} tasks, {queries(few)} for a few")
    yield Pair("worklist 4000 | 3", lambda: many.get("/field/"), lambda: few.get("/field/"), most_ms=200)


def tower(city: Small, count: int) -> list[Place]:
    """A grid with so many doors, in buildings of two units and twenty floors."""
    community = city.places["community"]
    floors = range(1, 21)
    unit = [Seed(Kind.HOUSEHOLD, f"{f}0{n}", door_order(f, n)) for f in floors for n in range(1, 6)]
    seeds = [
        Seed(Kind.BUILDING, f"{n}号塔楼", 100 + n, children=(Seed(Kind.UNIT, "1单元", 1, children=tuple(unit)),))
        for n in range(count // len(unit))
    ]
    buildings = [one for one in add_places(parent=community, seeds=seeds, by=SYSTEM) if one.kind == Kind.BUILDING]
    put_in_grid(grid=city.grids[0], places=buildings, from_day=clock.today(), by=SYSTEM)
    return [door for one in buildings for door in doors_under(one.path).select_related("parent")]


def put(city: Small, doors: list[Place]) -> None:
    due = clock.now() + timedelta(hours=4)
    wanted = [Wanted(door, "ask_needs", derived("bench", door.uuid), due) for door in doors]
    put_items(response=city.response, wanted=wanted, by=SYSTEM)


def signed_in(city: Small, username: str) -> Client:
    client = Client()
    client.force_login(city.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
    client.get("/field/")
    return client


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get("/field/")
    return len(seen)
