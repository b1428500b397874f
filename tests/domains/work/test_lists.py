"""A work list of 4,000 opens with as many queries as one of 4; scopes narrow what is read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.work.doors import attempt, put

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import Scope
from wangge.demo.small import Small
from wangge.domains.places.actions import Seed, add_places, put_in_grid
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, door_order
from wangge.domains.work import queries, rounds
from wangge.domains.work.actions import Wanted, put_items
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Outcome

PAGE = 50


def page(tiny: Small) -> list[Task]:
    """The first page of a worker's list, with everything a card shows."""
    tasks = list(queries.mine(tiny.accounts["bingsi-1"])[:PAGE])
    for task in tasks:
        assert all(item.kind and (item.person is None or item.person.name) for item in task.items.all())
        assert task.door.parent
    return tasks


def many_doors(tiny: Small, count: int) -> None:
    """Towers with so many doors in grid 1, all with something to do."""
    numbers = [(floor, door) for floor in range(1, 41) for door in (1, 2)]
    doors = tuple(Seed(Kind.HOUSEHOLD, f"{floor}{door:02}", door_order(floor, door)) for floor, door in numbers)
    unit = Seed(Kind.UNIT, "1单元", 1, children=doors)
    towers = [Seed(Kind.BUILDING, f"{n}号楼", n, children=(unit,)) for n in range(100, 100 + count // len(doors))]
    compound = Place.objects.get(kind=Kind.COMPOUND)
    made = add_places(parent=compound, seeds=towers, by=SYSTEM)
    buildings = [place for place in made if place.kind == Kind.BUILDING]
    put_in_grid(grid=tiny.grids[0], places=buildings, from_day=clock.today(), by=SYSTEM)
    homes = Place.objects.filter(pk__in=[place.pk for place in made], kind=Kind.HOUSEHOLD)
    due = clock.now() + timedelta(hours=1)
    wanted = [Wanted(home, "ask_needs", home.uuid, due) for home in homes]
    put_items(response=tiny.response, wanted=wanted, by=SYSTEM)


def test_4000_open_with_as_many_queries_as_4(tiny: Small) -> None:
    put(tiny, *tiny.homes[:4])
    with CaptureQueriesContext(connection) as few:
        assert len(page(tiny)) == 4
    many_doors(tiny, 4000)
    with CaptureQueriesContext(connection) as many:
        assert len(page(tiny)) == PAGE
    assert queries.mine(tiny.accounts["bingsi-1"]).count() == 4004
    assert len(many) == len(few)


def test_the_list_is_in_walking_order(tiny: Small) -> None:
    put(tiny, *reversed(tiny.homes[:6]))
    assert [task.door for task in page(tiny)] == tiny.homes[:6]


def test_a_vacant_posts_work_is_on_the_list_of_whoever_stands_in(tiny: Small) -> None:
    put(tiny, *tiny.homes)
    assert queries.mine(tiny.accounts["bingsi-zhibu-1"]).count() == 6
    assert queries.mine(tiny.accounts["bingsi-shuji"]).count() == 0
    assert queries.figures_of(tiny.accounts["bingsi-zhibu-1"])["open"] == 6


@pytest.mark.parametrize(("text", "count"), [("1号楼", 6), ("2单元", 6), ("101", 4), ("东岗里", 12), ("没有", 0)])
def test_the_list_is_searched_by_what_is_around_a_door(tiny: Small, text: str, count: int) -> None:
    put(tiny, *tiny.homes)
    found = rounds.doors(Scope((tiny.places["community"].path,)), tiny.response)
    assert queries.in_places_named(found, text).count() == count


def test_a_round_is_read_within_a_scope(tiny: Small) -> None:
    put(tiny, *tiny.homes, *tiny.yards, due=timedelta(minutes=-1))
    attempt(Task._base_manager.get(door=tiny.homes[0]), Outcome.REFUSED)
    attempt(Task._base_manager.get(door=tiny.homes[1]), Outcome.DONE)
    community, grid = Scope((tiny.places["community"].path,)), Scope(grids=frozenset({tiny.grids[0].pk}))
    for scope, doors, waiting in ((community, 12, 11), (grid, 6, 5)):
        found = rounds.doors(scope, tiny.response)
        assert found.count() == doors
        assert rounds.still_open(found, late=True).count() == waiting
        assert rounds.still_open(found, raised=True).count() == 1
        assert rounds.in_column(found, "refused").count() == 1
    assert [(one.post, one.late) for one in rounds.late_by_post(community, tiny.response)] == [
        (tiny.posts["bingsi-2"], 6), (tiny.posts["bingsi-1"], 5),
    ]  # fmt: skip
    assert rounds.raised_here(community, tiny.response, tiny.places["community"]) == {"refused": 1}
    served = rounds.people(grid, tiny.response)
    everybody = sum(len(tiny.living[home.pk]) for home in tiny.homes[:6])
    assert (served.expected, served.served) == (everybody, len(tiny.living[tiny.homes[1].pk]))
