"""The shared vectors of XPath: what the server and ODK's engine in the browser must both answer, as questionnaires."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wangge.domains.asking.questionnaire import Choice, Question, Questionnaire, Type

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("xpath_vectors.json").read_text(encoding="utf-8"))
ZONE = VECTORS["zone"]
AT = datetime.fromisoformat(VECTORS["at"]).astimezone(ZoneInfo(ZONE))
CHOICES = tuple(Choice(name, {"zh": f"选项{name}"}) for name in "abc")
#: What says in the browser that a constraint does not hold.
BAD = "不成立 {id}"


def expected(vector: dict[str, Any]) -> str:
    """What is written into the answer: a condition as yes or no."""
    answer = vector["expect"]
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else answer


def answers() -> dict[str, str]:
    """The answers that stand in the form from the start."""
    return {one["name"]: one["text"] for one in VECTORS["answers"]}


def calculating(*more: Question) -> Questionnaire:
    """The answers, and each vector as a calculation."""
    calculations = (
        Question(one["id"], Type.CALCULATE, {}, calculation=_calculation(one)) for one in VECTORS["vectors"]
    )
    return Questionnaire("vectors", "1", {"zh": "算"}, (*map(_answer, VECTORS["answers"]), *calculations, *more))


def constrained() -> Questionnaire:
    """A question for each constraint, already answered."""
    return Questionnaire("constraints", "1", {"zh": "核"}, tuple(
        Question(
            one["id"], Type(one["type"]), {"zh": one["id"]}, constraint=one["xpath"], default=one["text"],
            constraint_message={"zh": BAD.format(id=one["id"])},
            choices=CHOICES if one["type"].startswith("select") else (),
        )
        for one in VECTORS["constraints"]
    ))  # fmt: skip


def _answer(one: dict[str, str]) -> Question:
    return Question(
        one["name"], Type(one["type"]), {"zh": one["name"]}, default=one["text"],
        relevant="false()" if one["name"] == "hidden" else "",
        choices=CHOICES if one["type"].startswith("select") else (),
    )  # fmt: skip


def _calculation(one: dict[str, Any]) -> str:
    return f"if({one['xpath']}, 'yes', 'no')" if isinstance(one["expect"], bool) else str(one["xpath"])
