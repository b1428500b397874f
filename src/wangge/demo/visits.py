"""Two weeks of check-ins: a person visits something every other day, at sensible hours, families often together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.ids import derived
from wangge.demo.chance import stream
from wangge.demo.plan import AREAS, SEED, STARS, Area
from wangge.domains.people.models import Person
from wangge.domains.people.rules import age_on
from wangge.domains.places.queries import by_code
from wangge.domains.venues import storage
from wangge.domains.venues.actions import register_venue, seal_day
from wangge.domains.venues.models import Venue
from wangge.domains.venues.rules import VenueKind

DAYS = 14
TOGETHER = 0.25  # chance of a day that a household goes out together
ALONE = 0.34  # else, the chance of each of its members
ELSEWHERE = 0.15  # chance that a visit leads to another community
HOUR = 3600
#: Kinds with the share of visits and the hours (from, to) people come at, busier ones twice.
KINDS: dict[VenueKind, tuple[int, tuple[tuple[float, float], ...]]] = {
    VenueKind.MARKET: (40, ((7, 11), (8, 10), (16, 19))),
    VenueKind.SHOP: (28, ((8, 21), (17, 20))),
    VenueKind.RESTAURANT: (20, ((11.5, 13.5), (11.5, 13.5), (18, 20), (7, 9))),
    VenueKind.PHARMACY: (8, ((8.5, 19),)),
    VenueKind.PETROL: (4, ((7, 21),)),
}
NAMES: dict[VenueKind, tuple[str, ...]] = {
    VenueKind.MARKET: ("便民菜市场",),
    VenueKind.SHOP: ("惠家超市", "街角便利店"),
    VenueKind.RESTAURANT: ("老槐树面馆", "晋味饺子馆"),
    VenueKind.PHARMACY: ("康仁药店",),
}
PETROL = {"shuangbei": "双塔北路加油站", "dongshan": "东山加油站", "dengqiao": "集义路加油站"}

Home = list[tuple[int, int]]  # person's key and age
Shops = Mapping[VenueKind, Sequence[Venue]]


def open_venues() -> dict[str, list[Venue]]:
    """The venues of every community, by the area's key: about forty."""
    return {area.key: [_venue(area, kind, name) for kind, name in _named(area)] for area in AREAS}


def _named(area: Area) -> Iterator[tuple[VenueKind, str]]:
    for kind, names in NAMES.items():
        yield from ((kind, f"{area.label}{name}") for name in names)
    if area.key in PETROL:
        yield VenueKind.PETROL, PETROL[area.key]


def _venue(area: Area, kind: VenueKind, name: str) -> Venue:
    uuid = derived(SEED, "venue", area.code, name)
    return register_venue(name=name, kind=kind, place=by_code(area.code), by=SYSTEM, uuid=uuid)


def fill_days(venues: Mapping[str, Sequence[Venue]], today: date) -> int:
    """Write and seal the days before today; returns how many check-ins there are."""
    homes = {area.key: _homes(area, today) for area in AREAS}
    count = 0
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        rows = [*_day(day, back, homes, venues), *_lunches(day, back, venues)]
        count += storage.add(rows)
        seal_day(day=day, by=SYSTEM)
    return count


def _homes(area: Area, today: date) -> list[Home]:
    people = Person.objects.within(Scope(prefixes=(by_code(area.code).path,)))
    homes: dict[int, Home] = defaultdict(list)
    for key, home, born in people.order_by("pk").values_list("pk", "home_id", "birth_date"):
        homes[home].append((key, age_on(born, today) or 0))
    return list(homes.values())


def _day(
    day: date, back: int, homes: Mapping[str, Sequence[Home]], venues: Mapping[str, Sequence[Venue]]
) -> Iterator[storage.CheckIn]:
    midnight = int(clock.start_of(day).timestamp())
    for area in AREAS:
        chance = stream(SEED, "visits", area.code, back)
        near = _by_kind(venues[area.key])
        far = _by_kind([venue for key, some in venues.items() if key != area.key for venue in some])
        for home in homes[area.key]:
            for person, venue, second in _outings(chance, home, near, far):
                uuid = derived(SEED, "check-in", person, venue, back, second)
                yield storage.CheckIn(uuid, person, venue, midnight + second)


def _by_kind(venues: Sequence[Venue]) -> Shops:
    found: dict[VenueKind, list[Venue]] = defaultdict(list)
    for venue in venues:
        found[VenueKind(venue.kind)].append(venue)
    return found


def _outings(chance: Random, home: Home, near: Shops, far: Shops) -> Iterator[tuple[int, int, int]]:
    """(person, venue, second of the day) of one home on one day; nobody under six is sent alone."""
    if len(home) > 1 and chance.random() < TOGETHER:
        venue, second = _choice(chance, near, far)
        yield from ((person, venue, second + 4 * number) for number, (person, _) in enumerate(home))
        return
    likely = ALONE if len(home) > 1 else 0.5
    for person, age in home:
        if age >= 6 and chance.random() < likely:
            yield (person, *_choice(chance, near, far))


def _choice(chance: Random, near: Shops, far: Shops) -> tuple[int, int]:
    around = far if chance.random() < ELSEWHERE else near
    kind = chance.choices(list(KINDS), weights=[share for share, _ in KINDS.values()])[0]
    kind = kind if around.get(kind) else VenueKind.SHOP
    first, last = chance.choice(KINDS[kind][1])
    return chance.choice(around[kind]).pk, int(chance.uniform(first, last) * HOUR)


def _lunches(day: date, back: int, venues: Mapping[str, Sequence[Venue]]) -> Iterator[storage.CheckIn]:
    """Those with a part in a scene had noodles in their community yesterday and the day before."""
    noon = int(clock.start_of(day).timestamp()) + 12 * HOUR + 600
    for star in STARS if back <= 2 else ():
        area = next(area for area in AREAS if area.code == star.code)
        shop = next(venue for venue in venues[area.key] if venue.kind == VenueKind.RESTAURANT)
        person = Person.objects.within(EVERYTHING).get(uuid=star.uuid)
        yield storage.CheckIn(derived(SEED, "lunch", star.uuid, back), person.pk, shop.pk, noon)
