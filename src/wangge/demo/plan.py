"""What the demo city consists of: seven real communities, with compounds, sites and villages that are invented.

Only the communities' codes and names, and 水产宿舍 (named in the city's notices of April 2022), are real.
"""

from dataclasses import dataclass
from uuid import UUID

from wangge.base.ids import derived

SEED = "wangge-demo-1"


@dataclass(frozen=True, slots=True)
class Block:
    """Buildings of one shape: so many, each with units, floors, and doors on a landing."""

    count: int
    units: int
    floors: int
    doors: int = 2


@dataclass(frozen=True, slots=True)
class Compound:
    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A collective household: so many people in rooms of so many beds, aged between two ages."""

    name: str
    people: int
    beds: int
    ages: tuple[int, int]
    male: bool | None = None


@dataclass(frozen=True, slots=True)
class Hamlet:
    name: str
    yards: int


@dataclass(frozen=True, slots=True)
class Area:
    """A populated community. ``grids`` name compounds, 'compound:first-last' buildings, sites and hamlets."""

    code: str
    key: str
    label: str
    town: str
    grids: tuple[tuple[str, ...], ...]
    compounds: tuple[Compound, ...] = ()
    sites: tuple[Site, ...] = ()
    hamlets: tuple[Hamlet, ...] = ()
    branches: int = 1


def _walk_ups(name: str, count: int, units: int) -> Compound:
    """Six floors without a lift and two doors on a landing, as most were built until 2000."""
    return Compound(name, (Block(count, units, 6),))


BINGSI = Area(
    "140106005010", "bingsi", "并四", "qiaodong", branches=4,
    compounds=(
        _walk_ups("东岗里", 7, 4), _walk_ups("织锦苑", 9, 3), _walk_ups("并东宿舍", 5, 3), _walk_ups("铁运小院", 4, 3),
        _walk_ups("向阳里", 8, 4), Compound("观塔花园", (Block(3, 2, 24, 3), Block(3, 2, 18, 3))),
        _walk_ups("长青院", 4, 3), _walk_ups("粮油宿舍", 4, 4), _walk_ups("新泰里", 5, 4),
        Compound("海棠公寓", (Block(1, 1, 18, 4),)),
    ),
    sites=(Site("晋阳商厦职工宿舍", 200, 4, (18, 45)),),
    grids=(
        ("东岗里",), ("织锦苑",), ("并东宿舍", "铁运小院"), ("向阳里",), ("观塔花园:1-3",), ("观塔花园:4-6",),
        ("长青院", "粮油宿舍"), ("新泰里", "海棠公寓", "晋阳商厦职工宿舍"),
    ),
)  # fmt: skip
JIEER = Area(
    "140106004003",
    "jieer",
    "解二",
    "yingze-jiedao",
    compounds=(_walk_ups("解南里", 8, 4), _walk_ups("五金宿舍", 4, 3), _walk_ups("文印院", 5, 3)),
    sites=(Site("针织厂集体宿舍", 260, 6, (18, 55), male=False),),
    grids=(("解南里",), ("五金宿舍", "文印院", "针织厂集体宿舍")),
)
SHUANGBEI = Area(
    "140106005016",
    "shuangbei",
    "双北",
    "qiaodong",
    compounds=(_walk_ups("塔北小区", 10, 3), Compound("松岭花园", (Block(3, 2, 18, 3),))),
    sites=(Site("松岭职业学校学生公寓", 780, 6, (15, 21)),),
    grids=(("塔北小区",), ("松岭花园", "松岭职业学校学生公寓")),
)
SHUANGSAN = Area(
    "140106004009",
    "shuangsan",
    "双三",
    "yingze-jiedao",
    compounds=(_walk_ups("水产宿舍", 3, 3), _walk_ups("塔西院", 6, 3), _walk_ups("康乐里", 7, 4)),
    sites=(Site("塔西老年公寓", 120, 2, (68, 94)),),
    grids=(("水产宿舍", "塔西院"), ("康乐里", "塔西老年公寓")),
)
SHUANGYI = Area(
    "140106004001",
    "shuangyi",
    "双一",
    "yingze-jiedao",
    compounds=(_walk_ups("师苑", 5, 3), _walk_ups("车务院", 4, 3)),
    sites=(Site("护士公寓", 210, 3, (21, 40), male=False),),
    grids=(("师苑", "车务院", "护士公寓"),),
)
DONGSHAN = Area(
    "140106100021", "dongshan", "绿地东山", "haozhuang",
    compounds=(
        Compound("东山麓一期", (Block(3, 2, 18, 3),)), Compound("东山麓二期", (Block(2, 2, 24, 3), Block(1, 1, 18, 4))),
    ),
    sites=(Site("东山施工营地", 560, 8, (19, 58), male=True), Site("东山颐养中心", 130, 2, (66, 94))),
    grids=(("东山麓一期", "东山颐养中心"), ("东山麓二期", "东山施工营地")),
)  # fmt: skip
DENGQIAO = Area(
    "140121204216",
    "dengqiao",
    "邓桥",
    "jiyi",
    hamlets=(Hamlet("桥东", 150), Hamlet("桥西", 130), Hamlet("河湾", 70)),
    sites=(Site("物流园职工宿舍", 310, 6, (18, 52)),),
    grids=(("桥东", "桥西", "河湾", "物流园职工宿舍"),),
)
AREAS = (BINGSI, JIEER, SHUANGBEI, SHUANGSAN, SHUANGYI, DONGSHAN, DENGQIAO)
#: What people call the six communities of the article.
ALIASES = {area.code: f"{area.label}社区" for area in AREAS if area is not DENGQIAO}


def place_id(code: str, *names: str) -> UUID:
    """The id of a place by its community's code and the way down to it."""
    return derived(SEED, "place", code, *names)


def person_id(home: UUID, number: int) -> UUID:
    """The id of the so-manieth person of a home, counted from 0."""
    return derived(SEED, "person", home, number)


@dataclass(frozen=True, slots=True)
class Star:
    """A person with a part in a scene: the home by its way down, the household's roles, who of them."""

    code: str
    home: tuple[str, ...]
    roles: str = "HWCE"
    number: int = 0

    @property
    def home_id(self) -> UUID:
        return place_id(self.code, *self.home)

    @property
    def uuid(self) -> UUID:
        return person_id(self.home_id, self.number)


#: In yesterday's scenes.
CASE = Star(SHUANGSAN.code, ("水产宿舍", "2号楼", "1单元", "402"))
SCREENED = Star(SHUANGBEI.code, ("塔北小区", "4号楼", "2单元", "301"), "HWC")
#: In the laboratory's file of today.
LAB_FAMILY = Star(BINGSI.code, ("东岗里", "2号楼", "1单元", "301"))
LAB_SCREEN = Star(JIEER.code, ("解南里", "3号楼", "2单元", "501"), "HW")
LAB_DORMITORY = Star(BINGSI.code, ("晋阳商厦职工宿舍", "203", "1床"), "")
STARS = (CASE, SCREENED, LAB_FAMILY, LAB_SCREEN, LAB_DORMITORY)
