"""Which households there are, and how old their members: shares after the census of 2020.

A household is a word of letters: H W husband and wife, M F an old man and an old woman, E an old person,
A an adult, P a single parent, C a child under 15, Y a youth of 15 to 24. Old is 60 and more.
"""

import random

#: Households of each kind in a thousand: 2.45 people, 0.42 of them old and 0.45 children (xzqh.info 168959).
IN_A_THOUSAND: dict[str, int] = {
    "E": 79, "A": 186,
    "MF": 60, "EA": 18, "PC": 12, "HW": 157, "AA": 68,
    "HWC": 140, "HWY": 74, "MFA": 11,
    "HWCC": 66, "HWCE": 30, "HWMF": 12, "HWYC": 12,
    "HWCMF": 30, "HWCCE": 20,
    "HWCCMF": 25,
}  # fmt: skip
OLD = 60
OLDEST = 94


def deck(rng: random.Random, count: int) -> list[str]:
    """So many households in their shares, shuffled; what rounding leaves over goes to the largest rests."""
    kinds = [kind for kind, weight in IN_A_THOUSAND.items() for _ in range(weight * count // 1000)]
    by_rest = sorted(IN_A_THOUSAND, key=lambda kind: -(IN_A_THOUSAND[kind] * count % 1000))
    kinds += by_rest[: count - len(kinds)]
    rng.shuffle(kinds)
    return kinds


def ages(rng: random.Random, roles: str) -> list[int]:
    """An age in years for each member, such that children are younger than parents and these than theirs."""
    oldest_child = _child(rng, roles)
    middle = _middle(rng, roles, oldest_child)
    old = max(OLD, middle + rng.randint(22, 30)) if "HW" in roles else OLD + int(rng.expovariate(1 / 9.5))
    return [_age(rng, role, oldest_child, middle, min(old, OLDEST)) for role in roles]


def _child(rng: random.Random, roles: str) -> int:
    if "Y" in roles:
        return rng.randint(15, 24)
    return rng.randint(0, 14) if "C" in roles else 0


def _middle(rng: random.Random, roles: str, child: int) -> int:
    """The age of the husband, parent or adult; parents were 23 to 33 at the first child's birth."""
    if "C" in roles or "Y" in roles:
        return min(child + rng.randint(23, 33), OLD - 3)
    if roles == "AA":
        return rng.randint(20, 34)
    if "E" in roles or roles == "MFA":
        return rng.randint(32, 52)
    return rng.randint(26, 56)


def _age(rng: random.Random, role: str, child: int, middle: int, old: int) -> int:
    if role == "C":
        return min(child, 14) - rng.randint(0, min(child, 14, 6))
    if role == "Y":
        return child
    if role in "MFE":
        return max(OLD, min(OLDEST, old - rng.randint(0, 4)))
    return min(OLD - 1, max(18, middle - rng.randint(0, 3)))
