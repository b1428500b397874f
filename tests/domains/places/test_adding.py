"""Adding places, one or thousands."""

import pytest
from django.db import IntegrityError, transaction
from tests.domains.places.street import Street, building

from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import Scope
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.places.actions import Seed, add_place, add_places, close_place
from wangge.domains.places.models import Place
from wangge.domains.places.rules import SEGMENT, Kind


def test_a_place_lies_on_its_parents_path_and_walk(street: Street) -> None:
    place = add_place(kind=Kind.BUILDING, name="  甲 楼 ", parent=street.compound, order=4, by=SYSTEM)
    assert place.path[:-SEGMENT] == street.compound.path
    assert place.walk == street.compound.walk + "00004"
    assert place.name == "甲 楼"
    event = Event.objects.get(kind="places.place_added", subject=place.uuid)
    assert event.data == {"kind": "building", "code": ""}
    assert event.place == street.compound.uuid


def test_children_get_segments_one_after_the_other(street: Street) -> None:
    paths = [
        add_place(kind=Kind.BUILDING, name=f"{n}号楼", parent=street.compound, order=n, by=SYSTEM).path
        for n in (10, 4, 7)
    ]
    assert paths == sorted(paths)
    assert len({*paths}) == 3
    walk = Place.objects.filter(path__in=paths).order_by("walk").values_list("order", flat=True)
    assert list(walk) == [4, 7, 10]


def test_the_same_id_twice_is_one_place(street: Street) -> None:
    uuid = uuid7()
    for _ in range(2):
        add_place(kind=Kind.BUILDING, name="9号楼", parent=street.compound, order=9, by=SYSTEM, uuid=uuid)
    assert Place.objects.filter(name="9号楼").count() == 1
    assert Event.objects.filter(kind="places.place_added", subject__in=[uuid]).count() == 1


@pytest.mark.parametrize(
    ("kind", "name", "order", "code"),
    [
        (Kind.UNIT, "1单元", 1, "wrong_parent"),
        (Kind.CITY, "太原市", 1, "wrong_parent"),
        (Kind.BUILDING, "", 1, "name_missing"),
        (Kind.BUILDING, "长" * 81, 1, "name_too_long"),
        (Kind.BUILDING, "1号楼", 100_000, "order_impossible"),
    ],
)
def test_what_is_refused_leaves_nothing(street: Street, kind: Kind, name: str, order: int, code: str) -> None:
    before = Place.objects.count()
    with pytest.raises(Problem) as refused:
        add_place(kind=kind, name=name, parent=street.compound, order=order, by=SYSTEM)
    assert refused.value.code == code
    assert Place.objects.count() == before


def test_a_code_is_given_once_and_nothing_is_added_to_what_is_closed(street: Street) -> None:
    with pytest.raises(Problem) as refused:
        add_place(kind=Kind.COMMUNITY, name="又一社区", parent=street.township, order=1, code="140106005010", by=SYSTEM)
    assert refused.value.code == "code_taken"
    assert refused.value.values == {"number": "140106005010"}
    close_place(place=street.compound, by=SYSTEM)
    with pytest.raises(Problem, match="parent_closed"):
        add_place(kind=Kind.BUILDING, name="9号楼", parent=street.compound, order=9, by=SYSTEM)


def test_whoever_holds_no_right_there_adds_nothing(street: Street) -> None:
    elsewhere = By(account=uuid7(), post=uuid7(), scopes={Right.MANAGE_POSTS: Scope(prefixes=("zzzz",))})
    with pytest.raises(NotAllowed):
        add_place(kind=Kind.BUILDING, name="9号楼", parent=street.compound, order=9, by=elsewhere)
    with pytest.raises(NotAllowed):
        add_place(kind=Kind.CITY, name="晋中市", parent=None, order=7, by=elsewhere)


def test_a_tree_is_one_fact_and_comes_back_level_by_level(street: Street) -> None:
    made = add_places(parent=street.compound, seeds=[building(4), building(5, units=1, floors=3)], by=SYSTEM)
    kinds = [place.kind for place in made]
    assert kinds == ["building"] * 2 + ["unit"] * 3 + ["household"] * 7
    event = Event.objects.filter(kind="places.places_added").latest("id")
    assert event.data == {"counts": {"building": 2, "unit": 3, "household": 7}}
    assert all(place.path.startswith(street.compound.path) for place in made)
    assert street.named("5号楼", "1单元", "301").order == 301


def test_the_same_tree_twice_is_one_tree_and_new_children_join_it(street: Street) -> None:
    house, door = uuid7(), uuid7()
    old = Seed(Kind.BUILDING, "6号楼", 6, uuid=house)
    grown = Seed(Kind.BUILDING, "6号楼", 6, uuid=house, children=(Seed(Kind.HOUSEHOLD, "101", 101, uuid=door),))
    for seed in (old, old, grown, grown):
        add_places(parent=street.compound, seeds=[seed], by=SYSTEM)
    assert Place.objects.filter(name="6号楼").count() == 1
    assert Place.objects.get(uuid=door).parent == Place.objects.get(uuid=house)


def test_one_wrong_seed_refuses_the_whole_tree(street: Street) -> None:
    before = Place.objects.count()
    wrong = Seed(Kind.BUILDING, "7号楼", 7, children=(Seed(Kind.BED, "1床", 1),))
    with pytest.raises(Problem, match="wrong_parent"):
        add_places(parent=street.compound, seeds=[building(8), wrong], by=SYSTEM)
    twice = [Seed(Kind.COMPOUND, name, 1, code="L-1") for name in ("甲", "乙")]
    with pytest.raises(Problem, match="code_taken"):
        add_places(parent=street.community, seeds=twice, by=SYSTEM)
    assert Place.objects.count() == before


def test_thousands_at_once(street: Street) -> None:
    seeds = [building(number, units=4, floors=6) for number in range(10, 110)]
    made = add_places(parent=street.compound, seeds=seeds, by=SYSTEM)
    assert len(made) == 100 * (1 + 4 + 24)
    doors = [place.walk for place in made if place.kind == Kind.HOUSEHOLD]
    assert doors == sorted(doors)


def test_the_database_refuses_a_path_twice(street: Street) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(kind="building", name="x", path=street.compound.path, parent=street.community)
