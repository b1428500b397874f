"""The list's bytes and the numbers of the day: everything comes back, changes are small, what is torn is refused."""

import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.codes import coding, numbers
from wangge.domains.codes.coding import Content, Torn
from wangge.domains.codes.numbers import DOMAIN, key_of, number_of, slot_of

NUMBERS = st.one_of(st.integers(0, DOMAIN - 1), st.sampled_from([0, 1, 2, DOMAIN - 2, DOMAIN - 1]))
ENTRIES = st.dictionaries(NUMBERS, st.integers(1, 3), max_size=60)
CONTENTS = st.builds(Content, ENTRIES, ENTRIES)
CITY, NOT_GREEN, CHANGES = 5_300_000, 26_500, 1500


@given(CONTENTS)
def test_a_content_comes_back_from_its_one_encoding(content: Content) -> None:
    raw = coding.encode(content)
    assert coding.decode(raw) == content
    assert coding.encode(coding.decode(raw)) == raw


@given(CONTENTS, CONTENTS)
def test_a_difference_leads_to_the_same_bytes(old: Content, new: Content) -> None:
    changes = coding.decode(coding.encode(coding.difference(old, new)))
    assert coding.encode(coding.apply(old, changes)) == coding.encode(new)


@given(CONTENTS, st.data())
def test_what_is_torn_or_longer_is_refused(content: Content, data: st.DataObject) -> None:
    raw = coding.encode(content)
    with pytest.raises(Torn):
        coding.decode(raw[: data.draw(st.integers(0, len(raw) - 1))])
    with pytest.raises(Torn):
        coding.decode(raw + b"\0")


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        content = coding.decode(raw)
    except Torn:
        return
    assert coding.decode(coding.encode(content)) == content


def test_a_city_fits_in_sixty_kilobytes_and_an_hour_in_five() -> None:
    chance = random.Random(5)
    entries = {number: chance.choice((1, 2)) for number in chance.sample(range(DOMAIN), NOT_GREEN)}
    after = dict(entries)
    for number in chance.sample(sorted(entries), CHANGES // 2):
        del after[number]
    while len(after) < NOT_GREEN:
        after[chance.randrange(DOMAIN)] = chance.choice((1, 2))
    whole = coding.encode(Content(entries))
    hour = coding.encode(coding.difference(Content(entries), Content(after)))
    assert len(whole) <= 60_000
    assert len(hour) <= 5_000
    assert len(whole) <= 1.12 * coding.entropy(NOT_GREEN, {1: NOT_GREEN // 2, 2: NOT_GREEN // 2})


@given(st.binary(min_size=32, max_size=32), st.integers(0, DOMAIN - 1))
def test_a_slot_has_one_number_and_a_number_one_slot(key: bytes, slot: int) -> None:
    assert slot_of(key, number_of(key, slot)) == slot
    assert number_of(key, slot_of(key, slot)) == slot


def test_no_two_people_share_a_number_and_no_number_says_whose_it_was_yesterday() -> None:
    today, tomorrow = (key_of(b"secret", date(2022, 4, day)) for day in (7, 8))
    first = [number_of(today, slot) for slot in range(20_000)]
    second = [number_of(tomorrow, slot) for slot in range(20_000)]
    assert len(set(first)) == len(first)
    kept = sum(one == other for one, other in zip(first, second, strict=True))
    assert kept < 10
    # neighbours' numbers lie as far apart as chance: no order of the register shows in them
    near = sum(abs(one - other) < DOMAIN // 1000 for one, other in pairwise(first))
    assert near < 80


def test_what_lies_outside_has_no_number() -> None:
    with pytest.raises(ValueError, match="below"):
        numbers.number_of(bytes(32), DOMAIN)
