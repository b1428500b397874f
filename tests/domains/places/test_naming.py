"""Which place a text means: on invented names and on every published name of 太原."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.places.naming import Name, Reason, Resolution, abbreviates, resolve, split_address
from wangge.domains.places.rules import Kind
from wangge.domains.places.spelling import TOKEN, short_name, written

FILE = Path(settings.HERE) / "data" / "taiyuan_divisions_nbs2023.csv"


def published(length: int) -> dict[str, list[Name]]:
    """All communities, grouped by the first digits of their codes."""
    groups: dict[str, list[Name]] = defaultdict(list)
    with FILE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = Name(int(row["code12"]), row["village"], Kind.COMMUNITY)
            groups[row["code12"][:length]].append(name)
    return groups


def choice(text: str, names: list[Name]) -> str | None:
    chosen = Resolution(tuple(resolve(text, names))).chosen
    return next(name.text for name in names if name.key == chosen.key) if chosen else None


def communities(*names: str) -> list[Name]:
    return [Name(key, name, Kind.COMMUNITY) for key, name in enumerate(names)]


def test_every_published_name_means_itself_in_its_township() -> None:
    for names in published(9).values():
        for name in names:
            stem = written(name.text, name.kind).stem
            assert name.key in [match.key for match in resolve(stem, names)], stem
            assert choice(name.text, names) == name.text
            assert choice(short_name(name.text, name.kind), names) == name.text


def abbreviation(name: Name) -> str:
    """As people shorten: the first character and the number, or the last character before 路 and 街."""
    tokens = TOKEN.findall(written(name.text, name.kind).stem)
    core = tokens[:-1] if tokens[-1] in ("路", "街", "巷") else tokens
    return tokens[0] + core[-1] if len(core) > 2 else ""


def test_short_forms_are_never_picked_silently_out_of_two() -> None:
    """Of 迎泽区's 112 communities, those whose short form has rivals are left open, each among its candidates."""
    district = published(6)["140106"]
    rivals: dict[str, int] = {}
    for name in district:
        if not (text := abbreviation(name)):
            continue
        resolution = Resolution(tuple(resolve(text, district)))
        assert name.key in [match.key for match in resolution.matches]
        if resolution.chosen is None:
            rivals[text] = len(resolution.best)
    assert rivals == {
        "南一": 2, "南二": 3, "双一": 3, "双三": 2, "双二": 3, "并一": 2, "并三": 2, "并二": 2, "新一": 2, "新二": 2,
        "桃一": 2, "桃二": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("并州东街四社区居委会", "并州东街四社区居委会", Reason.EXACT),
        ("并州东街四社区", "并州东街四社区居委会", Reason.EXACT),
        ("并州东街 四社区", "并州东街四社区居委会", Reason.EXACT),
        ("并州东街四社区居民委员会", "并州东街四社区居委会", Reason.OFFICIAL),
        ("绿地东山", "绿地东山社区居委会", Reason.OFFICIAL),
        ("并州东街4社区", "并州东街四社区居委会", Reason.NUMERALS),
        ("并四社区", "并州东街四社区居委会", Reason.ABBREVIATION),
        ("并4", "并州东街四社区居委会", Reason.ABBREVIATION),
        ("解二", "解放南路二社区居委会", Reason.ABBREVIATION),
        ("双北社区", "双塔北路社区居委会", Reason.ABBREVIATION),
        ("枣园村", "枣园社区居委会", Reason.ENDING),
        ("桥沟社区", "桥沟村社区居民委员会", Reason.ENDING),
    ],
)
def test_as_people_write_in_yingze(text: str, name: str, reason: Reason) -> None:
    names = [*published(6)["140106"], Name(1, "桥沟村社区居民委员会", Kind.COMMUNITY)]
    matches = resolve(text, names)
    assert choice(text, names) == name
    assert matches[0].reason is reason


def test_shuangyi_has_three_candidates_in_the_district_and_one_in_the_township() -> None:
    district = published(6)["140106"]
    found = {match.key for match in resolve("双一社区", district)}
    assert found == {140106002012, 140106004001, 140106005011}
    assert choice("双一社区", district) is None
    assert choice("双一社区", published(9)["140106004"]) == "双塔西街一社区居委会"


def test_a_part_alone_is_only_proposed() -> None:
    names = communities("桥东北社区居委会")
    assert [match.reason for match in resolve("桥东", names)] == [Reason.PART]
    assert choice("桥东", names) is None


def test_what_a_text_says_it_is_counts() -> None:
    names = [
        Name(1, "小店区", Kind.DISTRICT),
        Name(2, "小店街道", Kind.TOWNSHIP),
        Name(3, "小店社区居委会", Kind.COMMUNITY),
    ]
    assert choice("小店街道办事处", names) == "小店街道"
    assert choice("小店社区", names) == "小店社区居委会"
    assert choice("小店", names) is None
    assert len(resolve("小店", names)) == 3


def test_a_number_is_whole() -> None:
    names = communities("并州东街十四社区居委会")
    assert resolve("并四社区", names) == []
    assert choice("并十四社区", names) == "并州东街十四社区居委会"


def test_an_alias_is_a_name() -> None:
    names = [Name(1, "太原市水产供销公司宿舍", Kind.COMPOUND, ("水产宿舍",)), Name(2, "煤炭宿舍", Kind.COMPOUND)]
    assert choice("水产宿舍", names) == "太原市水产供销公司宿舍"
    assert resolve("水产宿舍", names)[0].reason is Reason.ALIAS


def test_nothing_means_nothing() -> None:
    assert resolve("  ", communities("桥东北社区居委会")) == []
    assert Resolution(()).chosen is None


@given(st.lists(st.sampled_from("东西南北一二"), min_size=3, max_size=6), st.data())
def test_first_last_and_any_between_abbreviate(long: list[str], data: st.DataObject) -> None:
    keep = data.draw(st.lists(st.booleans(), min_size=len(long) - 2, max_size=len(long) - 2))
    short = [long[0], *(token for token, kept in zip(long[1:-1], keep, strict=True) if kept), long[-1]]
    assert abbreviates(short, long) == (len(short) < len(long))


@given(st.text("并州东街四十一社区居委会村3号楼-", max_size=12), st.lists(st.text("并州东街四十一社区村", max_size=8)))
def test_a_choice_always_stands_alone(text: str, names: list[str]) -> None:
    resolution = Resolution(tuple(resolve(text, communities(*names))))
    if resolution.chosen:
        assert [match.score for match in resolution.matches].count(resolution.chosen.score) == 1


@pytest.mark.parametrize(
    ("text", "head", "parts"),
    [
        ("3-2-501", "", ("3", "2", "501")),
        ("3号楼2单元501", "", ("3", "2", "501")),
        ("三号楼二单元501室", "", ("3", "2", "501")),
        ("３栋２单元", "", ("3", "2")),
        ("3-501", "", ("3", "501")),
        ("水产宿舍13-2-501", "水产宿舍", ("13", "2", "501")),
        ("幸福里小区9号楼", "幸福里小区", ("9",)),
        ("2单元501", "", ("2", "501")),
    ],
)
def test_addresses(text: str, head: str, parts: tuple[str, ...]) -> None:
    address = split_address(text)
    assert address is not None
    assert (address.head, tuple(number for _, number in address.parts)) == (head, parts)


@pytest.mark.parametrize("text", ["501", "十二院城", "双塔西街68号1号楼底商晋鑫便利店", "", "并四社区"])
def test_no_addresses(text: str) -> None:
    assert split_address(text) is None
