"""A questionnaire's expressions, compiled once and put in an order in which each finds what it reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wangge.domains.asking.questionnaire import Group, Question, Questionnaire, Type
from wangge.domains.asking.xpath import Compiled, Kind, Moment, Names, Refused, compile_xpath
from wangge.domains.asking.xpath.compiling import reads_of

ROOT = "data"
_KINDS = {Type.INTEGER: Kind.NUMBER, Type.DECIMAL: Kind.NUMBER, Type.DATE: Kind.DATE, Type.DATETIME: Kind.DATETIME}
Test = Callable[[Moment], bool]


@dataclass(frozen=True, slots=True)
class Slip:
    """Something in a questionnaire that cannot be used: in which question (or group), in which column, and why."""

    name: str
    column: str
    code: str
    values: Mapping[str, str | int]


class Unusable(Exception):
    """A questionnaire with slips; all of them."""

    def __init__(self, slips: Sequence[Slip]) -> None:
        super().__init__("; ".join(f"{slip.name}.{slip.column}: {slip.code}" for slip in slips))
        self.slips = slips


@dataclass(frozen=True, slots=True)
class Step:
    """One question, ready: the groups around it as places in ``Plan.groups``, and its functions."""

    question: Question
    groups: tuple[int, ...]
    relevant: Test | None
    required: Test | None
    constraint: Test | None
    calculation: Callable[[Moment], str] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """``steps`` in the order of evaluation; ``groups``: when each group is relevant."""

    steps: tuple[Step, ...]
    groups: tuple[Test | None, ...]


def plan(questionnaire: Questionnaire) -> Plan:
    """Compile a questionnaire. Raises Unusable with everything that is wrong in it."""
    return _Planner(questionnaire).plan()


@dataclass(slots=True)
class _Planner:
    form: Questionnaire
    slips: list[Slip] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)

    def names(self, one: Question | Group, column: str) -> Names:
        paths = {question.name: question.path for question in self.form.questions}
        base = Names(ROOT, paths, self.kinds, column=column)
        if isinstance(one, Group):
            return replace(base, above=one.path)
        return replace(base, here=one.name, above=one.groups)

    def plan(self) -> Plan:
        self.kinds = {one.name: _KINDS.get(one.type, Kind.TEXT) for one in self.form.questions}
        order = self.order()
        tests = [self.compiled(group, "relevant") for group in self.form.groups]
        places = {group.path: place for place, group in enumerate(self.form.groups)}
        steps = [self.step(question, places) for question in order]
        if self.slips:
            raise Unusable(self.slips)
        return Plan(tuple(steps), tuple(test.test if test else None for test in tests))

    def step(self, one: Question, places: Mapping[tuple[str, ...], int]) -> Step:
        calculation = self.compiled(one, "calculation")
        if calculation and calculation.kind in (Kind.DATE, Kind.DATETIME, Kind.NUMBER):
            self.kinds[one.name] = calculation.kind  # those that read it come after it
        relevant, required, constraint = (self.compiled(one, what) for what in ("relevant", "required", "constraint"))
        return Step(
            one, tuple(places[path] for path in _around(one) if path in places),
            relevant.test if relevant else None, required.test if required else None,
            constraint.test if constraint else None, calculation.say if calculation else None,
        )  # fmt: skip

    def compiled(self, one: Question | Group, column: str) -> Compiled | None:
        source = getattr(one, column)
        if not source:
            return None
        try:
            return compile_xpath(source, self.names(one, column), condition=column != "calculation")
        except Refused as refused:
            self.slip(one, column, refused)
            return None

    def slip(self, one: Question | Group, column: str, refused: Refused) -> None:
        found = Slip(_name(one), column, refused.code, {**refused.values, "at": refused.at})
        if found not in self.slips:
            self.slips.append(found)

    def order(self) -> list[Question]:
        """Questions such that each comes after those that decide whether it is asked and what is worked out in it."""
        groups = {group.path: self.reads(group, "relevant") for group in self.form.groups}
        needs = {
            one.name: self.reads(one, "relevant") | self.reads(one, "calculation")
            | {name for path in _around(one) for name in groups.get(path, ())}
            for one in self.form.questions
        }  # fmt: skip
        placed: dict[str, Question] = {}
        waiting = list(self.form.questions)
        while waiting:
            ready = [one for one in waiting if needs[one.name] <= placed.keys()]
            if not ready:
                self.cyclic(waiting, needs)
                return [*placed.values(), *waiting]
            placed |= {one.name: one for one in ready}
            waiting = [one for one in waiting if one.name not in placed]
        return list(placed.values())

    def cyclic(self, waiting: Sequence[Question], needs: Mapping[str, set[str]]) -> None:
        """Name those that wait for each other, not those that merely wait for them."""
        names, before = {one.name for one in waiting}, set[str]()
        while names != before:
            before, names = names, {name for name in names if any(name in needs[other] for other in names)}
        for one in waiting:
            if one.name in names:
                column = "calculation" if one.calculation else "relevant"
                self.slips.append(Slip(one.name, column, "xpath_cyclic", {"names": ", ".join(sorted(names)), "at": 1}))

    def reads(self, one: Question | Group, column: str) -> set[str]:
        source = getattr(one, column)
        try:
            return set(reads_of(source, self.names(one, column))) if source else set()
        except Refused as refused:
            self.slip(one, column, refused)
            return set()


def _around(one: Question) -> list[tuple[str, ...]]:
    return [one.groups[:depth] for depth in range(1, len(one.groups) + 1)]


def _name(one: Question | Group) -> str:
    return one.name if isinstance(one, Question) else one.path[-1]
