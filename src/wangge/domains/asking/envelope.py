"""What of an answer is sealed and how a value is found again: said once, for writing, search and new keys."""

from collections.abc import Callable, Mapping
from typing import Any

from wangge.base import sealing

Blind = Callable[[str, str], str]
TABLE = "wangge_answer"  # what envelopes are bound to, with the row's uuid


def value_index(question: int, value: str, blind: Blind = sealing.blind) -> str:
    """The blind index of a sealed value: the same word has another code in each question. '' for ''."""
    return blind("answer", f"{question}:{value}") if value else ""


def of_content(question: int, content: Mapping[str, Any]) -> Mapping[str, str]:
    """The blind index worked out again from an envelope, under a new key."""
    return {"value_index": value_index(question, str(content.get("value", "")))}
