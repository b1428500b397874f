"""What a page says of a held form. The only parser for it."""

from collections.abc import Mapping
from typing import Any

from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.asking.inbox.rules import Why

LONGEST = 200


def read_why(typed: Mapping[str, Any]) -> tuple[Why, str]:
    """Why it is set aside, from fields why and words. Raises Problem."""
    why, words = member(Why, str(typed.get("why") or "")), str(typed.get("words") or "").replace("\0", "").strip()
    if why is None:
        raise Problem("aside_why_missing", field="why")
    if why is Why.OTHER and not words:
        raise Problem("aside_words_missing", field="words")
    if len(words) > LONGEST:
        raise Problem("aside_words_long", field="words", most=LONGEST)
    return why, words
