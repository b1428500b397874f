"""A small piece of 太原 to test with: the fixture ``street``."""

from dataclasses import dataclass

from wangge.domains.places.actions import Seed
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, door_order


def building(number: int, units: int = 2, floors: int = 2) -> Seed:
    """A building of units with one door on each floor."""
    return Seed(
        Kind.BUILDING, f"{number}号楼", number,
        children=tuple(
            Seed(Kind.UNIT, f"{unit}单元", unit, children=tuple(
                Seed(Kind.HOUSEHOLD, f"{floor}01", door_order(floor, 1)) for floor in range(1, floors + 1)
            ))
            for unit in range(1, units + 1)
        ),
    )  # fmt: skip


@dataclass
class Street:
    """One township, community and compound: buildings 1-3, a dormitory of 2 rooms with 2 beds each."""

    city: Place
    district: Place
    township: Place
    community: Place
    compound: Place

    def named(self, *names: str) -> Place:
        """The place at the end of a way down from the compound: ``named('3号楼', '2单元')``."""
        place = self.compound
        for name in names:
            place = Place.objects.get(parent=place, name=name)
        return place
