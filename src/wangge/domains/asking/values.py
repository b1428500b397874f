"""An answer's text to what it stands for, by the type of its question; and back to one way of writing it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from wangge.domains.asking.questionnaire import Question, Type
from wangge.domains.asking.xpath.kinds import SPACES, date_of, datetime_of

#: What an answer becomes. A select_multiple is a tuple of names, an acknowledgement True.
Value = str | int | Decimal | date | datetime | bool | tuple[str, ...]
LONGEST = 2000
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
_DAMAGED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_GAP = re.compile(f"[{SPACES}]+")


class Wrong(Exception):
    """An answer that is none for its question; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _text(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    return text, text


def _whole(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    if not _WHOLE.fullmatch(text.strip(SPACES)):
        raise Wrong("answer_no_whole_number")
    number = int(text)
    return number, str(number)


def _decimal(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    if not _DECIMAL.fullmatch(text.strip(SPACES)):
        raise Wrong("answer_no_number")
    number = Decimal(text.strip(SPACES))
    return number, format(number, "f")


def _date(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    day = date_of(text.strip(SPACES))
    if day is None:
        raise Wrong("answer_no_date")
    return day, day.isoformat()


def _datetime(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    instant = datetime_of(text.strip(SPACES), at)
    if instant is None:
        raise Wrong("answer_no_time")
    return instant, instant.isoformat(timespec="milliseconds")


def _one(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    name = text.strip(SPACES)
    if all(name != choice.name for choice in question.choices):
        raise Wrong("answer_no_choice")
    return name, name


def _several(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    names = tuple(dict.fromkeys(_GAP.split(text.strip(SPACES))))
    known = {choice.name for choice in question.choices}
    if not known.issuperset(names):
        raise Wrong("answer_no_choice")
    return names, " ".join(names)


def _acknowledged(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    if text.strip(SPACES) != "OK":
        raise Wrong("answer_not_acknowledged")
    return True, "OK"


_READ: dict[Type, Callable[[str, Question, datetime], tuple[Value, str]]] = {
    Type.TEXT: _text, Type.PHONE: _text, Type.CALCULATE: _text, Type.NOTE: _text, Type.INTEGER: _whole,
    Type.DECIMAL: _decimal, Type.DATE: _date, Type.DATETIME: _datetime, Type.SELECT_ONE: _one,
    Type.SELECT_MULTIPLE: _several, Type.ACKNOWLEDGE: _acknowledged,
}  # fmt: skip


def read_value(text: str, question: Question, at: datetime) -> tuple[Value, str]:
    """What an answer stands for, and its text in the one way of writing it. Raises Wrong."""
    if len(text) > LONGEST:
        raise Wrong("answer_too_long")
    if _DAMAGED.search(text):
        raise Wrong("answer_damaged")
    return _READ[question.type](text, question, at)
