"""A row of a file becomes a person, or every one of its mistakes is named."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.base.problems import Problem, Problems
from wangge.domains.people.days import read_day
from wangge.domains.people.documents import read_document
from wangge.domains.people.inputs import PERSON_FIELDS, PersonRow, read_person_row
from wangge.domains.people.phones import read_phones
from wangge.domains.people.rules import DocumentType, check_digit, normal_document, normal_name

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "id_test_vectors.json").read_text(encoding="utf-8"))
NUMBER = "140106199001011234"


def row(**cells: str) -> PersonRow:
    return read_person_row({"name": "田新来", "address": "东岗里1-1-101"} | cells)


def wrong(**cells: str) -> set[str]:
    """The codes of everything that is wrong with a row."""
    with pytest.raises(Problems) as caught:
        row(**cells)
    return {problem.code for problem in caught.value.problems}


def full_width(text: str) -> str:
    return "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in text)


@pytest.mark.parametrize("vector", VECTORS["gb11643"], ids=lambda vector: vector["id"])
def test_the_standards_vectors_as_rows(vector: dict[str, Any]) -> None:
    if vector["valid"]:
        assert row(document=vector["id"]).person.document == vector["id"]
    else:
        assert wrong(document=vector["id"]) == {"id_check"}


@given(st.dates(date(1900, 1, 1), date(2022, 1, 1)), st.integers(0, 999_999), st.integers(0, 999), st.data())
def test_a_right_number_is_taken_however_written_and_one_wrong_digit_never(
    born: date, area: int, sequence: int, data: st.DataObject
) -> None:
    first = f"{area:06d}{born:%Y%m%d}{sequence:03d}"
    number = first + check_digit(first)
    card = read_document(number).card
    if number[0] == "9" or number.startswith(("810000", "820000", "830000")):
        assert read_document(number).kind is not DocumentType.ID_CARD
    assert card is not None
    assert (card.birth_date, card.male) == (born, sequence % 2 == 1)
    for typed in (number.lower(), full_width(number), f" {number[:6]} {number[6:14]}-{number[14:]} "):
        assert read_document(typed).number == number
    at = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    with pytest.raises(Problem) as caught:
        read_document(number[:at] + other + number[at + 1 :])
    assert caught.value.code in ("id_check", "id_date", "id_rounded")


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(100_000, 999_999), st.integers(0, 995))
def test_an_old_number_is_the_same_document_as_its_18_digit_form(born: date, area: int, sequence: int) -> None:
    old = f"{area}{born:%y%m%d}{sequence:03d}"
    new = read_document(old)
    assert new.number == normal_document(old) == read_document(new.number).number
    assert len(new.number) == 18
    assert new.card is not None
    assert new.card.birth_date == born
    assert new.number[:6] + new.number[8:17] == old


def test_people_a_hundred_years_old_had_numbers_of_their_own() -> None:
    card = read_document("140102850101999").card
    assert card is not None
    assert card.birth_date == date(1885, 1, 1)


@pytest.mark.parametrize(
    ("document", "code", "values"),
    [
        ("140106199013011234", "id_date", {"first": 7, "last": 14, "shown": "19901301"}),
        ("140106900230123", "id_date", {"first": 7, "last": 12, "shown": "900230"}),
        ("14010619900101123", "id_length", {"count": 17}),
        ("14010619900101123A", "id_character", {"position": 18, "shown": "A"}),
        ("1401O6199001011234", "id_character", {"position": 5, "shown": "O"}),
        ("1.40106E+17", "id_rounded", {}),
        ("１.４０１０６Ｅ＋１７", "id_rounded", {}),
        ("140106199001011000", "id_rounded", {}),
        ("123456", "id_length", {"count": 6}),
    ],
)
def test_what_is_wrong_with_a_number_is_named(document: str, code: str, values: dict[str, Any]) -> None:
    with pytest.raises(Problem) as caught:
        read_document(document)
    assert (caught.value.code, dict(caught.value.values)) == (code, values)


@pytest.mark.parametrize(
    ("kind", "document", "read"),
    [
        ("护照", "e1234567 8", (DocumentType.PASSPORT, "E12345678")),
        ("", "E12345678", (DocumentType.PASSPORT, "E12345678")),
        ("港澳居民来往内地通行证", "H12345678", (DocumentType.HK_MACAO, "H12345678")),
        ("", "M1234567801", (DocumentType.HK_MACAO, "M1234567801")),
        ("台胞证", "12345678", (DocumentType.TAIWAN, "12345678")),
        ("台湾居民来往大陆通行证", "01234567", (DocumentType.TAIWAN, "01234567")),
        ("外国人永久居留身份证", "CAN110078010101", (DocumentType.RESIDENCE_PERMIT, "CAN110078010101")),
        ("居民身份证", NUMBER, (DocumentType.ID_CARD, NUMBER)),
        ("护照", NUMBER, (DocumentType.ID_CARD, NUMBER)),
        ("户口簿", NUMBER, (DocumentType.ID_CARD, NUMBER)),
        ("军官证", "军字第1234567号", (DocumentType.OTHER, "军字第1234567号")),
        ("身份证", "无", (DocumentType.ID_CARD, "")),
        ("", " - ", (DocumentType.ID_CARD, "")),
    ],
)
def test_other_documents_and_none(kind: str, document: str, read: tuple[DocumentType, str]) -> None:
    person = row(document=document, document_kind=kind).person
    assert (person.document_type, person.document) == read


@pytest.mark.parametrize(
    ("first17", "kind"),
    [("91108419850101112", DocumentType.RESIDENCE_PERMIT), ("81000019850101123", DocumentType.HMT_RESIDENCE),
     ("83000019850101123", DocumentType.HMT_RESIDENCE)],
)  # fmt: skip
def test_permits_built_like_an_id_card_are_checked_like_one(first17: str, kind: DocumentType) -> None:
    right = first17 + check_digit(first17)
    assert row(document=right).person.document_type is kind
    assert row(document=right).person.birth_date == date(1985, 1, 1)
    assert wrong(document=first17 + ("1" if right[-1] != "1" else "2")) == {"id_check"}


def test_a_birth_date_beside_the_number_has_to_be_the_same_and_both_are_shown() -> None:
    assert row(document=NUMBER, birth_date="1990年1月1日").person.birth_date == date(1990, 1, 1)
    with pytest.raises(Problems) as caught:
        row(document=NUMBER, birth_date="1990-10-01")
    (problem,) = caught.value.problems
    assert (problem.code, dict(problem.values)) == (
        "birth_dates_differ", {"typed": date(1990, 10, 1), "card": date(1990, 1, 1)},
    )  # fmt: skip


def test_a_column_with_another_sex_stands_but_an_empty_one_is_filled_from_the_card() -> None:
    assert row(document=NUMBER).person.sex == "male"
    assert row(document=NUMBER, sex="女").person.sex == "female"
    assert row(sex="２").person.sex == "female"
    assert wrong(sex="是") == {"sex_unreadable"}


def test_nobodys_home_follows_from_a_document() -> None:
    """The same address with a number of Taiyuan, of an abolished district, of Guangdong, and without any."""
    areas = ("140106", "140102", "440524")
    numbers = [first + check_digit(first) for first in (f"{area}19800101123" for area in areas)]
    assert {row(document=number).address for number in (*numbers, "")} == {row().address}
    assert wrong(document=NUMBER, address="") == {"address_missing"}


def test_every_mistake_is_said_at_once() -> None:
    assert wrong(name=" ", document="140106199001011236", phone="12", birth_date="昨天", sex="x", address="") == {
        "person_name_missing",
        "id_check",
        "phone_wrong",
        "birth_date_unreadable",
        "sex_unreadable",
        "address_missing",
    }


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("19900001234", ("19900001234",)),
        ("１９９００００１２３４", ("19900001234",)),
        ("199-0000-1234、19900005678", ("19900001234", "19900005678")),
        ("19900001234/0351-4012345", ("19900001234", "03514012345")),
        ("19900001234 19900005678", ("19900001234", "19900005678")),
        ("1990000123419900005678", ("19900001234", "19900005678")),
        ("199 0000 1234；（0351）4012345", ("19900001234", "03514012345")),
        ("+86 199 0000 1234", ("19900001234",)),
        ("本人19900001234，儿子19900005678", ("19900001234", "19900005678")),
        ("19900001234\n19900001234", ("19900001234",)),
        ("0351-4012345转801", ("03514012345801",)),
        ("19900001234.0", ("19900001234",)),
        ("无", ()), ("", ()), ("—", ()),
    ],
)  # fmt: skip
def test_phones_as_offices_write_them(typed: str, numbers: tuple[str, ...]) -> None:
    assert read_phones(typed) == numbers
    person = row(phone=typed).person
    assert person.phones == numbers


@pytest.mark.parametrize(
    ("typed", "code"),
    [("1.99E+10", "phone_rounded"), ("1990000123", "phone_wrong"), ("199000012345", "phone_wrong"),
     ("没记下来", "phone_wrong"), ("12", "phone_wrong"), ("1990000123456789", "phone_wrong")],
)  # fmt: skip
def test_phones_that_cannot_be(typed: str, code: str) -> None:
    assert wrong(phone=typed) == {code}


@given(st.lists(st.integers(0, 99_999_999).map(lambda n: f"199{n:08d}"), min_size=1, max_size=4, unique=True),
       st.sampled_from(["/", "、", "，", ";", " ", "\n", " 或 ", "；", "|"]))  # fmt: skip
def test_numbers_survive_every_separator(numbers: list[str], between: str) -> None:
    assert read_phones(between.join(numbers)) == tuple(numbers)
    assert read_phones(full_width(between.join(numbers))) == tuple(numbers)


@given(st.dates(date(1930, 1, 1), date(2022, 12, 31)))
def test_dates_as_tables_hold_them(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = (
        f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}", f"{day:%Y-%m-%d} 00:00:00", f"{day.year}.{day.month}.{day.day}", str(serial),
    )  # fmt: skip
    assert {read_day(form) for form in forms} == {day}


@pytest.mark.parametrize("text", ["1958", "58-3-9", "1958-02-30", "19580230", "三月", "1958-3", "-1"])
def test_dates_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_day(text)


@given(st.dictionaries(st.sampled_from(PERSON_FIELDS), st.text(max_size=30), max_size=8))
def test_no_cells_break_the_reader(cells: dict[str, str]) -> None:
    """A row is read or comes back with its mistakes; no other exception leaves the reader."""
    with suppress(Problems):
        assert read_person_row(cells).person.name


def test_names_are_compared_without_width_gaps_and_dots() -> None:
    assert normal_name("买买提·艾力") == normal_name("买买提 艾力") == normal_name("买买提．艾力")
    assert normal_name("Ａｎｎａ Lee") == normal_name("anna  lee")
    assert normal_name("李四") != normal_name("李 三")
