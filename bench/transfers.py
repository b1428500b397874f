"""An invented day of transfers made from a seed: 400 people in 153 households, 12 compounds, 6 hotels, buses of 20."""

import random

from wangge.domains.transfer.rules import Alone, Hotel, Household, Limits, Member, Need, Problem, RoomKind, Vehicle

PEOPLE, HOUSEHOLDS, COMPOUNDS, HOTELS, BUSES, SEATS = 400, 153, 12, 6, 14, 20
ALONE = Alone(14, frozenset({Need.PREGNANT, Need.SEVERE, Need.CARE}), "国卫办规划函〔2022〕255号")
LIMITS = Limits("道路旅客运输企业安全管理规范", "本系统")
CARES = (
    frozenset(Need), frozenset(Need) - {Need.DIALYSIS}, frozenset({Need.INFANT, Need.PREGNANT, Need.CARE}),
    frozenset({Need.INFANT, Need.WHEELCHAIR, Need.CARE}), frozenset({Need.INFANT}), frozenset[Need](),
)  # fmt: skip


def instance(seed: int = 1) -> Problem:
    """The same for the same seed."""
    chance = random.Random(seed)
    spots = {f"c{n:02d}": (chance.uniform(0, 16), chance.uniform(0, 12)) for n in range(1, COMPOUNDS + 1)}
    spots |= {f"h{n}": (chance.uniform(-8, 24), chance.uniform(-8, 20)) for n in range(1, HOTELS + 1)}
    minutes = {
        (one, other): 3 + round(2.2 * (abs(spots[one][0] - spots[other][0]) + abs(spots[one][1] - spots[other][1])))
        for one in spots for other in spots if one < other
    }  # fmt: skip
    households = tuple(_household(chance, number, size) for number, size in enumerate(_sizes(chance), 1))
    hotels = tuple(
        Hotel(f"h{n}", {RoomKind.SINGLE: 50 + 4 * n, RoomKind.FAMILY: 14 + n, RoomKind.ACCESSIBLE: 4}, CARES[n - 1])
        for n in range(1, HOTELS + 1)
    )
    vehicles = tuple(Vehicle(f"v{n:02d}", SEATS, 8 * 60) for n in range(1, BUSES + 1))
    return Problem(households, hotels, vehicles, minutes, ALONE, LIMITS)


def _sizes(chance: random.Random) -> list[int]:
    """One to six people in a household, and exactly as many as there are in all."""
    sizes = chance.choices((1, 2, 3, 4, 5, 6), (22, 30, 27, 13, 6, 2), k=HOUSEHOLDS)
    while (over := sum(sizes) - PEOPLE) != 0:
        at = chance.randrange(HOUSEHOLDS)
        sizes[at] = min(6, max(1, sizes[at] - (1 if over > 0 else -1)))
    return sizes


def _household(chance: random.Random, number: int, size: int) -> Household:
    members = tuple(_member(chance, f"p{number:03d}-{place}", place) for place in range(size))
    compound, klass = f"c{chance.randrange(COMPOUNDS) + 1:02d}", chance.choices(("close", "second"), (3, 1))[0]
    return Household(f"d{number:03d}", compound, klass, members, 8 * 60 + 15 * chance.randrange(9))


def _member(chance: random.Random, key: str, place: int) -> Member:
    if place == 0:  # an adult who can look after somebody, so that the instance can be served
        return Member(key, chance.randrange(20, 68))
    age, needs = chance.randrange(0, 86), set[Need]()
    if age < 1:
        needs.add(Need.INFANT)
    for need, share in ((Need.SEVERE, 0.02), (Need.CARE, 0.02), (Need.WHEELCHAIR, 0.015), (Need.DIALYSIS, 0.004)):
        if age > 50 and chance.random() < share * 2:
            needs.add(need)
    if 20 <= age <= 40 and chance.random() < 0.04:
        needs.add(Need.PREGNANT)
    return Member(key, age, frozenset(needs))
