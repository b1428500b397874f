"""Our own columns: how long an answer is good for, how it is kept, whom it is about."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from wangge.domains.asking.cells import Table
from wangge.domains.asking.questionnaire import Privacy, Subject
from wangge.domains.asking.sheets import Record

T = TypeVar("T")
_TERM = re.compile(r"(\d{1,4})\s*(h|d|w|m|y|小时|天|日|周|个月|月|年)", re.IGNORECASE)
_UNITS = {
    "h": timedelta(hours=1), "小时": timedelta(hours=1), "d": timedelta(days=1), "天": timedelta(days=1),
    "日": timedelta(days=1), "w": timedelta(weeks=1), "周": timedelta(weeks=1), "m": timedelta(days=30),
    "月": timedelta(days=30), "个月": timedelta(days=30), "y": timedelta(days=365), "年": timedelta(days=365),
}  # fmt: skip
_ALWAYS = frozenset({"always", "永久", "长期"})
_PRIVACY = {"公开": Privacy.OPEN, "个人": Privacy.PERSONAL, "敏感": Privacy.SENSITIVE}
_SUBJECT = {"户": Subject.HOUSEHOLD, "家庭": Subject.HOUSEHOLD, "人": Subject.PERSON, "个人": Subject.PERSON}
LONGEST = timedelta(days=20 * 365)


@dataclass(frozen=True, slots=True)
class Term:
    """How long an answer counts as known; None until another is given."""

    length: timedelta | None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a question takes from the settings where its own cell is empty; None where the settings say nothing."""

    fresh_for: Term | None
    privacy: Privacy | None
    subject: Subject


def read_fresh_for(text: str) -> Term:
    """14d, 12h, 2w, 6m, 1y, always; 14天, 长期. Raises ValueError."""
    if text.casefold() in _ALWAYS:
        return Term(None)
    found = _TERM.fullmatch(text)
    length = int(found.group(1)) * _UNITS[found.group(2).casefold()] if found else timedelta()
    if not timedelta() < length <= LONGEST:
        raise ValueError(text)
    return Term(length)


def read_privacy(text: str) -> Privacy:
    """open, personal, sensitive. Raises ValueError."""
    return _PRIVACY.get(text) or Privacy(text.casefold())


def read_subject(text: str) -> Subject:
    """household, person. Raises ValueError."""
    return _SUBJECT.get(text) or Subject(text.casefold())


def read_cell(table: Table, record: Record, column: str, read: Callable[[str], T]) -> T | None:
    """What a cell says; None for an empty one, and for a wrong one after it was kept as an error."""
    text = table.text(record, column)
    try:
        return read(text) if text else None
    except ValueError:
        table.wrong(f"{column}_wrong", record, column, text=text)
        return None
