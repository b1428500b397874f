"""Who lives in the homes of a community: families dealt from the deck, lodgers bed by bed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wangge.demo import families
from wangge.demo.chance import stream
from wangge.demo.persons import People
from wangge.demo.plan import AREAS, SEED, STARS, Area, person_id, place_id
from wangge.domains.people.inputs import PersonInput
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind

Row = tuple[PersonInput, Place, UUID]


def residents_of(area: Area, places: Sequence[Place], day: date, taken: set[str]) -> list[Row]:
    """Everybody of a community on a civil day; ``taken`` holds the documents that others have already."""
    make = People(day, AREAS.index(area), taken)
    doors = [place for place in places if place.kind in (Kind.HOUSEHOLD, Kind.YARD)]
    return _families(area, doors, make) + _lodgers(area, {place.uuid: place for place in places}, make)


def _families(area: Area, doors: Sequence[Place], make: People) -> list[Row]:
    roles = dict(
        zip((door.uuid for door in doors), families.deck(stream(SEED, "deck", area.code), len(doors)), strict=True)
    )
    for star in STARS:
        if star.home_id in roles:
            other = next(home for home, kind in roles.items() if kind == star.roles)
            roles[other], roles[star.home_id] = roles[star.home_id], star.roles
    return [
        (typed, door, person_id(door.uuid, number))
        for door in doors
        for number, typed in enumerate(make.household(stream(SEED, "home", door.uuid), roles[door.uuid]))
    ]


def _lodgers(area: Area, places: dict[UUID, Place], make: People) -> list[Row]:
    rows: list[Row] = []
    for site in area.sites:
        home = places[place_id(area.code, site.name)]
        beds = [place for place in places.values() if place.kind == Kind.BED and place.path.startswith(home.path)]
        rows += [
            (make.lodger(stream(SEED, "bed", bed.uuid), *site.ages, male=site.male), bed, person_id(bed.uuid, 0))
            for bed in sorted(beds, key=lambda bed: bed.walk)[: site.people]
        ]
    return rows
