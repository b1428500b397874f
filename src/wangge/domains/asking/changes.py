"""What a new version of a questionnaire changes against the one before: questions new, changed and gone. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from wangge.domains.asking.questionnaire import Question, Questionnaire

#: What of a question can change, each under the word that says so.
PARTS: dict[str, Callable[[Question], object]] = {
    "words": lambda one: dict(one.label),
    "hint": lambda one: dict(one.hint),
    "type": lambda one: one.type,
    "choices": lambda one: [(choice.name, dict(choice.label)) for choice in one.choices],
    "required": lambda one: (one.required, dict(one.required_message)),
    "relevant": lambda one: one.relevant,
    "constraint": lambda one: (one.constraint, dict(one.constraint_message)),
    "calculation": lambda one: one.calculation,
    "default": lambda one: one.default,
    "appearance": lambda one: one.appearance,
    "fresh_for": lambda one: one.fresh_for,
    "privacy": lambda one: one.privacy,
    "subject": lambda one: one.subject,
    "group": lambda one: one.groups,
}
#: What of the questionnaire as a whole can.
WHOLE: dict[str, Callable[[Questionnaire], object]] = {
    "title": lambda form: dict(form.title),
    "purpose": lambda form: dict(form.purpose),
    "ground": lambda form: dict(form.ground),
    "language": lambda form: form.language,
    "groups": lambda form: [(one.path, dict(one.label), one.relevant) for one in form.groups],
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A question in both versions, and the parts of it that differ."""

    question: Question
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """``whole``: what differs besides the questions; "order" where the same questions come in another order."""

    new: tuple[Question, ...]
    gone: tuple[Question, ...]
    changed: tuple[Changed, ...]
    whole: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed or self.whole)


def changes(before: Questionnaire | None, after: Questionnaire) -> Changes:
    """Everything that differs; of the first version every question is new."""
    if before is None:
        return Changes(after.questions, (), (), ())
    old, new = ({one.name: one for one in form.questions} for form in (before, after))
    both = [name for name in new if name in old]
    changed = [Changed(new[name], _parts(old[name], new[name])) for name in both]
    whole = [word for word, part in WHOLE.items() if part(before) != part(after)]
    if both != [name for name in old if name in new]:
        whole.append("order")
    return Changes(
        tuple(one for name, one in new.items() if name not in old),
        tuple(one for name, one in old.items() if name not in new),
        tuple(one for one in changed if one.parts), tuple(whole),
    )  # fmt: skip


def _parts(old: Question, new: Question) -> tuple[str, ...]:
    return tuple(word for word, part in PARTS.items() if part(old) != part(new))
