"""Paths, segments and walking keys; what may lie in what; when a door would be in two grids."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.places.rules import (
    INSIDE,
    LAST_ORDER,
    SEGMENT,
    Kind,
    Membership,
    Seed,
    Verdict,
    ancestors,
    clash,
    full_code,
    is_statistical,
    may_lie_in,
    segment,
    segment_number,
    walk_key,
    wrong_with,
)

NUMBERS = st.integers(0, 36**SEGMENT - 1)
TODAY = date(2022, 4, 10)


@given(NUMBERS, NUMBERS)
def test_segments_are_read_back_and_sort_like_their_numbers(one: int, other: int) -> None:
    assert segment_number(segment(one)) == one
    assert len(segment(one)) == SEGMENT
    assert (segment(one) < segment(other)) == (one < other)
    assert segment(one) < "~"


@pytest.mark.parametrize("number", [-1, 36**SEGMENT])
def test_a_number_beyond_the_segment_is_an_error(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        segment(number)


@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_the_ancestors_of_a_path_are_its_prefixes(numbers: list[int]) -> None:
    parts = [segment(number) for number in numbers]
    path = "".join(parts)
    assert ancestors(path) == ["".join(parts[:end]) for end in range(1, len(parts))]
    assert all(path.startswith(around) for around in ancestors(path))


ORDERS = st.lists(st.integers(0, LAST_ORDER), min_size=1, max_size=8)


@given(ORDERS, ORDERS)
def test_walking_keys_sort_like_the_numbers_on_the_way(one: list[int], other: list[int]) -> None:
    def key(orders: list[int]) -> str:
        walk = ""
        for order in orders:
            walk = walk_key(walk, order)
        return walk

    assert (key(one) < key(other)) == (one < other)
    assert len(key(one)) <= 80


def test_every_kind_but_the_city_lies_in_something_that_ends_at_a_city() -> None:
    for kind in Kind:
        assert may_lie_in(kind, None) == (kind is Kind.CITY)
        assert kind not in INSIDE[kind]
    assert may_lie_in(Kind.HOUSEHOLD, Kind.UNIT)
    assert not may_lie_in(Kind.HOUSEHOLD, Kind.COMMUNITY)


@pytest.mark.parametrize(
    ("seed", "problem"),
    [
        (Seed(Kind.UNIT, "1单元", 1), "wrong_parent"),
        (Seed(Kind.BUILDING, " ", 1), "name_missing"),
        (Seed(Kind.BUILDING, "长" * 81, 1), "name_too_long"),
        (Seed(Kind.BUILDING, "1号楼", LAST_ORDER + 1), "order_impossible"),
        (Seed(Kind.BUILDING, "1号楼", -1), "order_impossible"),
        (Seed(Kind.BUILDING, "1号楼", 1, code="9" * 33), "code_too_long"),
        (Seed(Kind.BUILDING, "1号楼", 1), ""),
    ],
)
def test_what_is_wrong_with_a_place_to_be_made(seed: Seed, problem: str) -> None:
    assert wrong_with(seed, Kind.COMPOUND) == problem


def test_codes() -> None:
    assert full_code("140106") == "140106000000"
    assert full_code("1401") == "140100000000"
    assert full_code("L-17") == "L-17"
    assert full_code("14010600501") == "14010600501"
    assert is_statistical("140106005010")
    assert not is_statistical("14010600501L")
    assert not is_statistical("１４０１０６００５０１０")


def member(key: int, grid: int, path: str, *, opened: date = date(2022, 1, 1), ended: bool = False) -> Membership:
    return Membership(key, grid, path, opened, ended)


def test_a_verdict_says_who_stays_and_who_leaves() -> None:
    held = [member(1, 7, "aaaabbbb"), member(2, 8, "aaaacccc")]
    verdict = clash(7, ["aaaabbbb", "aaaacccc"], held, TODAY)
    assert verdict == Verdict(stays=frozenset({"aaaabbbb"}), leaves=frozenset({2}))


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("aaaabbbbcccc", "around_in_another_grid"),
        ("aaaa", "inside_in_another_grid"),
        ("aaaabbbb", ""),
        ("aaaadddd", ""),
    ],
)
def test_ancestors_and_descendants_in_another_grid_clash(path: str, problem: str) -> None:
    assert clash(7, [path], [member(1, 8, "aaaabbbb")], TODAY).problem == problem


def test_a_part_that_moves_along_does_not_clash() -> None:
    assert clash(7, ["aaaa", "aaaabbbb"], [member(1, 8, "aaaabbbb")], TODAY).leaves == {1}


@given(st.lists(st.integers(0, 5), min_size=1, max_size=3), st.lists(st.integers(0, 5), min_size=1, max_size=3))
def test_two_places_of_two_grids_clash_exactly_when_one_lies_in_the_other(one: list[int], other: list[int]) -> None:
    held, wanted = "".join(map(segment, one)), "".join(map(segment, other))
    nested = held != wanted and (held.startswith(wanted) or wanted.startswith(held))
    assert bool(clash(7, [wanted], [member(1, 8, held)], TODAY).problem) == nested
