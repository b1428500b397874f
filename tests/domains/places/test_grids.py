"""Grids: who belongs where on which day, and what the database refuses by itself."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.domains.places.street import Street

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.places.actions import close_grid, open_grid, put_in_grid
from wangge.domains.places.models import Grid, GridMember, Place

LONG_AGO = date(2022, 1, 1)


def make_grid(street: Street, number: int) -> Grid:
    return open_grid(community=street.community, number=number, name=f"第{number}网格", opened=LONG_AGO, by=SYSTEM)


def doors_of(grid: Grid) -> set[str]:
    return {place.walk for place in Place.objects.filter(grid=grid)}


def test_every_door_and_bed_below_gets_the_grid_and_nothing_else(street: Street) -> None:
    grid = make_grid(street, 1)
    moved = put_in_grid(grid=grid, places=[street.compound], from_day=clock.today(), by=SYSTEM)
    assert moved == 1
    kinds = [place.kind for place in Place.objects.filter(grid=grid)]
    assert sorted(set(kinds)) == ["bed", "household", "room"]
    assert len(kinds) == 3 * 4 + 2 + 4
    event = Event.objects.get(kind="places.grid_redrawn")
    assert event.data["places"] == 1
    assert event.subject == grid.uuid


def test_a_building_moves_and_the_history_keeps_both_days(street: Street) -> None:
    one, two = make_grid(street, 1), make_grid(street, 2)
    house = street.named("1号楼")
    yesterday = clock.today() - timedelta(days=1)
    put_in_grid(grid=one, places=[house, street.named("2号楼")], from_day=yesterday, by=SYSTEM)
    put_in_grid(grid=two, places=[house], from_day=clock.today(), by=SYSTEM)
    history = GridMember.objects.filter(place=house).order_by("id").values_list("grid", "opened", "closed")
    assert list(history) == [(one.pk, yesterday, clock.today()), (two.pk, clock.today(), None)]
    assert len(doors_of(one)) == len(doors_of(two)) == 4
    assert Event.objects.filter(kind="places.grid_redrawn").latest("id").data["left"] == [str(one.uuid)]


def test_giving_the_same_twice_is_giving_it_once(street: Street) -> None:
    grid = make_grid(street, 1)
    places = [street.named("1号楼")]
    assert put_in_grid(grid=grid, places=places, from_day=clock.today(), by=SYSTEM) == 1
    assert put_in_grid(grid=grid, places=places, from_day=clock.today(), by=SYSTEM) == 0
    assert GridMember.objects.count() == 1
    assert Event.objects.filter(kind="places.grid_redrawn").count() == 1


@pytest.mark.parametrize(
    ("held", "wanted", "code"),
    [
        ((), ("1号楼",), "around_in_another_grid"),
        (("1号楼", "2单元"), ("1号楼",), "inside_in_another_grid"),
        (("1号楼", "2单元"), (), "inside_in_another_grid"),
    ],
)
def test_no_door_may_be_in_two_grids(street: Street, held: tuple[str, ...], wanted: tuple[str, ...], code: str) -> None:
    one, two = make_grid(street, 1), make_grid(street, 2)
    put_in_grid(grid=one, places=[street.named(*held)], from_day=LONG_AGO, by=SYSTEM)
    before = doors_of(one)
    with pytest.raises(Problem) as refused:
        put_in_grid(grid=two, places=[street.named(*wanted)], from_day=clock.today(), by=SYSTEM)
    assert refused.value.code == code
    assert doors_of(one) == before


def test_the_database_refuses_the_overlap_too(street: Street) -> None:
    one, two = make_grid(street, 1), make_grid(street, 2)
    house = street.named("1号楼")
    GridMember.objects.create(grid=one, place=house, opened=date(2022, 4, 1), closed=date(2022, 4, 10))
    with pytest.raises(IntegrityError), transaction.atomic():
        GridMember.objects.create(grid=two, place=house, opened=date(2022, 4, 9))
    GridMember.objects.create(grid=two, place=house, opened=date(2022, 4, 10))
    with pytest.raises(IntegrityError), transaction.atomic():
        GridMember.objects.filter(grid=one).update(closed=date(2022, 4, 11))


def test_what_is_refused(street: Street) -> None:
    grid = make_grid(street, 1)
    today = clock.today()
    cases = [
        ([street.named("1号楼", "1单元", "101")], today, "not_for_a_grid"),
        ([street.community], today, "not_for_a_grid"),
        ([street.named("1号楼")], today + timedelta(days=1), "grid_day_ahead"),
        ([street.named("1号楼")], LONG_AGO - timedelta(days=1), "grid_not_open_yet"),
    ]
    for places, day, code in cases:
        with pytest.raises(Problem) as refused:
            put_in_grid(grid=grid, places=places, from_day=day, by=SYSTEM)
        assert refused.value.code == code
    with pytest.raises(Problem, match="grid_number_taken"):
        make_grid(street, 1)
    with pytest.raises(Problem, match="grid_needs_community"):
        open_grid(community=street.compound, number=1, name="1", by=SYSTEM)


def test_a_day_before_the_present_membership_began_is_refused(street: Street) -> None:
    one, two = make_grid(street, 1), make_grid(street, 2)
    house = street.named("1号楼")
    put_in_grid(grid=one, places=[house], from_day=clock.today(), by=SYSTEM)
    with pytest.raises(Problem, match="grid_day_behind"):
        put_in_grid(grid=two, places=[house], from_day=clock.today() - timedelta(days=1), by=SYSTEM)


def test_a_mistake_is_put_right_on_the_same_day(street: Street) -> None:
    one, two = make_grid(street, 1), make_grid(street, 2)
    house = street.named("1号楼")
    for grid in (one, two, one):
        put_in_grid(grid=grid, places=[house], from_day=clock.today(), by=SYSTEM)
    assert len(doors_of(one)) == 4
    assert doors_of(two) == set()


def test_a_closed_grid_lets_go_and_its_number_is_free(street: Street) -> None:
    grid = make_grid(street, 1)
    put_in_grid(grid=grid, places=[street.compound], from_day=LONG_AGO, by=SYSTEM)
    closed = close_grid(grid=grid, by=SYSTEM)
    assert closed.closed == clock.today()
    assert doors_of(grid) == set()
    assert close_grid(grid=grid, by=SYSTEM).closed == closed.closed
    assert Event.objects.filter(kind="places.grid_closed").count() == 1
    with pytest.raises(Problem, match="grid_closed"):
        put_in_grid(grid=grid, places=[street.compound], from_day=clock.today(), by=SYSTEM)
    assert make_grid(street, 1).pk != grid.pk
