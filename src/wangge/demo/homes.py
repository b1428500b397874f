"""From the plan to places still to be made: trees of seeds, every id following from the way down."""

from wangge.demo.chance import stream
from wangge.demo.names import SURNAMES
from wangge.demo.plan import SEED, Area, Block, Compound, Hamlet, Site, place_id
from wangge.domains.places.actions import Seed
from wangge.domains.places.rules import Kind, door_order

ROOMS_ON_A_FLOOR = 12


def seeds_of(area: Area) -> list[Seed]:
    """Everything that lies directly in a community, with what lies in it."""
    parts = [_compound(area, one, order) for order, one in enumerate(area.compounds, 1)]
    parts += [_hamlet(area, one, order) for order, one in enumerate(area.hamlets, 1)]
    return parts + [_site(area, one, 100 + order) for order, one in enumerate(area.sites, 1)]


def members_of(area: Area, grid: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways down to a grid's members: 'compound:2-3' is its buildings 2 and 3."""
    ways: list[tuple[str, ...]] = []
    for text in grid:
        name, _, numbers = text.partition(":")
        first, _, last = numbers.partition("-")
        ways += [(name, f"{number}号楼") for number in range(int(first), int(last) + 1)] if numbers else [(name,)]
    return ways


def _seed(area: Area, kind: Kind, way: tuple[str, ...], order: int, children: tuple[Seed, ...] = ()) -> Seed:
    return Seed(kind, way[-1], order, uuid=place_id(area.code, *way), children=children)


def _compound(area: Area, one: Compound, order: int) -> Seed:
    blocks = [block for block in one.blocks for _ in range(block.count)]
    buildings = tuple(_building(area, (one.name, f"{n}号楼"), n, block) for n, block in enumerate(blocks, 1))
    return _seed(area, Kind.COMPOUND, (one.name,), order, buildings)


def _building(area: Area, way: tuple[str, ...], order: int, block: Block) -> Seed:
    units = tuple(_unit(area, (*way, f"{n}单元"), n, block) for n in range(1, block.units + 1))
    return _seed(area, Kind.BUILDING, way, order, units)


def _unit(area: Area, way: tuple[str, ...], order: int, block: Block) -> Seed:
    doors = tuple(
        _seed(area, Kind.HOUSEHOLD, (*way, f"{floor}{number:02d}"), door_order(floor, number))
        for floor in range(1, block.floors + 1)
        for number in range(1, block.doors + 1)
    )
    return _seed(area, Kind.UNIT, way, order, doors)


def _site(area: Area, one: Site, order: int) -> Seed:
    rooms = -(-one.people // one.beds)
    return _seed(area, Kind.SITE, (one.name,), order, tuple(_room(area, one, n) for n in range(rooms)))


def _room(area: Area, site: Site, index: int) -> Seed:
    floor, number = divmod(index, ROOMS_ON_A_FLOOR)
    way = (site.name, f"{floor + 1}{number + 1:02d}")
    beds = tuple(_seed(area, Kind.BED, (*way, f"{n}床"), n) for n in range(1, site.beds + 1))
    return _seed(area, Kind.ROOM, way, door_order(floor + 1, number + 1), beds)


def _hamlet(area: Area, one: Hamlet, order: int) -> Seed:
    """Yards have no numbers: each is known by its family or by where it lies; ``order`` is the walk."""
    names = _yard_names(one)
    yards = tuple(_seed(area, Kind.YARD, (one.name, name), n) for n, name in enumerate(names, 1))
    return _seed(area, Kind.HAMLET, (one.name,), order, yards)


def _yard_names(one: Hamlet) -> list[str]:
    chance, taken = stream(SEED, "yards", one.name), list[str]()
    for number in range(1, one.yards + 1):
        family = chance.choice(SURNAMES) + "家"
        end = "东头" if number <= one.yards / 3 else "中间" if number <= one.yards / 1.5 else "西头"
        wanted = [f"{family}{side}院" for side in ("", "东", "西", "后", "老", "新")]
        free = [name for name in wanted if name not in taken]
        taken.append(free[0] if free and chance.random() < 0.7 else f"村{end}第{number}院")
    return taken
