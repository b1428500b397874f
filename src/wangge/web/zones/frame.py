"""Degrees as a drawing: a piece of the country laid flat in metres, east to the right and south downwards.

No tiles and no map server: an office's network may be closed, and what somebody looks at is nobody else's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from wangge.domains.places.points import Point
from wangge.domains.zones.plane import METRES, Area, Box

NARROWEST = 1_500.0  # metres across: fewer would show two houses and nothing around them


@dataclass(frozen=True, slots=True)
class Frame:
    """A box on the ground. ``step``: metres for one unit of the drawing."""

    box: Box
    step: float = 1.0

    @property
    def east(self) -> float:
        """Units for a degree of longitude."""
        return METRES * cos(radians((self.box.south + self.box.north) / 2)) / self.step

    @property
    def north(self) -> float:
        """Units for a degree of latitude."""
        return METRES / self.step

    @property
    def width(self) -> float:
        return round((self.box.east - self.box.west) * self.east, 1)

    @property
    def height(self) -> float:
        return round((self.box.north - self.box.south) * self.north, 1)

    def at(self, point: Point) -> tuple[float, float]:
        """A point in units, to a tenth."""
        x, y = (point.lon - self.box.west) * self.east, (self.box.north - point.lat) * self.north
        return round(x, 1), round(y, 1)

    def line(self, ring: Iterable[Point], least: float = 1.0) -> str:
        """A ring as a path; corners nearer than ``least`` units to the one before are left out."""
        parts: list[str] = []
        last = (float("inf"), 0.0)
        for x, y in map(self.at, ring):
            if abs(x - last[0]) + abs(y - last[1]) >= least:
                parts.append(f"{x:g} {y:g}")
                last = (x, y)
        return f"M{'L'.join(parts)}Z" if len(parts) > 2 else ""

    def area(self, area: Area) -> str:
        """An area with its holes."""
        return "".join(self.line(ring, 0.0) for ring in area.rings)

    def dots(self, points: Iterable[Point]) -> str:
        """Points as one path of strokes without length: a round pen makes each a dot of one size at any scale."""
        return "".join(f"M{x:g} {y:g}h0" for x, y in map(self.at, points))


def framed(box: Box | None, *, margin: float = 300.0, width: float = 0.0) -> Frame | None:
    """A frame around a box with so many metres beside it; ``width``: how many units across. None around nothing."""
    if box is None:
        return None
    wide = box.wider(margin)
    across = (wide.east - wide.west) * METRES * cos(radians((wide.south + wide.north) / 2))
    tall = (wide.north - wide.south) * METRES
    wide = wide.wider(max(0.0, (NARROWEST - min(across, tall)) / 2))
    if width:
        wide = _broad(wide)
    frame = Frame(wide)
    return Frame(wide, frame.width / width) if width else frame


def _broad(box: Box) -> Box:
    """The box made as broad as a page's picture, 4 to 3, by what lies beside it or above and below."""
    across = (box.east - box.west) * cos(radians((box.south + box.north) / 2))
    more = ((box.north - box.south) * 4 / 3 - across) / 2
    if more > 0:
        east = more / cos(radians((box.south + box.north) / 2))
        return Box(box.west - east, box.south, box.east + east, box.north)
    north = (across * 3 / 4 - (box.north - box.south)) / 2
    return Box(box.west, box.south - north, box.east, box.north + north)
