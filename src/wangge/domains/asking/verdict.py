"""Whether a set of answers can be taken: the same verdict that the phone came to, before anything is stored.

``Judge(questionnaire)`` compiles once and is kept for each version of a form; ``judge`` takes some 50 microseconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wangge.domains.asking.instances import Instance, read_instance
from wangge.domains.asking.plan import Plan, Step, plan
from wangge.domains.asking.questionnaire import Questionnaire, Type, Words
from wangge.domains.asking.values import LONGEST, Value, Wrong, read_value
from wangge.domains.asking.xpath import Moment

__all__ = ["LONGEST", "Fault", "Judge", "Verdict"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer cannot be taken. ``words``: the form's own message by language; empty, the code has words."""

    question: str
    code: str
    words: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a set of answers.

    ``values`` and ``texts``: the answers that count, calculations among them, as values and in one way of writing.
    ``dropped``: answers to questions that were not to be asked; they count for nothing. ``unknown``: names of none of
    the form's questions. ``irrelevant``: those that were not to be asked. ``faults``: why it cannot be taken; then
    nothing of it is.
    """

    values: Mapping[str, Value]
    texts: Mapping[str, str]
    faults: tuple[Fault, ...]
    dropped: tuple[str, ...]
    unknown: tuple[str, ...]
    irrelevant: frozenset[str] = frozenset()
    instance: Instance | None = None

    @property
    def good(self) -> bool:
        return not self.faults


class Judge:
    """Judges answers to one version of a form. Raises plan.Unusable for a questionnaire that cannot be evaluated."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._plan = plan(questionnaire)
        self._paths = {one.path: one.name for one in questionnaire.questions}
        self._blank = {one.name: "" for one in questionnaire.questions}
        self._place = {one.name: place for place, one in enumerate(questionnaire.questions)}

    def judge(self, answers: Mapping[str, str] | bytes, *, at: datetime, partial: bool = False) -> Verdict:
        """Judge answers by name, or an OpenRosa instance (raises instances.BrokenInstance).

        ``at``: when they were given, in the zone of the place: it is ``now()`` and decides what ``today()`` is.
        ``partial``: only some questions were put, so that an answer that is missing is no fault.
        """
        instance: Instance | None = None
        if isinstance(answers, bytes):
            instance = read_instance(answers)
            given, unknown = self._by_path(instance)
        else:
            given = {name: text for name, text in answers.items() if name in self._blank}
            unknown = tuple(name for name in answers if name not in self._blank)
        trial = _Trial(Moment(at, self._blank.copy()), given, partial)
        trial.run(self._plan)
        faults = sorted(trial.faults, key=lambda fault: self._place[fault.question])
        return Verdict(
            trial.values, trial.texts, tuple(faults), tuple(trial.dropped), unknown,
            frozenset(trial.irrelevant), instance,
        )  # fmt: skip

    def _by_path(self, instance: Instance) -> tuple[dict[str, str], tuple[str, ...]]:
        """Answers by name, and the paths of those to no question. A group without any is an empty leaf."""
        found: dict[str, str] = {}
        unknown: list[str] = []
        for path, text in instance.answers.items():
            if (name := self._paths.get(path)) is not None:
                found[name] = text
            elif text.strip():
                unknown.append("/".join(path))
        return found, tuple(unknown)


@dataclass(slots=True)
class _Trial:
    """One set of answers on its way through the form."""

    moment: Moment
    given: Mapping[str, str]
    partial: bool
    values: dict[str, Value] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    irrelevant: set[str] = field(default_factory=set)

    def run(self, plan: Plan) -> None:
        known: list[bool | None] = [True if test is None else None for test in plan.groups]
        asked = [step for step in plan.steps if self.relevant(step, plan, known) and self.take(step)]
        for step in asked:  # once every answer that they may read is known
            self.hold(step)

    def relevant(self, step: Step, plan: Plan, known: list[bool | None]) -> bool:
        """Whether the question is to be asked; if not, an answer to it is dropped and counts as empty."""
        name, moment = step.question.name, self.moment
        moment.here = given = self.given.get(name, "")
        for place in step.groups:
            if known[place] is None and (test := plan.groups[place]):
                known[place] = test(moment)
        if all(known[place] for place in step.groups) and (step.relevant is None or step.relevant(moment)):
            return True
        self.irrelevant.add(name)
        if given and step.question.type.asked:
            self.dropped.append(name)
        return False

    def take(self, step: Step) -> bool:
        """Read the answer, or work it out. False where there is nothing to hold against the constraint."""
        question, moment = step.question, self.moment
        text = step.calculation(moment) if step.calculation else moment.here
        if question.type is Type.NOTE or not text.strip():
            return question.type is not Type.NOTE
        try:
            value, plain = read_value(text, question, moment.at)
        except Wrong as wrong:
            self.faults.append(Fault(question.name, wrong.code))
            return False
        moment.texts[question.name] = self.texts[question.name] = plain
        self.values[question.name] = value
        return True

    def hold(self, step: Step) -> None:
        """Hold an answer against what the form asks of it."""
        question, moment = step.question, self.moment
        moment.here = moment.texts[question.name]
        if not moment.here:
            if step.required and not self.partial and step.required(moment):
                self.faults.append(Fault(question.name, "answer_missing", question.required_message))
        elif step.constraint and not step.constraint(moment):
            self.faults.append(Fault(question.name, "answer_refused", question.constraint_message))
