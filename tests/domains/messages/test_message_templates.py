"""Templates: what comes with the product is whole, and what is wrong is said in one go."""

import re
from pathlib import Path
from typing import Any

import pytest

import wangge
from wangge.base.problems import Problem, Problems
from wangge.domains.messages import queries
from wangge.domains.messages.composing import preview
from wangge.domains.messages.gateway import SIGNATURE, TIME, signature
from wangge.domains.messages.inputs import as_data, edited, read_template, read_values, read_ways
from wangge.domains.messages.rules import LIFE_SAVING, parts
from wangge.domains.messages.templates import PERSONAL, Form, Unfilled, fill, has_link, holes

ALL = queries.shipped()


@pytest.mark.parametrize("name", ALL)
def test_each_says_how_to_complain_whom_to_call_and_has_no_link(name: str) -> None:
    one = ALL[name]
    for by_form in one.texts.values():
        for form, text in by_form.items():
            if form != Form.SUBJECT:
                assert {"complain", "number"} <= set(holes(text)), (name, form)
            assert not has_link(text) or one.link_why
            if form == Form.GROUP:
                assert not PERSONAL & set(holes(text))
    assert not one.life_saving or one.purpose in LIFE_SAVING
    assert read_template(as_data(one), name) == one


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("tongue", ["zh-Hans", "zh-Hant", "en"])
def test_each_fits_two_text_messages_when_filled(name: str, tongue: str) -> None:
    texts = preview(ALL[name], tongue, office="并州东街四社区居委会", number="0351-4012345", typed={})
    assert all("{" not in text for text in texts.values())
    assert parts(texts[Form.SMS]) <= 2, texts[Form.SMS]


def wrong(one: str, **change: Any) -> set[str]:
    data = as_data(ALL["notice"])
    for field, text in change.items():
        language, form = field.split("_")
        data["texts"][language][form] = text
    try:
        read_template(data, one)
    except Problem as problem:
        return {problem.code}
    except Problems as problems:
        return {problem.code for problem in problems.problems}
    return set()


def test_everything_that_is_wrong_is_said() -> None:
    good = "{what} {number} {complain}"
    assert wrong("notice") == set()
    assert wrong("notice", zh_sms="{what} {number}") == {"template_no_complaint"}
    assert wrong("notice", zh_sms="{what} {complain}") == {"template_no_number"}
    assert wrong("notice", zh_sms=good + " {id_number}") == {"template_word_unknown"}
    assert wrong("notice", zh_group=good + " {name}") == {"template_group_personal"}
    assert wrong("notice", en_email=good + " https://example.org") == {"template_link_without_reason"}
    assert wrong("notice", en_voice="") == {"template_text_missing"}
    assert wrong("notice", zh_sms=good + "好" * 280) == {"template_too_long"}
    assert wrong("Notice!") == {"template_name_wrong"}
    assert wrong("notice", zh_sms="", en_sms="{x}") == {
        "template_text_missing", "template_word_unknown", "template_no_complaint", "template_no_number",
    }  # fmt: skip


def test_a_link_needs_its_reason_in_both_languages() -> None:
    text = "{what} https://example.org {number} {complain}"
    with pytest.raises(Problem, match="template_words_missing"):
        edited(ALL["notice"], {"zh_sms": text, "zh_link_why": "地图太长"})
    one = edited(ALL["notice"], {"zh_sms": text, "zh_link_why": "地图太长", "en_link_why": "a map is too long"})
    assert one.link_why is not None


def test_life_saving_is_for_what_saves_lives() -> None:
    with pytest.raises(Problems) as raised:
        read_template(as_data(ALL["notice"]) | {"life_saving": True}, "notice")
    assert [one.code for one in raised.value.problems] == ["template_not_life_saving"]


def test_nothing_goes_out_with_a_hole_and_a_value_is_no_template() -> None:
    with pytest.raises(Unfilled):
        fill("{what} {when}", {"what": "x"})
    assert fill("{what}", {"what": "{name}", "name": "secret"}) == "{name}"
    assert "{" not in read_values(ALL["notice"], {"what": "{name}", "when": "8", "where": "here"})["what"]


def test_ways_are_read_with_what_they_need() -> None:
    base = {"language": "zh-Hans"}
    assert read_ways(base | {"phone": "138 1234 5678", "whose": "女儿"}).phone == "13812345678"
    for typed, code in (
        ({"language": ""}, "ways_language_missing"), (base | {"phone": "13812345678"}, "ways_whose_missing"),
        (base | {"chosen": "email"}, "ways_email_missing"), (base | {"email": "x@y"}, "ways_email_wrong"),
        (base | {"chosen": "sms", "no_sms": "on"}, "ways_against_each_other"),
        (base | {"chosen": "pigeon"}, "ways_channel_wrong"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=code):
            read_ways(typed)


def test_the_signature_in_the_manual_is_right() -> None:
    """Whoever builds a gateway checks their own against it."""
    text = (Path(wangge.__file__).parents[2] / "docs" / "operate" / "messages.md").read_text(encoding="utf-8")
    body = next(line for line in text.splitlines() if line.startswith('{"id": ') and '"kind"' in line)
    at, signed = (re.search(rf"{name}: (\w+)", text) for name in (TIME, SIGNATURE))
    assert at
    assert signed
    assert signature("between us", at[1], body.encode()) == signed[1]
