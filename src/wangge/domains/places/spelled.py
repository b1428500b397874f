"""Doors by their whole address from the compound on: most rows of most files are written like this."""

from collections import Counter
from collections.abc import Sequence

from wangge.domains.places.addresses import plain_once
from wangge.domains.places.rules import Kind

#: Kinds whose names must not be those of a compound: an address can begin with each.
ALIKE = frozenset({Kind.COMPOUND, Kind.SITE, Kind.HAMLET})
INSIDE = frozenset({Kind.BUILDING, Kind.UNIT, Kind.HOUSEHOLD})
Row = tuple[int, str, str, int | None]  # key, kind, name, and the key of what is around


def doors(rows: Sequence[Row]) -> dict[str, int]:
    """Keys of doors by address, from the places of one community, what is around a place before it.

    Only under compounds whose name no other compound has, and only addresses that mean one door; everything else
    goes by the rules of naming.
    """
    names = Counter(plain_once(name) for _, kind, name, _ in rows if kind in ALIKE)
    texts: dict[int | None, str] = {}
    found: dict[str, int] = {}
    for key, kind, name, around in rows:
        if kind in INSIDE:
            if before := texts.get(around):
                text = texts[key] = before + plain_once(name).removesuffix("室")
                if kind == Kind.HOUSEHOLD:
                    found[text] = 0 if text in found else key
        elif kind == Kind.COMPOUND and names[plain_once(name)] == 1:
            texts[key] = plain_once(name)
    return {text: key for text, key in found.items() if key}
