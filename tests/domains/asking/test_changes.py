"""What a new version changes is said question by question."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.domains.asking import bank

from wangge.domains.asking.changes import PARTS, WHOLE, changes
from wangge.domains.asking.questionnaire import Choice, Group, Privacy, Question, Subject, Type, of_data, to_data
from wangge.domains.asking.words import PARTS as PART_WORDS
from wangge.domains.asking.words import WHOLE as WHOLE_WORDS

FORM = bank.SUPPLIES
FIRST, SECOND = FORM.questions


def test_of_the_first_version_every_question_is_new_and_of_the_same_none() -> None:
    assert changes(None, FORM).new == FORM.questions
    assert not changes(FORM, FORM)
    assert not changes(FORM, replace(of_data(to_data(FORM)), version="2"))


def test_new_gone_and_another_order() -> None:
    water = Question("water", Type.TEXT, {"zh": "有水吗？"})
    found = changes(FORM, replace(FORM, questions=(SECOND, water)))
    assert ([one.name for one in found.new], [one.name for one in found.gone]) == (["water"], ["has_supplies"])
    assert (found.changed, found.whole) == ((), ())
    assert changes(FORM, replace(FORM, questions=(SECOND, FIRST))).whole == ("order",)


@pytest.mark.parametrize(
    ("new", "part"),
    [
        ({"label": {"zh": "够吗？"}}, "words"),
        ({"hint": {"zh": "米面"}}, "hint"),
        ({"type": Type.SELECT_MULTIPLE}, "type"),
        ({"choices": (Choice("yes", {"zh": "有"}),)}, "choices"),
        ({"required": ""}, "required"),
        ({"relevant": "true()"}, "relevant"),
        ({"constraint": ". = 'yes'"}, "constraint"),
        ({"calculation": "1"}, "calculation"),
        ({"default": "yes"}, "default"),
        ({"appearance": "minimal"}, "appearance"),
        ({"fresh_for": timedelta(days=9)}, "fresh_for"),
        ({"privacy": Privacy.SENSITIVE}, "privacy"),
        ({"subject": Subject.PERSON}, "subject"),
        ({"groups": ("a",)}, "group"),
    ],
)
def test_each_part_of_a_question(new: dict[str, object], part: str) -> None:
    changed = replace(FIRST, **new)  # type: ignore[arg-type]
    (found,) = changes(FORM, replace(FORM, questions=(changed, SECOND))).changed
    assert (found.question, found.parts) == (changed, (part,))
    assert not changes(FORM, replace(FORM, questions=(replace(FIRST, row=77), SECOND)))


@pytest.mark.parametrize(
    ("new", "part"),
    [
        ({"title": {"zh": "物资"}}, "title"),
        ({"purpose": {"zh": "x"}}, "purpose"),
        ({"ground": {"zh": "x"}}, "ground"),
        ({"language": "en"}, "language"),
        ({"groups": (Group(("a",), {"zh": "甲"}),)}, "groups"),
    ],
)
def test_each_part_of_the_whole(new: dict[str, object], part: str) -> None:
    assert changes(FORM, replace(FORM, **new)).whole == (part,)  # type: ignore[arg-type]


def test_every_part_has_words() -> None:
    assert set(PART_WORDS) == set(PARTS)
    assert set(WHOLE_WORDS) == {*WHOLE, "order"}
