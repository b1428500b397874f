"""One cell: from a source and a row to text, in our words; the column's codes make it the office's."""

from collections.abc import Callable
from typing import Any

from wangge.base import clock
from wangge.base.privacy import Level, mask_document, mask_name, mask_phone
from wangge.domains.people.models import Person
from wangge.domains.people.rules import age_on
from wangge.domains.places.rules import DIVISIONS, Kind
from wangge.domains.places.spelling import short_name
from wangge.domains.tables.catalogue import SOURCES
from wangge.domains.tables.gathering import Part, stamp
from wangge.domains.tables.rules import Column, part_of, question_of

OLD, SMALL = 60, 14
HEAD = ("户主", "本人")
HIDDEN = "***"


def cell(column: Column, one: Any, part: Part, number: int, *, masked: bool) -> str:
    """The text of one cell. ``masked``: as it may be shown to whoever has given no reason yet."""
    if not column.source:
        return ""
    if name := question_of(column.source):
        return _answered(column, name, one, part, masked)
    if column.source == "row.number":
        return str(number)
    text = _MAKERS[column.source](one, part)
    text = column.codes.get(text, text)
    return _mask(column.source, text) if masked else text


def _answered(column: Column, name: str, one: Any, part: Part, masked: bool) -> str:
    question = part.bank.questions.get(name)
    told = part.answer(question, one) if question else None
    if question is None or told is None:
        return ""
    match part_of(column.source):
        case "at":
            return stamp(told.at)
        case "fresh_until":
            return stamp(told.fresh_until)
        case "source":
            return column.codes.get(told.source, told.source)
    if masked and question.level != Level.OPEN:
        return HIDDEN
    words = told.value.split() if question.type.startswith("select_multiple") else [told.value]
    return "、".join(column.codes.get(word) or label_of(question.choices, word) for word in words)


def label_of(choices: Any, value: str) -> str:
    """What a choice is called in Chinese; the value itself where it has no label."""
    for choice in choices or []:
        if str(choice.get("name")) == value:
            label = choice.get("label") or value
            return str(label if isinstance(label, str) else label.get("zh") or next(iter(label.values()), value))
    return value


def _mask(source: str, text: str) -> str:
    if source in ("person.name", "household.head"):
        return mask_name(text)
    if source in ("person.phone", "household.phone"):
        return mask_phone(text)
    if source == "person.document":
        return mask_document(text)
    hide = SOURCES[source].level is Level.SENSITIVE or source == "household.names"
    return HIDDEN if text and hide else text


def _place(kind: Kind) -> Callable[[Any, Part], str]:
    def made(one: Any, part: Part) -> str:
        place = part.around(one).get(kind)
        return short_name(place.name, Kind(place.kind)) if place else ""

    return made


def _compound(one: Any, part: Part) -> str:
    around = part.around(one)
    found = next((around[kind] for kind in (Kind.SITE, Kind.HAMLET, Kind.COMPOUND) if kind in around), None)
    return found.name if found else ""


def _door(one: Any, part: Part) -> str:
    return part.door_of(one).name


def _address(one: Any, part: Part) -> str:
    return " ".join(place.name for kind, place in part.around(one).items() if Kind(kind) not in DIVISIONS)


def _number(name: str) -> Callable[[Any, Part], str]:
    return lambda one, part: str(part.numbers[one.pk].get(name, ""))


def _age(one: Any, part: Part) -> str:
    age = age_on(one.birth_date, clock.today())
    return "" if age is None else str(age)


def _here(one: Any, part: Part) -> list[Person]:
    return part.at_door.get(part.door_of(one).pk, [])


def _head(one: Any, part: Part) -> Person | None:
    """The head as the register says it; where it says nobody, none is made up."""
    return next((each for each in _here(one, part) if each.relation in HEAD), None)


def _head_name(one: Any, part: Part) -> str:
    head = _head(one, part)
    return head.name if head else ""


def _phone_here(one: Any, part: Part) -> str:
    """The head's number, else that of the first who has one."""
    head = _head(one, part)
    everybody = ([head] if head else []) + _here(one, part)
    return next((str(phone) for each in everybody if (phone := part.numbers[each.pk].get("phone"))), "")


def _aged(least: int, most: int) -> Callable[[Any, Part], str]:
    def made(one: Any, part: Part) -> str:
        ages = [age_on(each.birth_date, clock.today()) for each in _here(one, part)]
        return str(sum(age is not None and least <= age <= most for age in ages))

    return made


def _order(make: Callable[[Any], str]) -> Callable[[Any, Part], str]:
    return lambda one, part: make(part.orders[one.pk]) if one.pk in part.orders else ""


def _tried(make: Callable[[Any], str]) -> Callable[[Any, Part], str]:
    def made(one: Any, part: Part) -> str:
        tries = part.tries.get(part.door_of(one).pk)
        return make(tries) if tries else ""

    return made


_MAKERS: dict[str, Callable[[Any, Part], str]] = {
    "place.district": _place(Kind.DISTRICT), "place.township": _place(Kind.TOWNSHIP),
    "place.community": _place(Kind.COMMUNITY), "place.compound": _compound,
    "place.building": _place(Kind.BUILDING), "place.unit": _place(Kind.UNIT), "place.door": _door,
    "place.address": _address,
    "place.grid": lambda one, part: part.grids.get(part.door_of(one).grid_id or 0, ""),
    "post.holder": lambda one, part: part.holders.get(part.door_of(one).pk, ""),
    "person.name": lambda one, part: one.name, "person.sex": lambda one, part: one.sex,
    "person.birth_date": lambda one, part: one.birth_date.isoformat() if one.birth_date else "",
    "person.age": _age, "person.relation": lambda one, part: one.relation,
    "person.document": _number("document"), "person.document_type": _number("document_type"),
    "person.phone": _number("phone"),
    "person.living_with": lambda one, part: str(max(len(_here(one, part)) - 1, 0)),
    "household.people": lambda one, part: str(len(_here(one, part))),
    "household.head": _head_name, "household.phone": _phone_here,
    "household.names": lambda one, part: "、".join(each.name for each in _here(one, part)),
    "household.old": _aged(OLD, 200), "household.small": _aged(0, SMALL),
    "order.role": _order(lambda order: order.role),
    "order.starts": _order(lambda order: clock.day_of(order.starts_at).isoformat()),
    "order.ends": _order(lambda order: stamp(order.ends_at)),
    "order.day": _order(lambda order: str((clock.today() - clock.day_of(order.starts_at)).days + 1)),
    "order.document": _order(lambda order: order.document_no),
    "attempt.outcome": _tried(lambda tries: tries.last.outcome),
    "attempt.at": _tried(lambda tries: stamp(tries.last.at)),
    "attempt.channel": _tried(lambda tries: tries.last.channel),
    "attempt.count": _tried(lambda tries: str(tries.count)),
    "asked.state": lambda one, part: part.asked.get(one.pk, ""),
}  # fmt: skip
