"""All open questions of one door as one questionnaire: the household first, then person by person, each question once.

Pure. A question keeps its wording and its conditions; its name gets the part's key in front, so that the same question
of two people stays two.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wangge.domains.asking.questionnaire import Choice, Group, Question, Questionnaire, Type, Words

FORM_ID = "door"
#: The question before a person's own: whether there is anybody to answer them.
HERE = "answers_now"
HERE_CHOICES = {
    "yes": {"zh": "能回答", "en": "Yes"},
    "absent": {"zh": "现在不在", "en": "Not here now"},
    "refused": {"zh": "不愿回答", "en": "Does not want to"},
}
#: Whom the questions about nobody in particular are about.
HOUSEHOLD = {"zh": "整户", "en": "The household"}
_HERE_LABEL = {"zh": "现在能回答吗？", "en": "Can they answer now?"}
_REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}|(?:/data/|(?:\.\./)+)(?:[\w.-]+/)*([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """Whom some questions are about. ``key`` is unique and fit for a name; ``names``: the questions that are open;
    ``known``: open answers that others may depend on."""

    key: str
    label: Words
    names: frozenset[str]
    person: bool
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DoorForm:
    """``slots``: for each name in the questionnaire the key of its part and the question's own name."""

    questionnaire: Questionnaire
    slots: Mapping[str, tuple[str, str]]

    def by_part(self, texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Answers as they belong to the parts, by the questions' own names."""
        found: dict[str, dict[str, str]] = {}
        for name, text in texts.items():
            if name in self.slots:
                key, own = self.slots[name]
                found.setdefault(key, {})[own] = text
        return found


def compose(*, title: Words, version: str, parts: Sequence[Part], forms: Sequence[Questionnaire]) -> DoorForm:
    """The questionnaire of a door. Forms that hold none of the open questions leave no trace."""
    questions: list[Question] = []
    slots: dict[str, tuple[str, str]] = {}
    groups = []
    for part in parts:
        found = [(own, one) for form in forms for own, one in _of_part(part, form)]
        if not found:
            continue
        groups.append(Group((part.key,), part.label))
        if part.person:
            found.insert(0, (HERE, _here(part)))
        questions += [one for _own, one in found]
        slots |= {one.name: (part.key, own) for own, one in found}
    form = Questionnaire(FORM_ID, version, title, tuple(questions), tuple(groups))
    return DoorForm(form, slots)


def _here(part: Part) -> Question:
    choices = tuple(Choice(name, label) for name, label in HERE_CHOICES.items())
    return Question(
        _name(part, HERE), Type.SELECT_ONE, _HERE_LABEL, required="true()", choices=choices, default="yes",
        groups=(part.key,),
    )  # fmt: skip


def _of_part(part: Part, form: Questionnaire) -> Iterator[tuple[str, Question]]:
    """The open questions of one form with those that their conditions read, in the form's order."""
    by_name = {one.name: one for one in form.questions}
    around = {group.path: group.relevant for group in form.groups}
    wanted: set[str] = set()
    waiting = [name for name in by_name if name in part.names]
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += [read for read in _reads(by_name[name], around) if read in by_name and read not in wanted]
    names = {name: _name(part, name) for name in by_name}
    for one in form.questions:
        if one.name in wanted:
            yield one.name, _put(one, part, names, around)


def _put(one: Question, part: Part, names: Mapping[str, str], around: Mapping[tuple[str, ...], str]) -> Question:
    """A question in its part: asked there, or held where its answer is known and only read by others."""
    if one.name not in part.names and (literal := _literal(part.known.get(one.name))):
        return Question(names[one.name], Type.CALCULATE, one.label, calculation=literal, groups=(part.key,))
    conditions = [*_groups_of(one, around), one.relevant]
    said = [f"({_renamed(text, names)})" for text in conditions if text]
    if part.person:
        said.insert(0, f"${{{_name(part, HERE)}}} = 'yes'")
    return replace(
        one, name=names[one.name], groups=(part.key,), relevant=" and ".join(said),
        required=_renamed(one.required, names), constraint=_renamed(one.constraint, names),
        calculation=_renamed(one.calculation, names),
    )  # fmt: skip


def _name(part: Part, name: str) -> str:
    return f"{part.key}_{name}"


def _groups_of(one: Question, around: Mapping[tuple[str, ...], str]) -> list[str]:
    return [around.get(one.groups[:depth], "") for depth in range(1, len(one.groups) + 1)]


def _reads(one: Question, around: Mapping[tuple[str, ...], str]) -> set[str]:
    texts = [one.relevant, one.required, one.constraint, one.calculation, *_groups_of(one, around)]
    return {match[1] or match[2] for text in texts for match in _REFERENCE.finditer(text)}


def _renamed(text: str, names: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        return f"${{{names[name]}}}" if name in names else match[0]

    return _REFERENCE.sub(put, text)


def _literal(value: str | None) -> str:
    """A text of XPath; it knows no escapes, so what holds both kinds of quotes is asked again instead."""
    if value is None or ("'" in value and '"' in value):
        return ""
    return f'"{value}"' if "'" in value else f"'{value}'"
