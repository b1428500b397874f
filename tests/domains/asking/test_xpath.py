"""The server's verdict on the shared vectors, and what the parser does with anything at all."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domains.asking.vectors import AT, VECTORS, answers, calculating, constrained, expected

from wangge.domains.asking.verdict import Judge
from wangge.domains.asking.xpath import Kind, Moment, Names, Refused, compile_xpath
from wangge.domains.asking.xpath import words as said
from wangge.domains.asking.xpath.functions import FUNCTIONS
from wangge.domains.asking.xpath.kinds import joined, number_of, text_of, units

NAMES = Names("data", {name: (name,) for name in answers()}, {
    one["name"]: {"integer": Kind.NUMBER, "decimal": Kind.NUMBER, "date": Kind.DATE, "dateTime": Kind.DATETIME}.get(
        one["type"], Kind.TEXT
    )
    for one in VECTORS["answers"]
}, here="words")  # fmt: skip


@pytest.fixture(scope="module")
def worked_out() -> dict[str, str]:
    verdict = Judge(calculating()).judge(answers(), at=AT)
    assert verdict.good, verdict.faults
    return dict(verdict.texts)


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: f"{vector['id']} {vector['xpath'][:40]}")
def test_the_server_answers_as_the_vector_says(vector: dict[str, Any], worked_out: dict[str, str]) -> None:
    assert worked_out.get(vector["id"], "") == expected(vector)


def test_constraints_hold_as_the_vectors_say() -> None:
    form = constrained()
    verdict = Judge(form).judge({one["id"]: one["text"] for one in VECTORS["constraints"]}, at=AT)
    assert [fault.question for fault in verdict.faults] == [
        one["id"] for one in VECTORS["constraints"] if not one["holds"]
    ]


@pytest.mark.parametrize("refused", VECTORS["refused"], ids=lambda one: one["xpath"][:40])
def test_what_is_outside_is_refused(refused: dict[str, str]) -> None:
    with pytest.raises(Refused) as raised:
        compile_xpath(refused["xpath"], NAMES, condition=True)
    assert raised.value.code == refused["code"]
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert str(said.PROBLEMS[raised.value.code]) % {**raised.value.values}


def test_every_function_has_a_vector() -> None:
    used = " ".join(one["xpath"] for kind in ("vectors", "constraints") for one in VECTORS[kind])
    assert [name for name in FUNCTIONS if f"{name}(" not in used] == []


#: Pieces of expressions, so that more than the first character is reached.
piece = st.sampled_from([
    "1", "2.5", "'a'", '"b"', "''", ".", "${words}", "${seven}", "${came}", "${many}", "../seven", "/data/half",
    "today()",
    "now()", "true()", "not(", "if(", "concat(", "selected(", "regex(", "round(", "int(", "substr(", "coalesce(",
    "date(",
    "'^a+$'", "'2022-01-01'", "(", ")", ",", "+", "-", "*", "div", "mod", "and", "or", "=", "!=", "<", "<=", ">", ">=",
    "[", "]", "|", "@x", "//", "$", "世", "\0", " ",
]) | st.text(max_size=3)  # fmt: skip
MOMENT = Moment(AT, answers(), "Hello")


@settings(max_examples=500, deadline=None)
@given(st.lists(piece, max_size=14), st.booleans())
def test_anything_is_compiled_or_refused_and_what_is_compiled_answers(pieces: list[str], condition: bool) -> None:
    try:
        compiled = compile_xpath(" ".join(pieces), NAMES, condition=condition)
    except Refused as refused:
        told = refused.at >= 1 and str(said.PROBLEMS[refused.code]) % {**refused.values}
    else:
        told = "compiled"
        answer = compiled.test(MOMENT) if compiled.test else compiled.say and compiled.say(MOMENT)
        assert isinstance(answer, bool if condition else str)
    assert told


@st.composite
def conditions(draw: st.DrawFn, deep: int = 3) -> str:
    """A condition that is inside the subset."""
    if deep == 0 or draw(st.booleans()):
        left = draw(
            st.sampled_from(["${seven}", "${half}", "${nothing}", "count-selected(${many})", "string-length(.)"])
        )
        return f"{left} {draw(st.sampled_from(['=', '!=', '<', '<=', '>', '>=']))} {draw(st.integers(-9, 9))}"
    parts = [draw(conditions(deep=deep - 1)) for _ in range(draw(st.integers(1, 3)))]
    return f"not({parts[0]})" if len(parts) == 1 else f"({draw(st.sampled_from([' and ', ' or '])).join(parts)})"


@settings(max_examples=300, deadline=None)
@given(conditions())
def test_logic_is_that_of_python(source: str) -> None:
    values = {"${seven}": "7.0", "${half}": "2.5", "${nothing}": "nan", "count-selected(${many})": "2.0",
              "string-length(.)": "5.0", " = ": " == ", "not(": "not ("}  # fmt: skip
    python = source
    for xpath, other in values.items():
        python = python.replace(xpath, other)
    compiled = compile_xpath(source, NAMES, condition=True)
    assert compiled.test is not None
    assert compiled.test(MOMENT) is eval(python, {"nan": float("nan")})


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_as_it_was_written(number: float) -> None:
    assert number_of(text_of(number)) == number


@given(st.text())
def test_characters_that_count_twice_become_whole_again(text: str) -> None:
    assert joined(units(text)) == text
    assert len(units(text)) == len(text.encode("utf-16-le")) // 2


def test_a_pattern_cannot_hold_the_server_up() -> None:
    compiled = compile_xpath("regex(., '^[a-z0-9 ]*[a-z]*$')", NAMES, condition=True)
    assert compiled.test is not None
    assert compiled.test(Moment(AT, answers(), "a" * 2000 + "!")) is False
