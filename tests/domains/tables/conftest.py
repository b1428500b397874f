"""Tables are tested in the tiny city, with a bank of a few questions and what was answered to them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from wangge.base import clock, sealing
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.asking.envelope import TABLE, value_index
from wangge.domains.asking.models import Answer, Form, Question
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place

BANK = (
    # name, type, label, level, subject, days it is fresh
    ("came_back", "select_one yes_no", "近14天是否从外地返并", "open", "person", 14),
    ("came_from", "text", "从何地返并", "personal", "person", 14),
    ("code_colour", "select_one code", "健康码颜色", "sensitive", "person", 7),
    ("lives_alone", "select_one yes_no", "是否独居", "personal", "person", 180),
    ("can_come_down", "select_one yes_no", "能否下楼采样", "sensitive", "person", 30),
    ("medicine", "select_one stock", "药品是否够用", "sensitive", "household", 3),
    ("medicine_days", "integer", "药品还能用几天", "sensitive", "household", 3),
    ("dialysis", "select_one yes_no", "是否透析", "sensitive", "person", 180),
    ("has_supplies", "select_one supplies", "家中有无基本生活物资", "open", "household", 3),
    ("food_days", "integer", "食品还能维持几天", "open", "household", 3),
)


@pytest.fixture(autouse=True)
def checkins_file(settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_CHECKINS = tmp_path / "checkins.sqlite3"


@pytest.fixture
def tiny(db: Any) -> Small:
    return small.build(check_ins=False)


@pytest.fixture
def bank(tiny: Small) -> dict[str, Question]:
    form = Form.objects.create(
        form_id="test", version="1", title="test", hash="", content="", definition={}, published_at=clock.now()
    )
    for name, kind, label, level, subject, days in BANK:
        Question.objects.create(
            name=name, form=form, type=kind, label={"zh": label}, level=level, subject=subject,
            fresh_for=days * 86400, choices=[{"name": "low", "label": {"zh": "不足"}}],
        )  # fmt: skip
    return {one.name: one for one in Question.objects.all()}


def answer(
    question: Question, value: str, *, person: Person | None = None, door: Place | None = None, days_ago: int = 0
) -> Answer:
    """A fact as the verb of asking stores it."""
    at = clock.now() - timedelta(days=days_ago)
    place = door if door is not None else person.home if person else None
    assert place is not None
    fresh = at + timedelta(seconds=question.fresh_for or 0)
    one = Answer(
        door=place, person=person if question.subject == "person" else None, question=question, at=at, known_at=at,
        fresh_until=fresh, source="phone", state="current",
    )  # fmt: skip
    if question.level == "open":
        one.value = value
    else:
        one.sealed, one.value_index = sealing.seal(TABLE, one.uuid, {"value": value}), value_index(question.pk, value)
    one.save()
    return one
