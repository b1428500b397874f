"""What a resident's form says, made uniform. The only parser for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.people.rules import normal_phone
from wangge.domains.requests.rules import Kind

MOST = {"name": 60, "words": 1000, "ground": 500, "answer": 500}


@dataclass(frozen=True, slots=True)
class Asking:
    """A checked request; ``uuid`` was made by the page that asks."""

    kind: Kind
    name: str
    phone: str
    words: str
    uuid: UUID | None


def read_asking(typed: Mapping[str, str]) -> Asking:
    """Raises Problems with every mistake at once."""
    problems: list[Problem] = []
    kind = member(Kind, typed.get("kind", ""))
    if kind is None:
        problems.append(Problem("kind_missing", field="kind"))
    name, words = text(typed, "name"), text(typed, "words")
    if not name:
        problems.append(Problem("asker_missing", field="name"))
    phone = normal_phone(typed.get("phone", ""))
    if not 5 <= len(phone) <= 15:
        problems.append(Problem("asker_phone", field="phone"))
    if kind in (Kind.CORRECTION, Kind.OBJECTION) and not words:
        problems.append(Problem("words_missing", field="words"))
    if problems or kind is None:
        raise Problems(problems)
    return Asking(kind, name, phone, words, _uuid(typed.get("uuid", "")))


def text(typed: Mapping[str, str], name: str) -> str:
    """A free text in one line, as long as it may be."""
    return " ".join(typed.get(name, "").replace("\0", " ").split())[: MOST[name]]


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
