"""An address as a row of a file writes it, in one text or in columns, made into one text a door is looked for by."""

import re
from functools import lru_cache
from typing import NamedTuple

from wangge.domains.places.spelling import digits, normalise

#: The columns an address can be divided into, from outside in.
PARTS = ("community", "compound", "building", "unit", "room", "bed")
_PLATE = re.compile(r"[0-9a-z甲乙丙丁东西南北中]{1,5}")
_PROVINCE = re.compile(r"^[^0-9省市县区]{2,3}省")
#: The floor says nothing beside a door number: 2单元5层501 is 2单元501.
_FLOOR = re.compile(r"(单元|门洞|号楼|栋|幢|座)[0-9]{1,2}[层楼](?=[0-9]{2})")
_ROOM = re.compile(
    r"(?P<room>[0-9]{1,5}[a-z]?)(?:(?:号?房间|号?室|号|房)-?(?:(?P<bed>[0-9]{1,3})(?:号床|床位|床|号)?)?"
    r"|-(?P<dashed>[0-9]{1,3})(?:号床|床位|床|号)?)?"
)


class AddressText(NamedTuple):
    """What a row says of where somebody lives. Any of it may be empty."""

    text: str = ""
    community: str = ""
    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    bed: str = ""

    @property
    def says_where(self) -> bool:
        return bool((self.text or self.compound or self.building or self.room).strip())


@lru_cache(maxsize=1 << 12)
def spoken(address: AddressText) -> str:
    """The address below its community as one text: the columns 水产宿舍, 3, 2, 501 are 水产宿舍3号楼2单元501室."""
    if not (address.compound or address.building or address.unit or address.room or address.bed):
        return plain(address.text)
    compound, building, unit, room, bed = (
        plain_once(part) for part in (address.compound, address.building, address.unit, address.room, address.bed)
    )
    text = plain(address.text)
    if building or room:
        return (compound or text) + _doors(building, unit, room, bed)
    text = text if not compound or compound in text else compound + text
    return text + _with(bed, "床")


def plain(text: str) -> str:
    """Uniform characters, numerals as digits, without province and floor."""
    return _FLOOR.sub(r"\1", _PROVINCE.sub("", digits(normalise(text)))) if text else ""


@lru_cache(maxsize=1 << 14)
def plain_once(text: str) -> str:
    """The same for names and columns, which say the same few things again and again."""
    return plain(text)


def room_and_bed(text: str) -> tuple[str, str] | None:
    """'305室2床' and '305-2' are room 305, bed 2; '305' is a room alone; None for anything else."""
    found = _ROOM.fullmatch(text)
    return (found["room"], found["bed"] or found["dashed"] or "") if found else None


def _doors(building: str, unit: str, room: str, bed: str) -> str:
    if building and not unit and "-" in room and _PLATE.fullmatch(building):
        return f"{building}-{room}"
    inside = building or unit or bed
    return _with(building, "号楼") + _with(unit, "单元") + _with(room, "室" if inside else "") + _with(bed, "床")


def _with(part: str, word: str) -> str:
    """A bare plate with the word for what it is; 3号楼 and 东单元 have it already."""
    return part + word if part and _PLATE.fullmatch(part) else part
