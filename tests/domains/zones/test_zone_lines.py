"""What a notice says, line by line: Taiyuan's notice of 7 April 2022, and texts as people paste them."""

from pathlib import Path

import pytest
from django.conf import settings

from wangge.base.problems import Problem
from wangge.domains.zones.inputs import read_notices, read_text
from wangge.domains.zones.lines import LineKind, read_line, split

REAL = Path(settings.HERE) / "data" / "zone_notice_2022-04-07.json"
STREETS = "亲贤北街以南、体育路以西、学府街以北、平阳路以东的区域"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("君泰中央公园A区1号楼", LineKind.BUILDING), ("11号楼西单元", LineKind.UNIT), ("岗头村", LineKind.VILLAGE),
        ("太原市水产宿舍", LineKind.COMPOUND), ("新晋祠路万景苑小区", LineKind.COMPOUND),
        ("小店街道", LineKind.TOWNSHIP),
        ("黄陵街道(太原机场除外)", LineKind.TOWNSHIP), ("润景烤鸭店", LineKind.SITE), (STREETS, LineKind.OUTLINE),
        ("农行综改分行(人民南路蓝天市场对面原小店农行)", LineKind.SITE), ("幸福里小区3座", LineKind.BUILDING),
    ],
)  # fmt: skip
def test_a_line_says_what_it_names(text: str, kind: LineKind) -> None:
    assert read_line(text).kind is kind


def test_what_a_line_leaves_out_is_no_part_of_its_name() -> None:
    read = read_line("黄陵街道(太原机场除外)")
    assert (read.names, read.without) == (("黄陵街道",), ("太原机场",))
    assert read_line("东岗里（1号楼和2号楼除外）").without == ("1号楼", "2号楼")
    assert read_line("东岗里").without == ()


def test_the_street_and_the_note_before_a_name_are_only_left_away_after_the_whole_name_was_tried() -> None:
    assert read_line("新晋祠路万景苑小区").names == ("新晋祠路万景苑小区", "万景苑小区")
    assert read_line("双塔西街68号宿舍").names == ("双塔西街68号宿舍", "宿舍")
    assert read_line("农行综改分行(原小店农行)").names == ("农行综改分行(原小店农行)", "农行综改分行")


def test_a_row_of_names_is_split_where_people_split_it() -> None:
    row = f"岗头村、黄陵街道(机场、车站除外)；{STREETS}；幸福里小区1、2、3号楼。"
    assert split(row) == [
        "岗头村", "黄陵街道(机场、车站除外)", STREETS, "幸福里小区1号楼", "幸福里小区2号楼", "幸福里小区3号楼",
    ]  # fmt: skip


def test_two_outlines_in_a_row_stay_two() -> None:
    assert split(f"{STREETS}、东街以南、西路以北区域") == [STREETS, "东街以南、西路以北区域"]


def test_the_real_notice_is_read_whole() -> None:
    (notice,) = read_notices(REAL.read_bytes())
    assert len(notice.lines) == 41
    assert {one.level for one in notice.lines} == {"lockdown", "control"}
    assert {one.district for one in notice.lines} == {"小店区", "迎泽区", "晋源区", "万柏林区"}
    assert (notice.published_at.hour, notice.number) == (6, "")


def test_a_pasted_text_says_the_same_as_the_file() -> None:
    (notice,) = read_notices(REAL.read_bytes())
    words = {"lockdown": "一、封控区", "control": "二、管控区"}
    text = ["关于调整封控区、管控区、防范区的通告", "2022年4月7日6时"]
    for level, heading in words.items():
        text.append(heading)
        for district in dict.fromkeys(one.district for one in notice.lines if one.level == level):
            mine = [one.text for one in notice.lines if (one.level, one.district) == (level, district)]
            text.append(f"{district}：{'、'.join(mine)}。")
    pasted = read_text("\n".join(text))
    assert pasted.published_at == notice.published_at
    shops = {"双塔西街68号1号楼底商晋鑫便利店、电动车修理店"}  # one line of the file holds two places
    theirs = {(one.level, one.district, one.text) for one in notice.lines if one.text not in shops}
    assert theirs < {(one.level, one.district, one.text) for one in pasted.lines}
    assert len(pasted.lines) == 42


def test_headings_of_the_ninth_edition_are_known() -> None:
    notice = read_text("第154号\n2022年11月12日\n一、高风险区：\n迎泽区：东岗里1号楼\n二、低风险区\n迎泽区其他区域")
    assert [(one.level, one.district, one.text) for one in notice.lines] == [
        ("high", "迎泽区", "东岗里1号楼"), ("low", "", "迎泽区其他区域"),
    ]  # fmt: skip
    assert notice.number == "第154号"


def test_title_number_and_signature_are_no_lines() -> None:
    notice = read_text("关于划定封控区的通告\n第32号\n一、封控区\n小店区：岗头村\n太原市疫情防控办公室\n2022年4月8日\n")
    assert [one.text for one in notice.lines] == ["岗头村"]
    assert (notice.title, notice.number) == ("关于划定封控区的通告", "第32号")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "zone_notice_broken"), (b"[1]", "zone_notice_broken"), (b'[{"date": "x"}]', "zone_notice_day"),
        (b'{"date": "2022-04-07", "lockdown": {"x": [1]}}', "zone_notice_broken"),
        ("你好".encode(), "zone_notice_empty"),
        ("2022年13月1日\n封控区\n小店区：村".encode(), "zone_notice_day"),
        (f"封控区\n小店区：{'长' * 201}".encode(), "zone_line_long"),
    ],
)  # fmt: skip
def test_what_is_no_notice_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as problem:
        read_notices(content)
    assert problem.value.code == code
