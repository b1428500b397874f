"""What a page or a command says of an ask. The only parser for it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from wangge.base.problems import Problem
from wangge.domains.asking.rules import Target

OLDEST = 130


def read_target(typed: Mapping[str, Any]) -> Target:
    """A Target from fields age_from, age_to, lives_alone, question, value. Raises Problem."""
    ages = {name: _age(name, typed.get(name)) for name in ("age_from", "age_to")}
    question, value = str(typed.get("question") or "").strip(), str(typed.get("value") or "").strip()
    if bool(question) != bool(value):
        raise Problem("condition_half", field="question" if value else "value")
    if ages["age_from"] is not None and ages["age_to"] is not None and ages["age_to"] < ages["age_from"]:
        raise Problem("ages_turned", field="age_to")
    alone = typed.get("lives_alone") in (True, "on", "true", "1")
    return Target(ages["age_from"], ages["age_to"], alone, question, value)


def target_data(target: Target) -> dict[str, Any]:
    """As it is kept with the ask: only what is set."""
    return {name: value for name, value in asdict(target).items() if value not in (None, False, "")}


def _age(name: str, text: Any) -> int | None:
    if text in (None, ""):
        return None
    try:
        age = int(str(text).strip())
    except ValueError as error:
        raise Problem("age_unreadable", field=name) from error
    if not 0 <= age <= OLDEST:
        raise Problem("age_unreadable", field=name)
    return age
