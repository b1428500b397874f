"""The generator without a database: shares, families, documents, and the same from the same seed."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from wangge.demo import families, names
from wangge.demo.homes import members_of, seeds_of
from wangge.demo.persons import People, born_on
from wangge.demo.plan import AREAS, BINGSI, DENGQIAO, SHUANGYI, STARS, place_id
from wangge.demo.residents import Row, residents_of
from wangge.domains.people.rules import DocumentType, age_on, read_id_card
from wangge.domains.places.actions import Seed
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind

DAY = date(2022, 4, 3)


def flat(seeds: list[Seed], path: str = "") -> Iterator[Place]:
    """Places as they would be made, without a database."""
    for number, seed in enumerate(seeds):
        place = Place(uuid=seed.uuid, kind=seed.kind, name=seed.name, path=f"{path}{number:04d}")
        place.walk = place.path
        yield place
        yield from flat(list(seed.children), place.path)


def everybody(code: str) -> list[Row]:
    area = next(area for area in AREAS if area.code == code)
    return residents_of(area, list(flat(seeds_of(area))), DAY, set())


def test_the_same_seed_makes_the_same_people_every_time() -> None:
    one, two = everybody(SHUANGYI.code), everybody(SHUANGYI.code)
    assert [(row[0], row[2]) for row in one] == [(row[0], row[2]) for row in two]
    first = [row[0].name for row in one[:6]]
    assert first == GOLDEN_NAMES
    assert str(one[0][2]) == GOLDEN_ID


def test_another_day_makes_the_same_people_as_old_as_then() -> None:
    area = DENGQIAO
    places = list(flat(seeds_of(area)))
    today = residents_of(area, places, DAY, set())
    later = residents_of(area, places, date(2026, 2, 28), set())
    assert [row[2] for row in today] == [row[2] for row in later]
    ages = [
        [age_on(row[0].birth_date, day) for row in rows] for rows, day in ((today, DAY), (later, date(2026, 2, 28)))
    ]
    assert ages[0] == ages[1]


@pytest.mark.parametrize("day", [DAY, date(2024, 2, 29), date(2023, 2, 28), date(2023, 12, 31)])
def test_a_birth_date_gives_the_age_it_was_made_for(day: date) -> None:
    rng = random.Random(1)
    for age in (0, 1, 14, 15, 60, 94):
        for _ in range(50):
            assert age_on(born_on(rng, day, age), day) == age


def test_households_follow_the_census() -> None:
    dealt = families.deck(random.Random(1), 6182)
    assert len(dealt) == 6182
    assert sum(map(len, dealt)) / len(dealt) == pytest.approx(2.45, abs=0.005)


def test_children_are_younger_than_their_parents_and_these_than_theirs() -> None:
    rng = random.Random(2)
    for roles in families.IN_A_THOUSAND:
        for _ in range(200):
            by_role = list(zip(roles, families.ages(rng, roles), strict=True))
            young = [age for role, age in by_role if role in "CY"]
            middle = [age for role, age in by_role if role in "HWPA"]
            old = [age for role, age in by_role if role in "MFE"]
            assert all(age < 15 for role, age in by_role if role == "C")
            assert all(60 <= age <= 94 for age in old)
            assert all(18 <= age < 60 for age in middle)
            if young and middle:
                assert min(middle) - max(young) >= 16, (roles, by_role)


def test_documents_are_valid_and_nobody_shares_one() -> None:
    people = [row[0] for row in everybody(BINGSI.code)]
    numbers = [one.document for one in people if one.document]
    assert max(Counter(numbers).values()) == 1
    for one in people:
        card = read_id_card(one.document)
        if one.document and one.document_type is DocumentType.ID_CARD:
            assert card is not None
            assert card.birth_date == one.birth_date
            assert card.male == (one.sex == "male")
    without = [one for one in people if not one.document]
    assert without
    assert all((age_on(one.birth_date, DAY) or 0) < 6 for one in without)
    areas = Counter(number[:6] for number in numbers)
    assert areas["140102"] > 50  # 南城区, abolished in 1997
    assert sum(count for area, count in areas.items() if not area.startswith("14")) > 50


def test_phones_are_invented_shared_and_sometimes_missing() -> None:
    people = [row[0] for row in everybody(BINGSI.code)]
    assert {one.phone[:5] for one in people if one.phone} == {"19900", "03510"}
    shared = Counter(one.phone for one in people if one.phone)
    assert 2 <= max(shared.values()) <= 6
    assert any(not one.phone for one in people if (age_on(one.birth_date, DAY) or 0) >= 60)


def test_no_name_is_on_the_list_of_names_to_avoid() -> None:
    rng = random.Random(3)
    made = {names.full_name(rng, born, male=born % 2 == 0) for born in range(1930, 2022) for _ in range(300)}
    assert not made & names.AVOID
    assert all(len(name) == 3 for name in made)


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.key)
def test_grids_hold_300_to_500_households_and_leave_nothing_out(area: object) -> None:
    chosen = next(one for one in AREAS if one is area)
    places = list(flat(seeds_of(chosen)))
    paths = {place.uuid: place.path for place in places}
    homes = [place for place in places if place.kind in (Kind.HOUSEHOLD, Kind.YARD)]
    drawn = 0
    for grid in chosen.grids:
        members = [paths[place_id(chosen.code, *way)] for way in members_of(chosen, grid)]
        inside = sum(home.path.startswith(tuple(members)) for home in homes)
        assert 300 <= inside <= 500, grid
        drawn += inside
    assert drawn == len(homes)
    assert len({place.uuid for place in places}) == len(places)


def test_bingsi_is_as_the_article_says() -> None:
    assert (len(BINGSI.compounds), len(BINGSI.grids), BINGSI.branches) == (10, 8, 4)
    assert all(300 <= sum(one.yards for one in area.hamlets) <= 500 for area in AREAS if area.hamlets)


def test_those_with_a_part_in_a_scene_exist() -> None:
    known = {row[2] for area in AREAS for row in everybody(area.code)}
    assert {star.uuid for star in STARS} <= known


def test_a_family_has_one_surname_but_for_those_who_married_in() -> None:
    make, chance = People(DAY, lot=0), random.Random(4)
    for _ in range(50):
        husband, _, child, _, _ = make.household(chance, "HWCMF")
        assert len(husband.name) == len(child.name) == 3


GOLDEN_NAMES = ["苏斌俊", "李丽娟", "苏海远", "文卫民", "刘月花", "薛明永"]
GOLDEN_ID = "909142d5-0fb6-5379-a3c6-318fa9f1a545"
