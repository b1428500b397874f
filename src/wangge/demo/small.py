"""A tiny city for tests: a community of two grids, a dormitory room, a village of three yards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import derived
from wangge.demo.chance import stream
from wangge.demo.opening import open_drill
from wangge.demo.persons import People
from wangge.demo.staff import Staff
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import by_for
from wangge.domains.duty.rules import PostKind
from wangge.domains.people.actions import register_people
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.models import Person
from wangge.domains.places.actions import Seed, add_place, add_places, open_grid, put_in_grid
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import Kind, door_order
from wangge.domains.protocol.models import Response
from wangge.domains.venues import storage
from wangge.domains.venues.actions import register_venue
from wangge.domains.venues.models import Venue
from wangge.domains.venues.rules import VenueKind

SEED = "small"
DIVISIONS = (
    # key, kind, name, code, key of the place around it
    ("city", Kind.CITY, "太原市", "140100000000", ""),
    ("district", Kind.DISTRICT, "迎泽区", "140106000000", "city"),
    ("town", Kind.TOWNSHIP, "桥东街道", "140106005000", "district"),
    ("community", Kind.COMMUNITY, "并州东街四社区居委会", "140106005010", "town"),
    ("county", Kind.DISTRICT, "清徐县", "140121000000", "city"),
    ("country_town", Kind.TOWNSHIP, "集义乡", "140121204000", "county"),
    ("village", Kind.COMMUNITY, "邓桥村委会", "140121204216", "country_town"),
)
SEATS: tuple[tuple[str, PostKind, str, str, str, tuple[int, ...]], ...] = (
    # user name, kind, title, place, the level above, grids
    ("zhihuibu", PostKind.CITY, "太原市疫情防控指挥部", "city", "", ()),
    ("yingze", PostKind.DISTRICT, "迎泽区防控办", "district", "zhihuibu", ()),
    ("qingxu", PostKind.DISTRICT, "清徐县防控办", "county", "zhihuibu", ()),
    ("qiaodong", PostKind.TOWN, "桥东街道", "town", "yingze", ()),
    ("jiyi", PostKind.TOWN, "集义乡", "country_town", "qingxu", ()),
    ("bingsi-shuji", PostKind.COMMUNITY, "并四社区书记", "community", "qiaodong", ()),
    ("dengqiao-shuji", PostKind.COMMUNITY, "邓桥村书记", "village", "jiyi", ()),
    ("bingsi-zhibu-1", PostKind.BRANCH, "并四第一网格支部", "community", "bingsi-shuji", (0, 1)),
    ("bingsi-1", PostKind.GRID_WORKER, "并四第1网格网格员", "community", "bingsi-zhibu-1", (0,)),
    ("bingsi-2", PostKind.GRID_WORKER, "并四第2网格网格员", "community", "bingsi-zhibu-1", (1,)),
    ("dengqiao-1", PostKind.GRID_WORKER, "邓桥村网格员", "village", "dengqiao-shuji", (2,)),
    ("bingsi-lou", PostKind.BUILDING_GROUP, "1号楼党小组", "community", "bingsi-zhibu-1", ()),
    ("bingsi-hu", PostKind.CENTRE_HOUSEHOLD, "1号楼党员中心户", "community", "bingsi-zhibu-1", ()),
    ("yingze-zhengling", PostKind.AUTHORITY, "迎泽区领导小组办公室", "district", "zhihuibu", ()),
    ("qingxu-zhengling", PostKind.AUTHORITY, "清徐县领导小组办公室", "county", "zhihuibu", ()),
    ("bingsi-kadian", PostKind.CHECKPOINT, "并四社区北门卡点", "community", "bingsi-shuji", ()),
    ("liudiao", PostKind.TRACER, "市流调专班", "city", "zhihuibu", ()),
    ("jiance", PostKind.TEST_DESK, "迎泽区检测信息专班", "district", "yingze", ()),
    ("shenji", PostKind.AUDITOR, "市审计员", "city", "zhihuibu", ()),
)
#: Nobody holds these: the branch answers for grid 2.
VACANT = frozenset({"bingsi-2", "bingsi-lou"})
VENUES = (
    ("东岗菜市场", VenueKind.MARKET), ("老槐树面馆", VenueKind.RESTAURANT), ("康仁药店", VenueKind.PHARMACY),
)  # fmt: skip
HOUSEHOLDS = ("HWCE", "E", "HW", "HWC", "AA", "PC", "HWCMF", "MF", "A", "HWY", "E", "HWCC")
YARDS = ("HWC", "MF", "E")


@dataclass(frozen=True)
class Small:
    """What was built. Lists are in walking order; posts and accounts are by user name.

    ``homes`` are the twelve households (six in grid 1, six in grid 2), ``yards`` the three of the village,
    ``beds`` the four of the dormitory's one room; ``living`` gives the people of a home by the home's key.
    """

    places: dict[str, Place]
    grids: tuple[Grid, Grid]
    village_grid: Grid
    homes: list[Place]
    yards: list[Place]
    room: Place
    beds: list[Place]
    living: dict[int, list[Person]]
    typed: dict[UUID, PersonInput]
    posts: dict[str, Post]
    accounts: dict[str, Account]
    response: Response
    venues: list[Venue]

    @property
    def family(self) -> list[Person]:
        """The four people of the first home: husband, wife, child, grandparent."""
        return self.living[self.homes[0].pk]

    @property
    def roommates(self) -> list[Person]:
        """The four people of the dormitory's room."""
        return [self.living[bed.pk][0] for bed in self.beds]

    @property
    def people(self) -> list[Person]:
        return [person for home in self.living.values() for person in home]

    def document(self, person: Person) -> str:
        """The number of a person's document; '' for somebody without one."""
        return self.typed[person.uuid].document

    def by(self, username: str) -> By:
        """Who this account is now, acting in its first post."""
        return by_for(self.accounts[username])


def build(*, check_ins: bool = True) -> Small:
    """Build it in an empty database, as of a fortnight ago; ``check_ins`` fills their storage too."""
    with clock.held(clock.start_of(clock.today() - timedelta(days=15)) + timedelta(hours=9)):
        places = _divisions()
        homes, yards, room, beds = _homes(places)
        grids, village_grid = _grids(places, homes, yards, room)
        staff = _staff(places, (*grids, village_grid))
        response = open_drill(area=places["city"], seed=SEED)
        venues = _venues(places["community"])
    typed, living = _people(homes, yards, beds)
    small = Small(
        places, grids, village_grid, homes, yards, room, beds, living, typed, staff.posts, staff.accounts,
        response, venues,
    )  # fmt: skip
    if check_ins:
        _check_ins(small)
    return small


def _divisions() -> dict[str, Place]:
    places: dict[str, Place] = {}
    for order, (key, kind, name, code, around) in enumerate(DIVISIONS, 1):
        places[key] = add_place(
            kind=kind, name=name, parent=places.get(around), order=order, code=code, by=SYSTEM,
            uuid=derived(SEED, "place", code),
        )  # fmt: skip
    return places


def _homes(places: dict[str, Place]) -> tuple[list[Place], list[Place], Place, list[Place]]:
    doors = tuple(Seed(Kind.HOUSEHOLD, f"{n}01", door_order(n, 1)) for n in (1, 2, 3))
    units = tuple(Seed(Kind.UNIT, f"{n}单元", n, children=doors) for n in (1, 2))
    buildings = tuple(Seed(Kind.BUILDING, f"{n}号楼", n, children=units) for n in (1, 2))
    room = Seed(Kind.ROOM, "201", 201, children=tuple(Seed(Kind.BED, f"{n}床", n) for n in (1, 2, 3, 4)))
    dormitory = Seed(Kind.SITE, "职工宿舍", 9, children=(room,))
    compound = Seed(Kind.COMPOUND, "东岗里", 1, children=(*buildings, dormitory))
    yards = tuple(Seed(Kind.YARD, name, n) for n, name in enumerate(("李家院", "村东头第二院", "桥头院"), 1))
    hamlet = Seed(Kind.HAMLET, "桥西", 1, children=yards)
    made = add_places(parent=places["community"], seeds=[compound], by=SYSTEM)
    made += add_places(parent=places["village"], seeds=[hamlet], by=SYSTEM)
    found = {kind: sorted((p for p in made if p.kind == kind), key=lambda p: p.walk) for kind in Kind}
    return found[Kind.HOUSEHOLD], found[Kind.YARD], found[Kind.ROOM][0], found[Kind.BED]


def _grids(
    places: dict[str, Place], homes: list[Place], yards: list[Place], room: Place
) -> tuple[tuple[Grid, Grid], Grid]:
    """Building 1 is grid 1; building 2 and the dormitory are grid 2; the hamlet is the village's grid."""
    first, second = (home.parent.parent for home in (homes[0], homes[-1]) if home.parent)
    members = (
        ("community", 1, [first]), ("community", 2, [second, room.parent]), ("village", 1, [yards[0].parent]),
    )  # fmt: skip
    grids = []
    for key, number, inside in members:
        uuid, name = derived(SEED, "grid", key, number), f"第{number}网格"
        grid = open_grid(community=places[key], number=number, name=name, by=SYSTEM, uuid=uuid)
        put_in_grid(grid=grid, places=[one for one in inside if one], from_day=clock.today(), by=SYSTEM)
        grids.append(grid)
    for place in (*homes, *yards, room):
        place.refresh_from_db()
    return (grids[0], grids[1]), grids[2]


def _staff(places: dict[str, Place], grids: tuple[Grid, ...]) -> Staff:
    staff = Staff(SEED, stream(SEED, "staff"))
    for username, kind, title, place, above, numbers in SEATS:
        staff.seat(
            username, kind, title, places[place], above=above, grids=[grids[number] for number in numbers],
            vacant=username in VACANT,
        )  # fmt: skip
    return staff


def _people(
    homes: list[Place], yards: list[Place], beds: list[Place]
) -> tuple[dict[UUID, PersonInput], dict[int, list[Person]]]:
    make, chance = People(clock.today(), lot=99), stream(SEED, "people")
    inside = [(home, make.household(chance, roles)) for home, roles in zip(homes, HOUSEHOLDS, strict=True)]
    inside += [(yard, make.household(chance, roles)) for yard, roles in zip(yards, YARDS, strict=True)]
    inside += [(bed, [make.lodger(chance, 19, 40, male=True)]) for bed in beds]
    rows = [
        (typed, home, derived(SEED, "person", home.path, number))
        for home, members in inside
        for number, typed in enumerate(members)
    ]
    register_people(rows=rows, by=SYSTEM)
    known = Person.objects.within(EVERYTHING).select_related("home", "home__parent").order_by("id")
    living: dict[int, list[Person]] = {home.pk: [] for home, _ in inside}
    for person in known:
        living[person.home_id].append(person)
    return {uuid: typed for typed, _, uuid in rows}, living


def _venues(community: Place) -> list[Venue]:
    return [
        register_venue(name=name, kind=kind, place=community, by=SYSTEM, uuid=derived(SEED, "venue", name))
        for name, kind in VENUES
    ]


def _check_ins(small: Small) -> None:
    """Yesterday at noon: the first husband, a neighbour and a roommate eat noodles; others elsewhere."""
    noon = clock.start_of(clock.today() - timedelta(days=1)) + timedelta(hours=12)
    lunch = [small.family[0], small.living[small.homes[2].pk][0], small.roommates[0]]
    visits = [(person, 1, noon + timedelta(minutes=10 * n)) for n, person in enumerate(lunch)]
    visits += [(small.family[1], 0, noon - timedelta(hours=3)), (small.living[small.homes[7].pk][0], 0, noon)]
    visits += [(small.roommates[1], 2, noon - timedelta(days=2))]
    storage.add(check_in_row(SEED, person.pk, small.venues[venue].pk, at) for person, venue, at in visits)


def check_in_row(seed: str, person: int, venue: int, at: datetime) -> storage.CheckIn:
    """A row whose id follows from who was where and when."""
    return storage.CheckIn(derived(seed, "check-in", person, venue, at), person, venue, int(at.timestamp()))
