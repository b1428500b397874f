"""A questionnaire as it is asked: questions of the bank in their order, with what decides whether and how.

Pure: nothing here knows where it was read from or where it is kept. Words are kept by language code ("zh", "en").
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

Words = Mapping[str, str]


class Type(StrEnum):
    """What may be answered. The names are XLSForm's, but for those with a gap in them."""

    TEXT = "text"
    PHONE = "phone"  # XLSForm: "phone number"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    NOTE = "note"

    @property
    def asked(self) -> bool:
        """Whether somebody answers it: a note is read and a calculation is worked out."""
        return self not in (Type.NOTE, Type.CALCULATE)


class Privacy(StrEnum):
    """How an answer is kept: readable, or sealed and shown only to those who need it."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Subject(StrEnum):
    """Whom an answer is about."""

    HOUSEHOLD = "household"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    label: Words


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together. ``path`` holds the names of the groups around it, its own last."""

    path: tuple[str, ...]
    label: Words
    relevant: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. The expressions are XPath of the subset in ``xpath``; '' stands for none.

    ``groups``: names of the groups around it, outermost first. ``fresh_for``: how long an answer counts as known;
    None for always. ``row``: where it stood in its sheet.
    """

    name: str
    type: Type
    label: Words
    hint: Words = field(default_factory=dict)
    required: str = ""
    required_message: Words = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    groups: tuple[str, ...] = ()
    fresh_for: timedelta | None = None
    privacy: Privacy = Privacy.PERSONAL
    subject: Subject = Subject.HOUSEHOLD
    row: int = 0

    @property
    def path(self) -> tuple[str, ...]:
        """Where its answer stands in the form."""
        return (*self.groups, self.name)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of a form. ``purpose`` and ``ground`` are what its notice line says: what for, and by which right."""

    form_id: str
    version: str
    title: Words
    questions: tuple[Question, ...]
    groups: tuple[Group, ...] = ()
    purpose: Words = field(default_factory=dict)
    ground: Words = field(default_factory=dict)
    language: str = "zh"

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    @property
    def asked(self) -> tuple[Question, ...]:
        """Those that somebody answers."""
        return tuple(question for question in self.questions if question.type.asked)


def words_in(words: Words, language: str) -> str:
    """The text in a language, else in Chinese, else in whichever there is. "zh-hant" is "zh" where it has no own."""
    for code in (language, language.split("-")[0], "zh"):
        if words.get(code):
            return words[code]
    return next((text for text in words.values() if text), "")


def to_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """As plain data that JSON can keep; ``of_data`` reads it back."""
    return asdict(questionnaire, dict_factory=_plain)


def of_data(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire that ``to_data`` wrote down."""
    return Questionnaire(
        **{
            **data,
            "questions": tuple(_question(one) for one in data["questions"]),
            "groups": tuple(Group(tuple(one["path"]), one["label"], one["relevant"]) for one in data["groups"]),
        }
    )


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value.total_seconds() if isinstance(value, timedelta) else value for key, value in pairs}


def _question(data: Mapping[str, Any]) -> Question:
    fresh_for = data["fresh_for"]
    return Question(
        **{
            **data,
            "type": Type(data["type"]),
            "choices": tuple(Choice(one["name"], one["label"]) for one in data["choices"]),
            "groups": tuple(data["groups"]),
            "fresh_for": None if fresh_for is None else timedelta(seconds=fresh_for),
            "privacy": Privacy(data["privacy"]),
            "subject": Subject(data["subject"]),
        }
    )
