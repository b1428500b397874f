"""Making names uniform."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wangge.domains.places.rules import Kind
from wangge.domains.places.spelling import DIGIT, digits, normalise, short_name, written

CHINESE = "〇一二三四五六七八九"


@given(st.text())
@example("Ａ\u3000区·１")
@example("İ")
@example("\u037a")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_digits_twice_is_digits_once(text: str) -> None:
    assert digits(digits(text)) == digits(text)


@given(st.integers(0, 99))
def test_numbers_to_99_read_the_same_in_both_scripts(number: int) -> None:
    tens, ones = divmod(number, 10)
    spoken = CHINESE[ones] if not tens else (CHINESE[tens] if tens > 1 else "") + "十" + (CHINESE[ones] if ones else "")
    assert digits(spoken) == str(number)
    assert digits("".join(CHINESE[int(char)] for char in str(number))) == str(number)


@pytest.mark.parametrize(
    ("text", "uniform"),
    [("３ 号楼", "3号楼"), ("Ａ座", "a座"), ("桥东街道 并四，社区", "桥东街道并四社区"), ("3—2－501", "3-2-501")],
)
def test_width_case_gaps_and_dashes(text: str, uniform: str) -> None:
    assert normalise(text) == uniform


def test_numerals_in_names() -> None:
    assert digits("并州东街四社区") == "并州东街4社区"
    assert digits("八一社区") == "81社区"
    assert digits("十二院城") == "12院城"
    assert digits("千峰百合") == "千峰百合"
    assert DIGIT["〇"] == DIGIT["○"] == DIGIT["零"] == "0"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("并州东街四社区居委会", "并州东街四社区"),
        ("劲松社区居民委员会", "劲松社区"),
        ("港道村委会", "港道村"),
        ("新店村村民委员会", "新店村"),
        ("上兰村民委员会", "上兰村"),
        ("桥沟村社区居民委员会", "桥沟村社区"),
        ("后所营居民委员会", "后所营社区"),
        ("太原钢铁（集团）有限公司社区", "太原钢铁（集团）有限公司社区"),
        ("居委会", "居委会"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name, Kind.COMMUNITY) == short


def test_only_communities_have_committees() -> None:
    assert short_name("居委会家属院", Kind.COMPOUND) == "居委会家属院"


@pytest.mark.parametrize(
    ("text", "kind", "stem"),
    [
        ("并州东街四社区", None, "并州东街四"),
        ("桥东街道办事处", None, "桥东"),
        ("滨河新村", None, "滨河新村"),
        ("米峪镇乡", Kind.TOWNSHIP, "米峪镇"),
        ("园区社区", Kind.COMMUNITY, "园区"),
        ("3号楼", Kind.BUILDING, "3"),
        ("三栋", Kind.BUILDING, "三"),
        ("3#楼", Kind.BUILDING, "3"),
        ("2单元", Kind.UNIT, "2"),
        ("501室", Kind.HOUSEHOLD, "501"),
        ("楼", Kind.BUILDING, "楼"),
    ],
)
def test_what_tells_a_name_from_its_neighbours(text: str, kind: Kind | None, stem: str) -> None:
    assert written(text, kind).stem == stem
