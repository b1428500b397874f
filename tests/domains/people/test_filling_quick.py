"""Rows that need no more than a look are read as the rules for any row read them, and no other row is taken for one."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from wangge.base.problems import Problems
from wangge.base.sealing import as_json
from wangge.domains.people import envelope
from wangge.domains.people.columns import for_inputs
from wangge.domains.people.filling.quick import WHERE, Plain, Quick
from wangge.domains.people.inputs import PersonInput, PersonRow, read_person_row
from wangge.domains.people.rules import check_digit, normal_name
from wangge.domains.places.addresses import AddressText

COLUMNS = ("name", "document", "", "sex", "birth_date", "phone", "phone_2", "relation", "community", "address")
NAMES = ("田甲", "李四", "Ann", "買買提", "买买提·艾力", "王 五", "", "李4", "ＡＢ", "乐", "é" * 61, "ﬁn", "豈", "1")
SEXES = ("男", "女", "", "M", "1", "male", "未知", "x", " 男", "0")
PHONES = (
    "19912345678", "", "12912345678", "1991234567", "199１2345678", "13812345678、13912345678", "无", "+8613812345678",
    "0351-4012345", "199 1234 5678",
)  # fmt: skip
RELATIONS = ("户主", "", "长 子", "x" * 21, "之 子\n", "子女1")
CHANGES = ("x", "last", "swap", "short", "15", "wide", "space", "area")
USUAL = 0.85  # of the cells


def number(rng: random.Random) -> str:
    """An ID number, mostly right."""
    day = f"{rng.randrange(1945, 2020)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    if rng.random() > USUAL:
        day = f"{rng.randrange(1845, 2030)}{rng.randrange(14):02d}{rng.randrange(33):02d}"
    area = one(rng, ["140102", "110101"], ["000000", "810000", "942123"])
    first = f"{area}{day}{rng.randrange(1000):03d}"
    card = first + check_digit(first)
    change = one(rng, [""], CHANGES)
    if change == "last":
        return first + rng.choice("0123456789Xx")
    if change == "wide":
        return card[:3] + chr(ord(card[3]) + 0xFEE0) + card[4:]
    if change == "swap":
        return card[:16] + card[17] + card[16]
    changed = {"x": card.lower(), "short": card[1:], "15": card[:6] + card[8:17], "space": f"{card} "}
    return changed.get(change, f"x{card[1:]}" if change else card)


def one(rng: random.Random, usual: Sequence[str], others: Sequence[str]) -> str:
    return rng.choice(usual if rng.random() < USUAL else others)


def cells(rng: random.Random) -> list[str]:
    card = number(rng)
    born = f"{card[6:10]}-{card[10:12]}-{card[12:14]}"
    row = [
        one(rng, NAMES[:4], NAMES), card, "?", one(rng, SEXES[:6], SEXES),
        one(rng, ["", born, card[6:14]], [f"{card[6:10]}年{card[10:12]}月1日", "19700101", " "]),
        one(rng, PHONES[:2], PHONES), one(rng, [""], ["19900000001", "无"]), one(rng, RELATIONS[:2], RELATIONS),
        "四社区", one(rng, ["东岗里1-1-101"], [" ", "东岗里"]),
    ]  # fmt: skip
    return [*row, *one(rng, [""], ["more"]).split()] if rng.random() < USUAL else row[: rng.choice([9, 3, 1])]


def slowly(row: list[str]) -> PersonRow | None:
    by_field = {field: row[at] for at, field in enumerate(COLUMNS) if field and at < len(row)}
    try:
        return read_person_row(for_inputs(by_field) if "phone_2" in by_field else by_field)
    except Problems:
        return None


def test_what_is_read_at_a_look_is_what_the_rules_for_any_row_say() -> None:
    rng, quick, looked = random.Random(20220403), Quick(COLUMNS), 0
    for _ in range(20_000):
        row = cells(rng)
        wide = quick.wide(row)
        who, where = quick.read(wide), AddressText(*quick.where(wide))
        if who is None or not where.says_where:  # the reader looks at the address before
            continue
        looked += 1
        full = slowly(row)
        assert full, row
        assert where == full.address
        assert said(who) == typed(full.person)
    assert looked > 2000


def said(who: Plain) -> tuple[object, ...]:
    phones = (who.phone,) if who.phone else ()
    sealed = envelope.card_content(who.document, who.phone)
    return who.name, who.sex, who.birth_date, phones, who.relation, who.plain_name, who.born, sealed


def typed(person: PersonInput) -> tuple[object, ...]:
    content = envelope.content(
        document_type=person.document_type.value, document=person.document, phones=person.phones
    )  # fmt: skip
    return (
        person.name, person.sex, person.birth_date, person.phones, person.relation, normal_name(person.name),
        str(person.birth_date), as_json(content),
    )  # fmt: skip


@pytest.mark.parametrize("sequence", range(0, 1000, 37))
def test_every_right_number_of_a_usual_row_needs_only_a_look(sequence: int) -> None:
    first = f"140102{1900 + sequence % 120}0228{sequence:03d}"
    quick = Quick(("document", "name", "address"))
    who: Any = quick.read(quick.wide([first + check_digit(first), "田甲", "1-1-101"]))
    assert who.birth_date == date(1900 + sequence % 120, 2, 28)
    for wrong in set("0123456789X") - {check_digit(first)}:
        assert quick.read(quick.wide([first + wrong, "田甲", "1-1-101"])) is None


def test_cells_are_found_in_short_and_in_long_rows() -> None:
    quick = Quick(("name", "", "address", "room"))
    assert quick.where(quick.wide(["田甲"])) == ("",) * len(WHERE)
    assert quick.where(quick.wide(["田甲", "", "东岗里", "101", "more"])) == ("东岗里", "", "", "", "", "101", "")
