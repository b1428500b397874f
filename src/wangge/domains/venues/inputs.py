"""A check-in as it arrives from a device, and a venue as a row of a file has it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.people.documents import NONE
from wangge.domains.people.phones import read_phones
from wangge.domains.places.addresses import AddressText
from wangge.domains.venues.rules import VenueKind

#: What kinds are called, and what names of venues hold; the first that fits.
KINDS = (
    (VenueKind.PETROL, "加油站 加气站 油站 petrol"),
    (VenueKind.PHARMACY, "药店 药房 大药房 医药 pharmacy"),
    (VenueKind.HOTEL, "宾馆 酒店 旅馆 旅店 招待所 民宿 住宿 客栈 hotel"),
    (VenueKind.RESTAURANT, "餐馆 餐厅 饭店 餐饮 食堂 面馆 饭馆 小吃 火锅 快餐 茶馆 咖啡 烧烤 restaurant"),
    (VenueKind.MARKET, "菜市场 农贸市场 市场 集市 早市 批发 market"),
    (VenueKind.SHOP, "商店 超市 便利店 商场 门市 商铺 商贸 店 shop store"),
)
LONGEST = 80
_NUMBER = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{18}")


@dataclass(frozen=True, slots=True)
class CheckInInput:
    """``uuid`` made by the device, person and venue by their public ids, ``at`` an aware instant."""

    uuid: UUID
    person: UUID
    venue: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue as a file has it; ``address`` says where it is, '' in it for what the row does not say."""

    name: str
    kind: VenueKind
    keeper: str
    phone: str
    number: str
    address: AddressText


def read_venue_row(cells: Mapping[str, str]) -> VenueRow:
    """A checked row of a file: name, kind, contact, phone, number, community, address. Raises Problems."""
    problems: list[Problem] = []
    name = _plain(cells.get("name", ""))
    if not name:
        problems.append(Problem("venue_name_missing", field="name"))
    elif len(name) > LONGEST:
        problems.append(Problem("venue_name_too_long", field="name"))
    kind = _kind(_plain(cells.get("kind", "")), name, problems)
    number = _number(_plain(cells.get("number", "")), problems)
    phones: tuple[str, ...] = ()
    try:
        phones = read_phones(cells.get("phone", ""))
    except Problem as problem:
        problems.append(problem)
    if problems or kind is None:
        raise Problems(problems)
    address = AddressText(_plain(cells.get("address", ""))[:120], _plain(cells.get("community", "")))
    return VenueRow(name, kind, _plain(cells.get("contact", ""))[:60], "、".join(phones)[:80], number, address)


@dataclass(frozen=True, slots=True)
class Applying:
    """What somebody writes who asks for a poster."""

    uuid: UUID
    name: str
    kind: VenueKind
    keeper: str
    phone: str
    number: str
    address: str


def read_application(typed: Mapping[str, str]) -> Applying:
    """Raises Problems with every mistake at once."""
    problems: list[Problem] = []
    cells = {"contact": typed.get("keeper", "")[:200]}
    cells |= {name: typed.get(name, "")[:200] for name in ("name", "kind", "phone", "number", "address")}
    row: VenueRow | None = None
    try:
        row = read_venue_row(cells)
    except Problems as found:
        problems += [_chosen(one) for one in found.problems]
    if not _plain(cells["contact"]):
        problems.append(Problem("venue_keeper_missing", field="keeper"))
    if not _plain(cells["phone"]):
        problems.append(Problem("venue_phone_missing", field="phone"))
    if problems or row is None:
        raise Problems(problems)
    try:
        uuid = UUID(typed.get("uuid", ""))
    except ValueError:
        uuid = uuid7()
    return Applying(uuid, row.name, row.kind, row.keeper, row.phone, row.number, row.address.text)


def _chosen(one: Problem) -> Problem:
    """A kind is chosen on a page and written in a file."""
    return Problem("venue_kind_choose", field="kind") if one.code.startswith("venue_kind_") else one


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _number(text: str, problems: list[Problem]) -> str:
    number = "".join(text.upper().split())
    if number in NONE:
        return ""
    if not _NUMBER.fullmatch(number):
        problems.append(Problem("venue_number_wrong", field="number", text=number[:20]))
    return number


def _kind(said: str, name: str, problems: list[Problem]) -> VenueKind | None:
    """The kind a word means; where there is none, the one that the name shows."""
    text = (said or name).casefold()
    for kind, words in KINDS:
        if text == kind.value or any(word in text for word in words.split()):
            return kind
    code = "venue_kind_unknown" if said else "venue_kind_missing"
    problems.append(Problem(code, field="kind", **({"text": said[:20]} if said else {})))
    return None
