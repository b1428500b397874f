"""ID numbers by GB 11643: a wrong check digit is an error, the address part only a hint."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.base.problems import Problems
from wangge.domains.people.inputs import read_person
from wangge.domains.people.rules import (
    age_on,
    check_digit,
    is_frail,
    normal_document,
    normal_phone,
    read_id_card,
)

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "id_test_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["gb11643"], ids=lambda vector: vector["id"])
def test_the_standards_vectors(vector: dict[str, object]) -> None:
    assert (read_id_card(str(vector["id"])) is not None) == vector["valid"]


@given(st.integers(0, 10**17 - 1))
def test_one_check_digit_fits_and_no_other(number: int) -> None:
    first = f"{number:017d}"
    fitting = check_digit(first)
    others = [read_id_card(first + digit) for digit in "0123456789X" if digit != fitting]
    assert others == [None] * 10


@given(st.text("0123456789xX１２３Ｘ - ", max_size=24))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normal_document(normal_document(text)) == normal_document(text)
    assert normal_phone(normal_phone(text)) == normal_phone(text)


@pytest.mark.parametrize(
    ("typed", "phone"),
    [("１９９ 0000-1234", "19900001234"), ("+86 199 0000 1234", "19900001234"), ("0351-4012345", "03514012345"),
     ("0086 19900001234", "19900001234"), ("", "")],
)  # fmt: skip
def test_phones_as_people_write_them(typed: str, phone: str) -> None:
    assert normal_phone(typed) == phone


def test_an_abolished_district_is_no_error_and_nobodys_residence() -> None:
    card = read_id_card("140102198001011234")
    assert card is not None
    assert (card.birth_date, card.male) == (date(1980, 1, 1), True)
    assert not hasattr(card, "district")


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [(date(1958, 3, 9), date(2022, 3, 8), 63), (date(1958, 3, 9), date(2022, 3, 9), 64),
     (date(2020, 2, 29), date(2021, 2, 28), 0), (None, date(2022, 1, 1), None)],
)  # fmt: skip
def test_ages_are_completed_years(born: date | None, day: date, age: int | None) -> None:
    assert age_on(born, day) == age


def test_the_frail_are_the_old_and_the_small() -> None:
    day = date(2022, 4, 3)
    assert is_frail(date(1942, 4, 3), day)
    assert not is_frail(date(1942, 4, 4), day)
    assert is_frail(date(2016, 1, 1), day)
    assert not is_frail(None, day)


def test_every_mistake_of_a_person_is_said_at_once() -> None:
    with pytest.raises(Problems) as caught:
        read_person(name=" ", document="140106199001011236", phone="12", birth_date=date(2090, 1, 1))
    assert {problem.code for problem in caught.value.problems} == {
        "person_name_missing", "id_card_wrong", "phone_wrong", "birth_date_impossible",
    }  # fmt: skip


def test_a_card_gives_birth_and_sex_when_nobody_typed_them() -> None:
    typed = read_person(name=" 李　四 ", document="140106199001011234")
    assert (typed.name, typed.birth_date, typed.sex) == ("李 四", date(1990, 1, 1), "male")


def test_other_documents_and_none_are_possible() -> None:
    assert read_person(name="Anna", document="e1234567", document_type="passport").document == "E1234567"
    assert read_person(name="小宝").document == ""
