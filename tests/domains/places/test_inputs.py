"""Reading files of divisions: the good, the damaged and those of another kind."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from wangge.base.problems import Problem
from wangge.domains.places.divisions import Reading
from wangge.domains.places.inputs import LARGEST, read_divisions
from wangge.domains.places.words import PROBLEMS, REFUSALS

FILE = Path(settings.HERE) / "data" / "taiyuan_divisions_nbs2023.csv"
HEADING = "code12,county_code,county,town_code,town,village"
GOOD = "140106005010,140106,迎泽区,140106005,桥东街道,并州东街四社区居委会"


def read(*lines: str, encoding: str = "utf-8", end: str = "\n") -> Reading:
    return read_divisions(io.BytesIO(end.join(lines).encode(encoding)))


def test_the_published_file() -> None:
    with FILE.open("rb") as file:
        reading = read_divisions(file)
    assert (reading.city, len(reading.rows), reading.refused) == ("1401", 1401, ())
    assert len({row.county_code for row in reading.rows}) == 11
    assert len({row.town_code for row in reading.rows}) == 108


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    reading = read(HEADING, GOOD, "", encoding=encoding, end=end)
    assert reading.rows[0].village == "并州东街四社区居委会"
    assert reading.rows[0].line == 2


def test_columns_in_any_order_beside_others() -> None:
    reading = read(
        " Village ,extra,CODE12,county_code,county,town_code,town",
        "港道村委会,x,１４０１０６１００２１２,140106,迎泽区,140106100,郝庄镇",
    )
    assert (reading.rows[0].code, reading.rows[0].village) == ("140106100212", "港道村委会")


@pytest.mark.parametrize(
    ("line", "reason", "code"),
    [
        (",140106,迎泽区,140106005,桥东街道,甲", "code_missing", ""),
        ("1.40106E+11,140106,迎泽区,140106005,桥东街道,甲", "code_made_a_number", ""),
        ("14010600501,140106,迎泽区,140106005,桥东街道,甲", "code_not_12_digits", ""),
        ("14010600501x,140106,迎泽区,140106005,桥东街道,甲", "code_not_12_digits", ""),
        ("140106005000,140106,迎泽区,140106005,桥东街道,甲", "code_of_no_community", "140106005000"),
        ("140106005011,140107,迎泽区,140106005,桥东街道,甲", "county_does_not_fit", "140106005011"),
        ("140106005011,140106,迎泽区,140106004,桥东街道,甲", "town_does_not_fit", "140106005011"),
        ("140106005011,140106,迎泽区,140106005,桥东街道,", "name_missing_in_row", "140106005011"),
        ("140106005011,140106,迎泽区,140106005,桥东街道," + "长" * 81, "name_too_long_in_row", "140106005011"),
        ("140106005011,140106,迎泽区,140106005,桥东街道,甲\x01乙", "name_unreadable", "140106005011"),
        ("140106005011,140106,迎泽区,140106005,桥东街道", "cells_do_not_fit", "140106005011"),
        ("140106005011,140106,迎泽区,140106005,桥东街道,甲,乙", "cells_do_not_fit", "140106005011"),
        ('140106005011,140106,迎泽区,140106005,桥东街道,"甲', "cells_do_not_fit", ""),
        ("140206005011,140206,城区,140206005,桥东街道,甲", "another_city", "140206005011"),
        ("140106005010,140106,迎泽区,140106005,桥东街道,甲", "code_twice", "140106005010"),
        ("140106005011,140106,迎新区,140106005,桥东街道,甲", "two_names", "140106005011"),
        ("140106005011,140106,迎泽区,140106005,桥西街道,甲", "two_names", "140106005011"),
    ],
)
def test_a_bad_row_is_refused_alone_with_its_line(line: str, reason: str, code: str) -> None:
    other = GOOD.replace("140106005010", "140106005012").replace("四", "六")
    reading = read(HEADING, GOOD, line, "", other)
    assert [row.line for row in reading.rows] == [2, 5]
    assert [(refusal.line, refusal.reason, refusal.code) for refusal in reading.refused] == [(3, reason, code)]
    assert REFUSALS[reason] % dict(reading.refused[0].values)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "place_file_empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "place_file_empty"),
        (HEADING.encode(), "place_file_without_rows"),
        (b"%PDF-1.7\n...", "not_a_text_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not_a_text_file"),
        (HEADING.encode("utf-16"), "not_a_text_file"),
        (bytes(range(256)) * 40, "not_a_text_file"),
        (b"\xff\xfa\xb1" * 100, "encoding_unknown"),
        (b"name,phone\n1,2\n", "columns_missing"),
        (GOOD.encode(), "columns_missing"),
        (HEADING.replace(",", ";").encode(), "columns_missing"),
        (b"x" * (LARGEST + 1), "file_too_large"),
    ],
)
def test_other_files_are_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read_divisions(io.BytesIO(content))
    assert refused.value.code == code
    assert PROBLEMS[code] % dict(refused.value.values)


def test_a_workbook_is_no_text_file() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as workbook:
        workbook.writestr("xl/workbook.xml", "<workbook/>")
    content.seek(0)
    with pytest.raises(Problem, match="not_a_text_file"):
        read_divisions(content)


def test_missing_columns_are_named_with_those_found() -> None:
    with pytest.raises(Problem) as refused:
        read("code12,county_code,区县,village", GOOD)
    assert refused.value.values["missing"] == "county, town_code, town"
    assert refused.value.values["found"] == "code12, county_code, 区县, village"


def test_a_few_damaged_bytes_make_one_unreadable_line_not_another_encoding() -> None:
    content = FILE.read_bytes()
    at = content.index("并州东街四".encode())
    reading = read_divisions(io.BytesIO(content[:at] + b"\xff\xfe\x80" + content[at + 3 :]))
    assert len(reading.rows) == 1400
    assert [(one.code, one.reason) for one in reading.refused] == [("140106005010", "name_unreadable")]


@given(st.binary(max_size=400), st.sampled_from([b"", HEADING.encode() + b"\n"]))
def test_no_file_breaks_the_reader(content: bytes, start: bytes) -> None:
    try:
        reading = read_divisions(io.BytesIO(start + content))
    except Problem as problem:
        said = [PROBLEMS[problem.code] % dict(problem.values)]
    else:
        said = [REFUSALS[one.reason] % dict(one.values) for one in reading.refused]
    assert all(said)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20), max_size=8))
def test_no_line_breaks_the_reader(cells: list[str]) -> None:
    reading = read(HEADING, GOOD, ",".join(cells))
    assert reading.rows[0].village == "并州东街四社区居委会"
