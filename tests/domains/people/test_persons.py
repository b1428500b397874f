"""Persons: sealed, found by blind index, one per document, never two of the same."""

import pytest

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.people import queries
from wangge.domains.people.actions import record_death, register_person
from wangge.domains.people.inputs import read_person
from wangge.domains.people.models import Person

pytestmark = pytest.mark.django_db
NUMBER = "140106199001011234"


@pytest.fixture
def city() -> Small:
    return small.build(check_ins=False)


def register(city: Small, **typed: str) -> Person:
    read = read_person(**{"name": "田新来", "document": NUMBER, "phone": "19900007777"} | typed)  # type: ignore[arg-type]
    return register_person(typed=read, home=city.homes[3], by=city.by("bingsi-shuji"))


def test_documents_and_phones_are_not_readable_in_the_row(city: Small) -> None:
    person = Person.objects.within(EVERYTHING).get(pk=register(city).pk)
    raw = bytes(person.sealed)
    assert NUMBER.encode() not in raw
    assert b"19900007777" not in raw
    assert NUMBER not in person.document_index
    assert queries.details(person) == {"document_type": "id_card", "document": NUMBER, "phone": "19900007777"}


def test_found_by_document_phone_and_part_of_a_name_within_the_scope(city: Small) -> None:
    person = register(city)
    here, there = Scope(prefixes=(city.places["community"].path,)), Scope(prefixes=(city.places["village"].path,))
    assert queries.by_document(here, " １４0106 19900101 1234") == person
    assert queries.by_document(there, NUMBER) is None
    assert person in queries.by_phone(here, "+86 199-0000-7777")
    assert person in queries.find(here, "新来")
    assert person not in queries.find(there, "新来")
    assert queries.by_document(here, "") is None
    assert not queries.by_phone(here, "").exists()


def test_the_same_document_twice_is_refused(city: Small) -> None:
    register(city)
    with pytest.raises(Problem) as caught:
        register(city, name="另一个人")
    assert caught.value.code == "document_known"


def test_nobody_lives_in_a_building(city: Small) -> None:
    with pytest.raises(Problem) as caught:
        register_person(typed=read_person(name="王五"), home=city.places["community"], by=city.by("bingsi-shuji"))
    assert caught.value.code == "not_a_home"


def test_a_dormitory_is_a_room_of_people_and_never_one_household(city: Small) -> None:
    first, *others = city.roommates
    assert set(queries.living_with(first)) == set(others)
    assert queries.door_of(first.home) == city.room
    household = city.family[0]
    assert set(queries.living_with(household)) == set(city.family[1:])


def test_a_death_is_recorded_once_and_ends_living_together(city: Small) -> None:
    gone, other = city.family[:2]
    for _ in range(2):
        record_death(person=gone, day=clock.today(), by=city.by("bingsi-1"))
    assert Event.objects.filter(kind="people.died").count() == 1
    assert gone not in queries.living_with(other)


def test_the_log_carries_no_name_and_no_number(city: Small) -> None:
    register(city)
    text = str(list(Event.objects.values_list("data", "kind")))
    assert "田新来" not in text
    assert NUMBER not in text
