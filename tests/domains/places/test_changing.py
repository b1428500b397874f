"""Renaming, closing and moving."""

from datetime import date, timedelta

import pytest
from tests.domains.places.street import Street

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.places.actions import (
    add_alias,
    add_place,
    close_place,
    move_place,
    open_grid,
    put_in_grid,
    rename,
)
from wangge.domains.places.models import Grid, GridMember, Place
from wangge.domains.places.queries import ancestors_of, doors_under, resolve_place
from wangge.domains.places.rules import Kind, ancestors


def sound(root: Place) -> None:
    """Every path is its parent's and one segment; every walk is its parent's and its own order."""
    for place in Place.objects.filter(path__startswith=root.path).select_related("parent"):
        if place.parent:
            assert ancestors(place.path)[-1] == place.parent.path
            assert place.walk == f"{place.parent.walk}{place.order:05d}"


@pytest.fixture
def neighbour(street: Street) -> Place:
    """Another community of the same township, with a compound."""
    community = add_place(kind=Kind.COMMUNITY, name="双塔北路社区居委会", parent=street.township, order=16, by=SYSTEM)
    return add_place(kind=Kind.COMPOUND, name="铁路宿舍", parent=community, order=1, by=SYSTEM)


def in_grid(street: Street, number: int, *places: Place) -> Grid:
    grid = open_grid(community=street.community, number=number, name=f"{number}", opened=date(2022, 1, 1), by=SYSTEM)
    put_in_grid(grid=grid, places=places, from_day=date(2022, 1, 1), by=SYSTEM)
    return grid


def test_the_old_name_stays_findable(street: Street) -> None:
    rename(place=street.compound, name="水产公司宿舍", by=SYSTEM)
    rename(place=street.compound, name="水产公司宿舍", by=SYSTEM)
    found = resolve_place(text="水产宿舍", within=street.community)
    assert found.chosen == street.compound
    assert found.chosen.name == "水产公司宿舍"
    assert Event.objects.filter(kind="places.place_renamed").count() == 1
    with pytest.raises(Problem, match="name_missing"):
        rename(place=street.compound, name=" ", by=SYSTEM)


def test_an_alias_is_kept_once(street: Street) -> None:
    first = add_alias(place=street.compound, name="鱼楼", source="老街坊", by=SYSTEM)
    assert add_alias(place=street.compound, name=" 鱼楼 ", by=SYSTEM) == first
    assert Event.objects.filter(kind="places.alias_added").count() == 1


def test_closing_takes_what_is_inside_and_ends_memberships(street: Street) -> None:
    house = street.named("1号楼")
    grid = in_grid(street, 1, street.named("1号楼", "1单元"), street.named("2号楼"))
    assert close_place(place=house, by=SYSTEM) == 1 + 2 + 4
    assert close_place(place=house, by=SYSTEM) == 0
    assert Place.objects.filter(grid=grid).count() == 4
    assert [row.closed for row in GridMember.objects.order_by("id")] == [clock.today(), None]
    assert doors_under(street.compound.path).count() == 8 + 2
    event = Event.objects.get(kind="places.place_closed")
    assert event.data == {"places": 7}


def test_nothing_closes_before_it_opened_or_ahead(street: Street) -> None:
    today = clock.today()
    with pytest.raises(Problem, match="closes_ahead"):
        close_place(place=street.compound, day=today + timedelta(days=1), by=SYSTEM)
    add_place(kind=Kind.BUILDING, name="新楼", parent=street.compound, order=8, opened=today, by=SYSTEM)
    with pytest.raises(Problem, match="closes_before_opening"):
        close_place(place=street.compound, day=today - timedelta(days=1), by=SYSTEM)


def test_a_move_keeps_the_subtree(street: Street, neighbour: Place) -> None:
    house = street.named("2号楼")
    before = {place.pk: place.uuid for place in Place.objects.filter(path__startswith=house.path)}
    moved = move_place(place=house, parent=neighbour, order=7, by=SYSTEM)
    after = {place.pk: place.uuid for place in Place.objects.filter(path__startswith=moved.path)}
    assert before == after
    assert len(after) == 7
    assert [place.name for place in ancestors_of(moved)][-1] == "铁路宿舍"
    sound(street.city)
    event = Event.objects.get(kind="places.place_moved")
    assert event.data == {"from": str(street.compound.uuid), "places": 7, "memberships_ended": 0}


def test_a_move_to_another_community_leaves_the_grids(street: Street, neighbour: Place) -> None:
    house = street.named("2号楼")
    grid = in_grid(street, 1, house, street.named("1号楼"))
    move_place(place=house, parent=neighbour, by=SYSTEM)
    assert GridMember.objects.get(place=house).closed == clock.today()
    assert Place.objects.filter(grid=grid).count() == 4
    assert not Place.objects.filter(path__startswith=neighbour.path, grid__isnull=False).exists()


def test_a_move_into_a_place_of_another_grid_takes_that_grid(street: Street) -> None:
    in_grid(street, 1, street.named("1号楼", "1单元"))
    two = in_grid(street, 2, street.named("2号楼"))
    moved = move_place(place=street.named("1号楼", "1单元"), parent=street.named("2号楼"), order=3, by=SYSTEM)
    assert GridMember.objects.get(place=moved).closed == clock.today()
    assert {door.grid_id for door in doors_under(moved.path)} == {two.pk}


def test_a_community_moves_with_its_grids(street: Street) -> None:
    grid = in_grid(street, 1, street.compound)
    township = add_place(kind=Kind.TOWNSHIP, name="迎泽街道", parent=street.district, order=4, by=SYSTEM)
    moved = move_place(place=street.community, parent=township, by=SYSTEM)
    assert Place.objects.filter(grid=grid, path__startswith=moved.path).count() == 18
    assert GridMember.objects.get().closed is None
    sound(street.city)


def test_only_the_order_changes_in_place(street: Street) -> None:
    house = street.named("2号楼")
    moved = move_place(place=house, parent=street.compound, order=20, by=SYSTEM)
    assert moved.path == house.path
    sound(street.city)
    names = [door.walk for door in doors_under(street.compound.path)]
    assert names == sorted(names)


def test_impossible_moves(street: Street) -> None:
    cases = [
        (street.compound, street.named("1号楼"), "inside_itself"),
        (street.named("1号楼"), street.named("2号楼"), "wrong_parent"),
        (street.community, street.district, "wrong_parent"),
    ]
    for place, parent, code in cases:
        with pytest.raises(Problem) as refused:
            move_place(place=place, parent=parent, by=SYSTEM)
        assert refused.value.code == code
    close_place(place=street.named("3号楼"), by=SYSTEM)
    with pytest.raises(Problem, match="parent_closed"):
        move_place(place=street.named("1号楼", "1单元"), parent=street.named("3号楼"), by=SYSTEM)
    sound(street.city)
