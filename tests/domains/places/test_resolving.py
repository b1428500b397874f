"""From what somebody wrote to places, on the published divisions and on a street with doors."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.domains.places.street import Street

from wangge.base.access.by import SYSTEM
from wangge.domains.places.actions import add_alias, close_place, import_divisions
from wangge.domains.places.inputs import read_divisions
from wangge.domains.places.models import Place
from wangge.domains.places.naming import Reason
from wangge.domains.places.queries import by_code, resolve_place
from wangge.domains.places.rules import Kind

DATA = Path(settings.HERE) / "data"


@pytest.fixture
def city(db: Any) -> Place:
    with (DATA / "taiyuan_divisions_nbs2023.csv").open("rb") as file:
        rows = read_divisions(file)
    return import_divisions(rows=rows, city="太原市", edition=date(2023, 6, 30), by=SYSTEM).city


def labels(text: str, within: Place) -> list[str]:
    return [candidate.label for candidate in resolve_place(text=text, within=within).candidates]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("并四社区", "并州东街四社区居委会"),
        ("桥东街道并四社区", "并州东街四社区居委会"),
        ("太原市迎泽区桥东街道 并州东街4社区", "并州东街四社区居委会"),
        ("迎泽街道双一", "双塔西街一社区居委会"),
        ("桥东街道双一社区", "双塔寺街一社区居委会"),
        ("迎泽街道双三社区", "双塔西街三社区居委会"),
        ("解二", "解放南路二社区居委会"),
        ("双北", "双塔北路社区居委会"),
        ("郝庄镇绿地东山", "绿地东山社区居委会"),
        ("迎泽街道办事处", "迎泽街道"),
    ],
)
def test_as_people_write_in_yingze(city: Place, text: str, name: str) -> None:
    found = resolve_place(text=text, within=by_code("140106"))
    assert found.chosen is not None
    assert found.chosen.name == name


def test_shuangyi_is_shown_with_what_is_around_each(city: Place) -> None:
    found = resolve_place(text="双一社区", within=by_code("140106"))
    assert found.chosen is None
    assert [candidate.label for candidate in found.candidates] == [
        "文庙街道 双塔寺一社区", "迎泽街道 双塔西街一社区", "桥东街道 双塔寺街一社区",
    ]  # fmt: skip
    assert labels("迎泽区双一社区", city)[0] == "迎泽区 文庙街道 双塔寺一社区"
    assert labels("双一社区", by_code("140106004")) == ["迎泽街道 双塔西街一社区"]


def test_kinds_limit_what_is_found(city: Place) -> None:
    both = resolve_place(text="小店", within=city)
    assert both.chosen is None
    assert {candidate.place.kind for candidate in both.candidates[:2]} == {"district", "township"}
    one = resolve_place(text="小店", within=city, kinds=[Kind.TOWNSHIP])
    assert one.chosen == by_code("140105006")


def test_the_lines_of_the_zone_notice(city: Place) -> None:
    """Villages and street offices are found; shops, hospitals and areas with exceptions honestly are not."""
    notice = json.loads((DATA / "zone_notice_2022-04-07.json").read_text(encoding="utf-8"))[0]
    chosen: dict[str, str] = {}
    total = 0
    for district, lines in [*notice["lockdown"].items(), *notice["control"].items()]:
        within = Place.objects.get(name=district, kind=Kind.DISTRICT)
        for line in lines:
            total += 1
            if place := resolve_place(text=line, within=within).chosen:
                chosen[line] = place.name
    assert total == 41
    assert chosen == {
        "岗头村": "岗头社区居委会",
        "东峰村": "东峰社区居委会",
        "南坪头村": "南坪头社区居委会",
        "牛家口村": "牛家口村委会",
        "枣元头村": "枣元头村委会",
        "小店街道": "小店街道",
        "枣园村": "枣园社区居委会",
    }


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("3-2-101", ("3号楼", "2单元", "101")),
        ("3号楼2单元101", ("3号楼", "2单元", "101")),
        ("三号楼 二单元 101室", ("3号楼", "2单元", "101")),
        ("水产宿舍3栋2单元", ("3号楼", "2单元")),
        ("3栋", ("3号楼",)),
        ("并四社区水产宿舍３幢2-101", ()),
        ("桥东街道并四社区水产宿舍1-1-201", ("1号楼", "1单元", "201")),
    ],
)
def test_doors_as_people_write_them(street: Street, text: str, way: tuple[str, ...]) -> None:
    within = street.district if text.startswith(("桥东", "并四")) else street.compound
    found = resolve_place(text=text, within=within)
    assert found.chosen == (street.named(*way) if way else None)


def test_a_bare_number_shows_every_door_that_has_it(street: Street) -> None:
    found = resolve_place(text="101", within=street.compound)
    assert found.chosen is None
    assert len(found.candidates) == 6 + 1
    assert resolve_place(text="101", within=street.named("3号楼", "2单元")).chosen is not None
    assert resolve_place(text="3-101", within=street.compound).chosen is None


def test_what_is_closed_is_not_found_and_aliases_are(street: Street) -> None:
    add_alias(place=street.named("学生宿舍"), name="鱼楼", by=SYSTEM)
    found = resolve_place(text="鱼楼", within=street.district)
    assert found.candidates[0].reason is Reason.ALIAS
    assert found.candidates[0].label == "桥东街道 并州东街四社区 水产宿舍 学生宿舍"
    close_place(place=street.named("学生宿舍"), by=SYSTEM)
    assert resolve_place(text="鱼楼", within=street.district).candidates == ()


@pytest.mark.parametrize(
    "text", ["", " ", "。", "号楼", "-", "3-", "社区", "街道村镇", "x" * 500, "1-1-1-1-1", "社区" * 20]
)
def test_odd_texts_find_nothing_and_break_nothing(street: Street, text: str) -> None:
    assert resolve_place(text=text, within=street.city).chosen is None
