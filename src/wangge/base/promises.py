"""How often a promised time was kept, as it may be shown: never by worker, and nothing about fewer than five."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5  # about fewer, no figure: it would say something about one of them


@dataclass(frozen=True, slots=True)
class Kept:
    """Of how many promises how many were kept. ``kept`` None: too few to say."""

    key: str
    asked: int | None
    kept: int | None

    @property
    def share(self) -> int | None:
        """In whole per cent."""
        return round(100 * self.kept / self.asked) if self.asked and self.kept is not None else None


Figures = Sequence[tuple[str, int, int]]  # key, asked, kept


def published(figures: Figures) -> list[Kept]:
    """Figures without those about fewer than five; where exactly one is left out, the next smallest goes too: else it
    could be worked out from the sum."""
    return _without({key for key, asked, _kept in figures if asked < FEWEST}, figures)


def _without(hidden: set[str], figures: Figures) -> list[Kept]:
    others = sorted((asked, key) for key, asked, _kept in figures if key not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return [Kept(key, None, None) if key in hidden else Kept(key, asked, kept) for key, asked, kept in figures]


def together(one: Figures, other: Figures) -> list[Kept]:
    """Two kinds of promise for the same keys as one figure each. Where one of the two is not shown by itself and the
    other is, both together are not shown either: the difference would say it."""
    shown = [{each.key for each in published(some) if each.asked is not None} for some in (one, other)]
    asked = [{key: number for key, number, _kept in some} for some in (one, other)]
    kept = [{key: number for key, _asked, number in some} for some in (one, other)]
    keys = sorted({*asked[0], *asked[1]})
    sums = [(key, sum(each.get(key, 0) for each in asked), sum(each.get(key, 0) for each in kept)) for key in keys]
    hidden = {key for key, number, _kept in sums if number < FEWEST}
    hidden |= {key for key in keys if key in asked[0] and key in asked[1] and (key in shown[0]) != (key in shown[1])}
    return _without(hidden, sums)
