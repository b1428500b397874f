"""What an instance that cannot be served lacks, said before anything is planned: rooms by kind, care, seats, carers."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from wangge.domains.transfer.rules import Household, Need, Problem, RoomKind, rooming


class Lack(StrEnum):
    ROOMS = "rooms"
    CARE = "care"
    CLASS = "class"
    SEATS = "seats"
    CARER = "carer"
    VEHICLES = "vehicles"
    COMBINED = "combined"  # enough of each, but not of all at once


@dataclass(frozen=True, slots=True)
class Missing:
    """``number`` more of ``what`` are needed (rooms of a kind, rooms for a need, seats in one vehicle, carers)."""

    lack: Lack
    number: int
    what: str = ""
    household: str = ""


def missing(problem: Problem) -> list[Missing]:
    """What is certainly missing; an empty list says that each thing alone suffices."""
    found = [*_carers(problem), *_seats(problem), *_rooms(problem)]
    return found + _for_needs(problem) + _for_classes(problem)


def _carers(problem: Problem) -> list[Missing]:
    return [
        Missing(Lack.CARER, len(lacking), household=one.key)
        for one in problem.households
        if (lacking := rooming(one.members, problem.alone).lacking)
    ]


def _seats(problem: Problem) -> list[Missing]:
    if not problem.vehicles:
        return [Missing(Lack.VEHICLES, 1)]
    most = max(one.seats for one in problem.vehicles)
    return [
        Missing(Lack.SEATS, len(one.members) - most, household=one.key)
        for one in problem.households
        if len(one.members) > most
    ]


def _wanted(problem: Problem, households: list[Household]) -> Counter[RoomKind]:
    wanted: Counter[RoomKind] = Counter()
    for one in households:
        wanted.update(rooming(one.members, problem.alone).rooms)
    return wanted


def _rooms(problem: Problem) -> list[Missing]:
    wanted = _wanted(problem, list(problem.households))
    free: Counter[RoomKind] = Counter()
    for hotel in problem.hotels:
        free.update(hotel.rooms)
    short = {
        kind: wanted[kind] - free[kind]
        for kind in (RoomKind.FAMILY, RoomKind.ACCESSIBLE)
        if wanted[kind] > free[kind]
    }  # fmt: skip
    rest = sum(wanted.values()) - sum(free.values()) - sum(short.values())
    found = [Missing(Lack.ROOMS, number, kind.value) for kind, number in short.items()]
    return found + ([Missing(Lack.ROOMS, rest, RoomKind.SINGLE.value)] if rest > 0 else [])


def _for_needs(problem: Problem) -> list[Missing]:
    """Rooms in hotels that can care for a need, against what those who have it take."""
    found = []
    for need in Need:
        with_it = [one for one in problem.households if need in one.needs]
        wanted = sum(_wanted(problem, with_it).values())
        free = sum(sum(one.rooms.values()) for one in problem.hotels if need in one.cares)
        if wanted > free:
            found.append(Missing(Lack.CARE, wanted - free, need.value))
    return found


def _for_classes(problem: Problem) -> list[Missing]:
    found = []
    for klass in sorted({one.klass for one in problem.households}):
        if all(not one.takes or klass in one.takes for one in problem.hotels):
            continue  # what is missing then is missing for everybody: said by kind of room
        wanted = sum(_wanted(problem, [one for one in problem.households if one.klass == klass]).values())
        free = sum(sum(one.rooms.values()) for one in problem.hotels if not one.takes or klass in one.takes)
        if wanted > free:
            found.append(Missing(Lack.CLASS, wanted - free, klass))
    return found
