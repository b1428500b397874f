"""Deliveries of a township as the errands' benchmark plans them: drawn from a seed, the same on every machine."""

import random
from dataclasses import dataclass

from wangge.domains.medicine.errands import Carrier, Stop
from wangge.domains.places.rules import segment

SEEDS = (2022, 2023, 2024)
DELIVERIES, VOLUNTEERS = 300, 10
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Instance:
    """Where the rounds begin, what is to be brought, who brings."""

    start: str
    stops: tuple[Stop, ...]
    carriers: tuple[Carrier, ...]


def instance(seed: int, *, deliveries: int = DELIVERIES, volunteers: int = VOLUNTEERS) -> Instance:
    """A community of twenty-four buildings of three stairs; a third is due within two hours, a tenth is closed."""
    draw = random.Random(seed)  # an instance of a benchmark, not a secret
    community = "".join(segment(number) for number in (1, 1, 1, 1))
    doors: set[str] = set()
    while len(doors) < deliveries:
        way = (1 + draw.randrange(3), 1 + draw.randrange(8), 1 + draw.randrange(3), 1 + draw.randrange(12))
        doors.add(community + "".join(segment(number) for number in way))
    stops = tuple(
        Stop(
            number, path, due=draw.choice((2, 4, 4)) * HOUR, closed=draw.random() < 0.1,
            weight=draw.choice((150, 300, 300, 1200)),
        )
        for number, path in enumerate(sorted(doors))
    )  # fmt: skip
    carriers = tuple(Carrier(f"v{number}", carries=20_000, shift=4 * HOUR) for number in range(volunteers))
    return Instance(community + segment(1), stops, carriers)
