"""From an office's heading row to sources: what a heading plainly says, and what it may mean for a person to choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wangge.base.receipts.forms import plain
from wangge.domains.asking.models import Question
from wangge.domains.tables.catalogue import SOURCES
from wangge.domains.tables.rules import ANSWER, Subject

LIKE = 0.34  # of the pairs of characters: below it a question is not even proposed
PROPOSED = 5
#: Words that many headings and questions share and that say nothing of what is asked.
COMMON = ("是否", "有无", "情况", "家中", "家里", "您", "吗", "请", "是不是", "有没有", "目前", "现在", "的")


@dataclass(frozen=True, slots=True)
class Matched:
    """A heading, the source it plainly means ('' for none), and those it may mean, the likeliest first."""

    heading: str
    source: str
    candidates: tuple[str, ...] = ()


def match(headings: Iterable[str], subject: Subject, questions: Sequence[Question]) -> list[Matched]:
    """Each heading as a column. A source is taken once: of two like headings the first has it."""
    found: list[Matched] = []
    taken: set[str] = set()
    for heading in headings:
        one = _match(heading, subject, questions)
        if one.source in taken:
            one = Matched(heading, "", (one.source, *one.candidates))
        taken |= {one.source} - {""}
        found.append(one)
    return found


def _match(heading: str, subject: Subject, questions: Sequence[Question]) -> Matched:
    said = plain(heading)
    own = [source for source in SOURCES.values() if subject in source.subjects]
    exact = next((one.key for one in own if any(plain(word) == said for word in one.headings)), "")
    asked = _asked(said, questions) if subject is not Subject.GRID else []
    if exact:
        return Matched(heading, exact, tuple(name for name, _ in asked[:PROPOSED]))
    if asked and asked[0][1] >= 1:
        return Matched(heading, asked[0][0], tuple(name for name, _ in asked[1:PROPOSED]))
    parts = [one.key for one in own if any(len(word) > 1 and plain(word) in said for word in one.headings)]
    return Matched(heading, "", tuple(dict.fromkeys([*(name for name, _ in asked), *parts]))[:PROPOSED])


def _asked(said: str, questions: Sequence[Question]) -> list[tuple[str, float]]:
    """The questions whose label or name is like a heading; 1 and more: the same words."""
    scores = [(ANSWER + one.name, max(_like(said, words) for words in _words(one))) for one in questions]
    return sorted((one for one in scores if one[1] >= LIKE), key=lambda one: -one[1])


def _words(question: Question) -> list[str]:
    labels = question.label.values() if isinstance(question.label, dict) else [question.label]
    return [question.name, *(str(label) for label in labels)]


def _like(one: str, other: str) -> float:
    """How alike two wordings are: pairs of characters shared (Dice), 1 for the same without common words."""
    first, second = _core(one), _core(plain(other))
    if not first or not second:
        return 0
    if first == second:
        return 1
    pairs, others = _pairs(first), _pairs(second)
    return 2 * len(pairs & others) / max(len(pairs) + len(others), 1) * 0.99


def _core(text: str) -> str:
    for word in COMMON:
        text = text.replace(word, "")
    return text


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}
