"""Addresses as offices write them, to one home or none; doors that are missing are made with their grid."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.places.actions import Seed, add_alias, add_places, put_in_grid
from wangge.domains.places.actions.doors import make_doors
from wangge.domains.places.addresses import AddressText, room_and_bed, spoken
from wangge.domains.places.finding import Book, Spot
from wangge.domains.places.models import Place
from wangge.domains.places.queries.doors import Doors
from wangge.domains.places.queries.homes import Homes
from wangge.domains.places.rules import Kind

HERE = "并州东街四社区"


@pytest.fixture
def city(db: None) -> Small:
    return small.build(check_ins=False)


def book() -> Book:
    """A community in memory: 水产宿舍 with buildings 1-3 of 2 units with doors 101-601, a dormitory, a hamlet."""
    made = Book(Spot(1, Kind.COMMUNITY, "并州东街四社区居委会", "a", None))

    def add(kind: Kind, name: str, parent: Spot) -> Spot:
        key = 100 + sum(map(len, made.by_kind.values()))
        spot = Spot(key, kind, name, f"{parent.path}{len(parent.inside)}", parent)
        made.add(spot)
        return spot

    compound = add(Kind.COMPOUND, "水产宿舍", made.root)
    for building in (1, 2, 3):
        outer = add(Kind.BUILDING, f"{building}号楼", compound)
        for unit in (1, 2):
            inner = add(Kind.UNIT, f"{unit}单元", outer)
            for floor in range(1, 7):
                add(Kind.HOUSEHOLD, f"{floor}01", inner)
    room = add(Kind.ROOM, "305", add(Kind.SITE, "学生公寓", made.root))
    add(Kind.BED, "1床", room)
    hamlet = add(Kind.HAMLET, "前李村", made.root)
    add(Kind.YARD, "12号院", hamlet)
    add(Kind.YARD, "王家东院", hamlet)
    return made


BOOK = book()
NUMERALS = "〇一二三四五六七八九"


def code(text: str, *, make: bool = False) -> str:
    with pytest.raises(Problem) as caught:
        book().home(spoken(AddressText(text)), make=make)
    return caught.value.code


@given(st.integers(1, 3), st.integers(1, 2), st.integers(1, 6), st.data())
def test_a_door_is_found_however_it_is_written(building: int, unit: int, floor: int, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([str(building), NUMERALS[building], chr(0xFF10 + building)]))
    gap = data.draw(st.sampled_from(["", " ", "　", "，", "·"]))
    words = data.draw(st.sampled_from(["号楼", "栋", "幢", "#楼", "座"]))
    text = data.draw(
        st.sampled_from(
            [
                f"{number}{words}{gap}{unit}单元{gap}{floor}01室",
                f"{number}{words}{unit}单元{floor}层{floor}01",
                f"{building}-{unit}-{floor}01",
                f"{building}－{unit}—{floor}01室",
                f"{number}{words}{gap}{NUMERALS[unit]}单元{floor}01户",
            ]
        )
    )
    home = BOOK.home(spoken(AddressText(f"水产宿舍{gap}{text}")))
    assert home.label == f"水产宿舍 {building}号楼 {unit}单元 {floor}01"
    parts = AddressText("", "", "水产宿舍", number, str(unit), f"{floor}01")
    assert BOOK.home(spoken(parts)) is home


@given(st.text(max_size=25))
def test_no_text_breaks_it_or_makes_it_guess(text: str) -> None:
    """Any text means one of the homes there are, or is refused with a reason."""
    reason = ""
    try:
        home = BOOK.home(spoken(AddressText(text)))
    except Problem as problem:
        reason = problem.code
    homes = [spot for kind in (Kind.HOUSEHOLD, Kind.YARD, Kind.BED) for spot in BOOK.by_kind[kind]]
    assert reason or home in homes


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("学生公寓305室1床", "学生公寓 305 1床"), ("学生公寓305-1", "学生公寓 305 1床"),
        ("前李村12号院", "前李村 12号院"), ("前李村12号", "前李村 12号院"), ("前李村王家东院", "前李村 王家东院"),
        ("王家东院", "前李村 王家东院"),
    ],
)  # fmt: skip
def test_rooms_beds_and_yards(text: str, label: str) -> None:
    assert BOOK.home(spoken(AddressText(text))).label == label


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("水产宿舍9号楼1单元101", "door_unknown"), ("水产宿舍3号楼2单元901", "door_unknown"),
        ("水产宿舍3号楼101", "address_ambiguous"), ("水产宿舍3号楼", "address_incomplete"),
        ("水产宿舍3号楼2单元", "address_incomplete"), ("农科宿舍3号楼2单元101", "head_unknown"),
        ("学生公寓305", "bed_missing"), ("学生公寓", "address_incomplete"), ("前李村99号院", "door_unknown"),
        ("某个地方", "address_unclear"), ("\x00", "address_unclear"),
    ],
)  # fmt: skip
def test_what_is_no_door_is_refused_with_its_reason(text: str, reason: str) -> None:
    assert code(text) == reason


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("水产宿舍9号楼1单元101", "水产宿舍 9号楼 1单元 101"), ("水产宿舍3-2-901", "水产宿舍 3号楼 2单元 901"),
        ("水产宿舍3-3-101", "水产宿舍 3号楼 3单元 101"), ("水产宿舍12号楼101", "水产宿舍 12号楼 101"),
        ("学生公寓306室2床", "学生公寓 306 2床"), ("前李村99号院", "前李村 99号院"),
        ("前李村老槐树下", "前李村 老槐树下"),
    ],
)  # fmt: skip
def test_what_is_missing_is_planned_once(text: str, label: str) -> None:
    one = book()
    home = one.home(spoken(AddressText(text)), make=True)
    assert home.label == label
    count = len(one.planned)
    assert one.home(spoken(AddressText(text)), make=True) is home
    assert len(one.planned) == count >= 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [("3号楼9单元101", "door_unknown"), ("9号楼1单元101", "compound_missing"), ("水产宿舍3号楼901", "unit_missing"),
     ("农科宿舍1号楼101", "head_unknown"), ("水产宿舍9号楼", "address_incomplete")],
)  # fmt: skip
def test_nothing_is_planned_where_it_would_be_a_guess(text: str, reason: str) -> None:
    one = book()
    with pytest.raises(Problem) as caught:
        one.home(spoken(AddressText(text)), make=reason != "door_unknown")
    assert (caught.value.code, one.planned) == (reason, [])


def test_the_nearest_is_named() -> None:
    with pytest.raises(Problem) as caught:
        BOOK.home(spoken(AddressText("水产宿舍3-2-701")))
    assert caught.value.values["nearest"].startswith("水产宿舍 3号楼 2单元 601")


@given(st.integers(1, 99_999), st.integers(1, 99))
def test_a_room_with_its_bed(room: int, bed: int) -> None:
    assert room_and_bed(f"{room}室{bed}床") == room_and_bed(f"{room}-{bed}") == (str(room), str(bed))
    assert room_and_bed(str(room)) == (str(room), "")
    assert room_and_bed(f"{room}{bed}床") is None


def test_planned_doors_are_written_in_walking_order_with_their_grid(city: Small) -> None:
    homes = Homes(EVERYTHING)
    texts = ("东岗里1-1-701", "东岗里1-3-101", "东岗里9-1-101", "职工宿舍202室1床")
    spots = [homes.of(AddressText(text, HERE), make=True) for text in texts]
    assert make_doors(books=homes.books.values(), by=SYSTEM) == 1 + 2 + 3 + 2
    made = [Place.objects.select_related("parent").get(pk=spot.key) for spot in spots]
    assert [one.grid for one in made] == [city.grids[0], city.grids[0], None, city.grids[1]]
    unit = made[0].parent
    assert unit
    in_order = Place.objects.filter(parent=unit).order_by("walk")
    assert [one.name for one in in_order] == ["101", "201", "301", "701"]
    assert all(one.path.startswith(one.parent.path) for one in made if one.parent)
    facts = Event.objects.filter(kind="places.places_added", actor=None).latest("id")
    assert facts.data["counts"] == {"household": 3, "unit": 2, "building": 1, "room": 1, "bed": 1}
    again = Homes(EVERYTHING)
    assert [again.of(AddressText(text, HERE)).key for text in texts] == [spot.key for spot in spots]


def test_doors_are_made_only_where_the_right_is_held(city: Small) -> None:
    homes = Homes(EVERYTHING)
    homes.of(AddressText("东岗里1-1-701", HERE), make=True)
    with pytest.raises(NotAllowed):
        make_doors(books=homes.books.values(), by=city.by("dengqiao-shuji"))
    assert not Place.objects.filter(name="701").exists()


def test_the_community_is_the_one_named_or_the_only_one(city: Small) -> None:
    here = Scope(prefixes=(city.places["community"].path,))
    door = AddressText("东岗里1-1-101")
    assert Homes(here).of(door).key == city.homes[0].pk
    for said in (HERE, "并四社区", "迎泽区桥东街道并州东街4社区", "140106005010", "并州东街四社区居委会"):
        assert Homes(EVERYTHING).of(door._replace(community=said)).key == city.homes[0].pk
    whole = AddressText("山西省太原市迎泽区桥东街道并州东街四社区东岗里1号楼1单元101室")
    assert Homes(EVERYTHING).of(whole).key == city.homes[0].pk
    for address, reason in (
        (door, "community_missing"), (door._replace(community="幸福社区"), "community_unknown"),
    ):  # fmt: skip
        with pytest.raises(Problem) as caught:
            Homes(EVERYTHING).of(address)
        assert caught.value.code == reason
    with pytest.raises(Problem) as caught:
        Homes(here).of(AddressText("桥西李家院", "邓桥村"))
    assert caught.value.code == "community_outside"


def test_other_names_of_a_compound_are_known_and_two_of_one_name_are_not_told_apart(city: Small) -> None:
    compound = Place.objects.get(name="东岗里")
    add_alias(place=compound, name="铁三局宿舍", by=SYSTEM)
    assert Homes(EVERYTHING).of(AddressText("铁三局宿舍1-1-101", HERE)).key == city.homes[0].pk
    seeds = [Seed(Kind.COMPOUND, "东岗里", 7, children=(Seed(Kind.BUILDING, "1号楼", 1, children=(
        Seed(Kind.UNIT, "1单元", 1, children=(Seed(Kind.HOUSEHOLD, "101", 101),)),)),))]  # fmt: skip
    add_places(parent=city.places["community"], seeds=seeds, by=SYSTEM)
    with pytest.raises(Problem) as caught:
        Homes(EVERYTHING).of(AddressText("东岗里1-1-101", HERE))
    assert caught.value.code == "address_ambiguous"


def test_the_number_of_queries_grows_with_communities_not_with_rows(city: Small) -> None:
    def queries_for(count: int) -> int:
        homes = Homes(EVERYTHING)
        rows = [AddressText(f"东岗里{n % 2 + 1}-1-{n % 3 + 1}01", HERE) for n in range(count)]
        with CaptureQueriesContext(connection) as found:
            homes.read(rows)
            assert all(homes.of(row).key for row in rows)
        return len(found)

    assert queries_for(2) == queries_for(500)


def test_a_new_member_of_a_grid_carries_the_doors_made_later(city: Small) -> None:
    add_places(parent=Place.objects.get(name="东岗里"), seeds=[Seed(Kind.BUILDING, "5号楼", 5)], by=SYSTEM)
    building = Place.objects.get(name="5号楼")
    put_in_grid(grid=city.grids[0], places=[building], from_day=clock.today(), by=SYSTEM)
    homes = Homes(EVERYTHING)
    spot = homes.of(AddressText("东岗里5号楼101", HERE), make=True)
    make_doors(books=homes.books.values(), by=SYSTEM)
    assert Place.objects.get(pk=spot.key).grid == city.grids[0]


def test_a_book_is_used_again_only_while_its_rows_are_the_same(city: Small) -> None:
    scope = Scope(prefixes=(city.places["community"].path,))
    door = AddressText("东岗里 1号楼 1单元 101")

    def opened() -> Homes:
        homes = Homes(scope)
        homes.read([door])
        return homes

    first = opened()
    key = city.places["community"].pk
    assert opened().books[key] is first.books[key]
    first.of(AddressText("东岗里 1号楼 1单元 909"), make=True)  # a plan is that file's own
    assert opened().books[key] is not first.books[key]
    before = opened().books[key]
    compound = Place.objects.get(path=city.homes[0].path[: 5 * 4])
    add_alias(place=compound, name="老东岗", by=SYSTEM)
    assert opened().books[key] is not before
    assert opened().of(AddressText("老东岗 1号楼 1单元 101")).key == city.homes[0].pk
    Place.objects.filter(pk=city.homes[0].pk).update(closed=clock.today())
    with pytest.raises(Problem, match="door_unknown"):
        opened().of(door)


def test_doors_by_their_whole_address_are_the_homes_it_means(city: Small) -> None:
    homes = Homes(EVERYTHING)
    doors, found = Doors(homes.communities), 0
    for place in Place.objects.filter(kind=Kind.HOUSEHOLD).select_related("parent__parent__parent"):
        around: Place | None = place
        names: list[str] = []
        while around and around.kind != Kind.COMMUNITY:
            names.insert(0, around.name)
            around = around.parent
        for text in ("".join(names), "".join(names) + "室", " ".join(names), f"太原市{''.join(names)}"):
            address = AddressText(text, community=HERE)
            if key := doors.key(address):
                found += 1
                assert homes.of(address).key == key
    assert found
    assert doors.key(AddressText("没有这个小区1号楼1单元101", community=HERE)) == 0
    with pytest.raises(Problem):
        doors.key(AddressText("1号楼", community="没有这个社区"))
