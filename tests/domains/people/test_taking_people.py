"""Rows of a file into people: new, known, something added, or refused with a reason; twice is once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wangge.base import sealing
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.people import queries
from wangge.domains.people.actions import register_person
from wangge.domains.people.inputs import read_person_row
from wangge.domains.people.matching import Became, Outcome
from wangge.domains.people.merging import merge
from wangge.domains.people.models import Person
from wangge.domains.people.rows import take_people
from wangge.domains.people.rules import check_digit
from wangge.domains.places.models import Place

pytestmark = pytest.mark.django_db
SHUJI = "bingsi-shuji"
NUMBER = "140106199001011234"
DOOR = "东岗里1号楼1单元101室"
NEW, KNOWN, CHANGED, REFUSED = Became


@pytest.fixture
def city() -> Small:
    return small.build(check_ins=False)


def number(sequence: int) -> str:
    first = f"14010619850101{sequence:03d}"
    return first + check_digit(first)


def take(
    city: Small, *cells: dict[str, str], who: str = SHUJI, make: bool = False, dry: bool = False, move: bool = False
) -> list[Outcome]:
    rows = [read_person_row({"name": "田新来", "address": DOOR} | one) for one in cells]
    by = city.by(who) if who else SYSTEM
    return list(take_people(rows=rows, by=by, make_doors=make, dry=dry, may_move=move))


def became(outcomes: list[Outcome]) -> list[str]:
    return [one.reason or one.became.value for one in outcomes]


def everything() -> tuple[int, int, int, list[tuple[object, ...]]]:
    people = Person.objects.within(EVERYTHING).order_by("id")
    return people.count(), Place.objects.count(), Event.objects.count(), list(people.values_list())


def test_new_then_known_and_the_second_time_nothing_is_written(city: Small) -> None:
    cells = [
        {"document": NUMBER, "phone": "19900007777、19900008888", "relation": "户主"},
        {"name": "田小宝", "birth_date": "2020-05-01"},
        {"name": "田奶奶", "phone": "0351-4012345"},
        {"name": "田客人"},
    ]
    first = take(city, *cells)
    assert became(first) == ["new"] * 4
    assert all(one.person and one.home == "东岗里 1号楼 1单元 101" and not one.new_door for one in first)
    before = everything()
    again = take(city, *cells)
    assert became(again) == ["known"] * 4
    assert [one.person for one in again] == [one.person for one in first]
    assert everything() == before


def test_what_is_written_can_be_read_and_found_and_is_sealed(city: Small) -> None:
    (one,) = take(city, {"document": "140106900101123", "phone": "19900007777/19900008888", "relation": "户主"})
    person = Person.objects.within(EVERYTHING).get(uuid=one.person)
    assert queries.details(person) == {
        "document_type": "id_card", "document": "14010619900101123" + check_digit("14010619900101123"),
        "phone": "19900007777", "phones": ["19900008888"],
    }  # fmt: skip
    assert (person.relation, person.sex, person.home) == ("户主", "male", city.homes[0])
    assert queries.by_document(EVERYTHING, "140106900101123") == person
    assert list(queries.by_phone(EVERYTHING, "19900008888")) == [person]
    assert b"19900008888" not in bytes(person.sealed)


def test_a_dry_run_says_the_same_and_writes_nothing(city: Small) -> None:
    cells = [
        {"document": NUMBER}, {"document": NUMBER}, {"name": "别人", "document": NUMBER}, {"address": "东岗里9-9-901"},
        {"name": "新户", "address": "东岗里1-1-701"}, {"name": "同住", "address": "东岗里1-1-701"},
    ]  # fmt: skip
    before = everything()
    with CaptureQueriesContext(
        connection,
    ) as queries_:
        dry = take(city, *cells, make=True, dry=True)
    assert everything() == before
    assert [one["sql"] for one in queries_ if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert take(city, *cells, make=True) == dry
    assert became(dry) == ["new", "known", "document_of_another_name", "new", "new", "new"]
    assert [one.new_door for one in dry] == [False, False, False, True, True, True]


def test_one_fact_with_counts_and_no_personal_text(city: Small) -> None:
    take(city, {"document": NUMBER}, {"name": "甲", "address": "东岗里1-1-801"}, {"address": "哪里"}, make=True)
    event = Event.objects.filter(kind="people.imported").latest("id")
    where = event.data.pop("communities")
    assert event.data == {"count": 2, "places": 1, "new": 2, "known": 0, "changed": 0, "refused": 1}
    assert [Place.objects.get(uuid=one).kind for one in where] == ["community"]
    assert event.actor == city.accounts[SHUJI].uuid


def test_what_a_row_adds_is_added_and_nothing_is_taken_back(city: Small) -> None:
    take(city, {"birth_date": "1990-01-01"})
    (one,) = take(city, {"birth_date": "1990-01-01", "document": NUMBER, "phone": "19900007777", "relation": "女儿"})
    assert (one.became, set(one.changed)) == (CHANGED, {"document", "phone", "sex", "relation"})
    (more,) = take(city, {"document": NUMBER, "phone": "19900008888"})
    assert (more.became, more.changed) == (CHANGED, ("phone",))
    before = everything()
    third = take(
        city,
        {"document": NUMBER, "phone": "19900007777"},
        {"document": NUMBER},
        {"document": NUMBER, "phone": "19900008888"},
    )
    assert became(third) == ["known"] * 3
    assert everything() == before
    person = Person.objects.within(EVERYTHING).get(uuid=one.person)
    assert queries.details(person)["phones"] == ["19900008888"]
    assert queries.by_document(EVERYTHING, NUMBER) == person


def test_a_third_number_is_known_the_next_time(city: Small) -> None:
    cells = {"document": NUMBER, "phone": "19900000001、19900000002、19900000003"}
    assert became(take(city, cells)) == ["new"]
    assert became(take(city, cells)) == ["known"]


def test_a_document_known_at_another_door_moves_only_when_told(city: Small) -> None:
    take(city, {"document": NUMBER})
    elsewhere = {"document": NUMBER, "address": "东岗里2-1-201"}
    (refused,) = take(city, elsewhere)
    assert refused.problem
    assert (refused.reason, refused.problem.values["home"]) == ("known_at_another_door", "东岗里 1号楼 1单元 101")
    (moved,) = take(city, elsewhere, move=True)
    assert (moved.became, moved.changed, moved.home) == (CHANGED, ("home",), "东岗里 2号楼 1单元 201")
    person = Person.objects.within(EVERYTHING).select_related("home").get(uuid=moved.person)
    assert (person.home.name, person.home.parent) != (city.homes[0].name, city.homes[0].parent)
    assert queries.details(person)["document"] == NUMBER


def test_nobody_is_moved_out_of_another_offices_area(city: Small) -> None:
    take(city, {"document": NUMBER, "address": "桥西李家院"}, who="dengqiao-shuji")
    assert became(take(city, {"document": NUMBER}, move=True)) == ["known_outside"]


def test_two_rows_of_one_document_are_one_person_or_a_contradiction(city: Small) -> None:
    outcomes = take(
        city, {"document": NUMBER}, {"document": NUMBER}, {"document": NUMBER, "name": "田别人"},
        {"document": NUMBER, "address": "东岗里2-1-201"}, move=True,
    )  # fmt: skip
    assert became(outcomes) == ["new", "known", "document_of_another_name", "twice_with_two_addresses"]


def test_one_name_at_one_door_is_never_guessed(city: Small) -> None:
    take(city, {"birth_date": "1990-01-01", "phone": "19900007777"})
    assert became(take(city, {"birth_date": "1990-01-02"}, {"phone": "19900008888"}, {"phone": "19900007777"}, {})) == [
        "same_name_other_birth",
        "same_name_other_phone",
        "known",
        "known",
    ]
    assert became(take(city, {"document": number(1)}, {"document": number(3)}, {})) == [
        "same_name_other_birth", "same_name_other_birth", "known",
    ]  # fmt: skip


def test_two_documents_are_two_people_though_name_and_door_are_one(city: Small) -> None:
    assert became(take(city, {"document": number(1)}, {"document": number(3)}, {})) == ["new", "new", "same_name_twice"]


def test_the_dead_are_not_taken_in_again(city: Small) -> None:
    (one,) = take(city, {"document": NUMBER})
    Person.objects.within(EVERYTHING).filter(uuid=one.person).update(died_on="2022-04-01")
    assert became(take(city, {"document": NUMBER}, {})) == ["died_already", "died_already"]


def test_doors_outside_the_posts_area_are_refused(city: Small) -> None:
    row = {"community": "邓桥村", "address": "桥西李家院"}
    assert became(take(city, row)) == ["community_outside"]
    assert became(take(city, row, who="dengqiao-shuji")) == ["new"]
    assert became(take(city, row | {"name": "甲"}, who="zhihuibu")) == ["new"]


def test_a_post_without_the_right_takes_nobody_in(city: Small) -> None:
    before = everything()
    with pytest.raises(NotAllowed):
        take(city, {"document": NUMBER}, who="bingsi-1")
    assert everything() == before


def test_the_number_of_queries_does_not_grow_with_the_rows(city: Small) -> None:
    def queries_of(count: int, start: int) -> int:
        rows = [
            {"name": f"田{n}", "document": number(start + n), "address": f"东岗里{n % 2 + 1}-1-{n % 3 + 1}01"}
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as found:
            assert became(take(city, *rows)) == ["new"] * count
        return len(found)

    assert queries_of(3, 0) == queries_of(300, 100)


def test_a_bed_is_a_home_and_a_room_alone_is_not(city: Small) -> None:
    dorm = {"compound": "职工宿舍", "room": "201", "bed": "2"}
    outcomes = take(city, {"name": "工人甲", "address": ""} | dorm, {"name": "工人乙", "address": "职工宿舍201"})
    assert became(outcomes) == ["new", "bed_missing"]
    person = Person.objects.within(EVERYTHING).get(uuid=outcomes[0].person)
    assert person.home == city.beds[1]


def test_killed_before_the_end_nothing_of_the_chunk_stands(city: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    monkeypatch.setattr("wangge.domains.people.rows.record", _killed)
    with pytest.raises(KeyboardInterrupt):
        take(city, {"document": NUMBER}, {"name": "甲", "address": "东岗里1-1-901"}, make=True)
    assert everything() == before
    monkeypatch.undo()
    assert became(take(city, {"document": NUMBER})) == ["new"]


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_somebody_noted_for_a_response_comes_into_the_register_with_their_row(city: Small) -> None:
    typed = read_person_row({"name": "田新来", "document": NUMBER, "address": DOOR}).person
    noted = register_person(
        typed=typed, home=city.homes[0], by=city.by(SHUJI), noted_for=city.response.uuid
    )  # fmt: skip
    (one,) = take(city, {"document": NUMBER})
    assert (one.became, one.changed, one.person) == (CHANGED, ("register",), noted.uuid)
    noted = Person.objects.within(EVERYTHING).get(pk=noted.pk)
    assert noted.noted_for is None
    assert bytes(noted.sealed)[0] == sealing.VERSION
    assert queries.details(noted)["document"] == NUMBER
    assert became(take(city, {"document": NUMBER})) == ["known"]


def test_a_record_that_was_absorbed_does_not_come_back_with_the_same_file(city: Small) -> None:
    cells = [{"document": NUMBER}, {"name": "田新莱", "birth_date": "1990-01-01", "phone": "19900007777"}]
    first, second = take(city, *cells, {"name": "田丙", "document": number(1)})[:2]
    kept, other = (
        Person.objects.within(EVERYTHING).select_related("home").get(uuid=one.person) for one in (first, second)
    )
    merge(into=kept, absorbed=other, by=city.by(SHUJI))
    before = everything()
    assert became(take(city, *cells)) == ["known", "known"]
    assert everything() == before


def test_the_document_of_an_absorbed_record_is_known_wherever_its_row_says(city: Small) -> None:
    first, second = take(city, {"document": NUMBER}, {"name": "田新莱", "document": number(1)})
    kept, other = (
        Person.objects.within(EVERYTHING).select_related("home").get(uuid=one.person) for one in (first, second)
    )
    merge(into=kept, absorbed=other, by=city.by(SHUJI))
    rows = [{"name": "田新莱", "document": number(1)}, {"document": number(1), "address": "东岗里2-1-201"}]
    assert became(take(city, *rows)) == ["known", "known"]
