"""Who is in a table: its conditions as conditions of the database, so that counting and reading cost one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope, under
from wangge.base.privacy import Level
from wangge.domains.asking.envelope import value_index
from wangge.domains.asking.models import Answer, AskSubject, Question
from wangge.domains.asking.queries.targets import fresh
from wangge.domains.asking.rules import AskState, SubjectKind
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.models import Person
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import DOORS, Kind
from wangge.domains.tables.rules import Condition, Definition, Subject, Test, question_of
from wangge.domains.work.models import Attempt

#: The door of a person's home: of a bed its room.
DOOR = Case(When(home__kind=Kind.BED, then=F("home__parent_id")), default=F("home_id"))
MOST_VALUES = 200  # whole numbers that "at most" spells out for a sealed answer


@dataclass(frozen=True, slots=True)
class Bank:
    """The questions of the bank that a table reads, by name."""

    questions: Mapping[str, Question]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Bank":
        return cls({one.name: one for one in Question.objects.filter(name__in=list(names))})


def people(scope: Scope) -> QuerySet[Person]:
    """Everybody alive within a scope, in the order one walks, each with the key of the door (``door_key``)."""
    found = Person.objects.within(scope).filter(died_on__isnull=True).annotate(door_key=DOOR)
    return found.select_related("home", "home__parent").order_by("home__path", "id")


def doors(scope: Scope) -> QuerySet[Place]:
    """The open doors within a scope, in the order of their paths."""
    return Place.objects.filter(scope.q(), kind__in=DOORS, closed__isnull=True).order_by("path")


def grids(scope: Scope) -> QuerySet[Grid]:
    """The open grids in which a scope has doors."""
    inside = doors(scope).filter(grid=OuterRef("pk")).order_by()
    return (
        Grid.objects.filter(Exists(inside), closed__isnull=True)
        .select_related("community")
        .order_by("community__path", "number")
    )


def chosen(definition: Definition, scope: Scope, area: Place | None, bank: Bank) -> QuerySet[Any]:
    """The rows of a table within a scope, and inside an area where one is given."""
    if definition.subject is Subject.GRID:
        within = grids(scope)
        return within.filter(under(area.path, "community")) if area else within
    kind = definition.subject
    found: QuerySet[Any] = people(scope) if kind is Subject.PERSON else doors(scope)
    if area:
        found = found.filter(under(area.path, "home" if kind is Subject.PERSON else ""))
    for one in definition.where:
        found = found.filter(condition(one, kind, bank))
    return found


def condition(one: Condition, kind: Subject, bank: Bank) -> Q:
    """A condition on people or doors."""
    if one.test is Test.ANY:
        return reduce(or_, (condition(each, kind, bank) for each in one.any_of), Q(pk__in=()))
    found = _answer(one, kind, bank) if question_of(one.source) else _FINDERS[one.source](one, kind)
    return ~found if one.test is Test.NOT else found


def told(question: Question, kind: Subject) -> QuerySet[Answer]:
    """Answers to a question that are fresh, of the person or door of the row around."""
    of = {"person": OuterRef("pk")} if kind is Subject.PERSON else {"door": OuterRef("pk")}
    if question.subject == SubjectKind.HOUSEHOLD:
        of = {"door": OuterRef("door_key" if kind is Subject.PERSON else "pk")}
    return fresh().filter(question=question, **of)


def _answer(one: Condition, kind: Subject, bank: Bank) -> Q:
    question = bank.questions.get(question_of(one.source))
    if question is None:  # nobody was ever asked
        return Q() if one.test is Test.KNOWN and one.values == ("no",) else Q(pk__in=())
    answers = told(question, kind)
    if one.test is Test.KNOWN:
        return _known(Q(Exists(answers)), one)
    values = list(one.values)
    if one.test is Test.AT_MOST:
        values = [str(number) for number in range(min(int(one.values[0]), MOST_VALUES) + 1)]
    if one.test is Test.AT_LEAST:
        less = [str(number) for number in range(min(int(one.values[0]), MOST_VALUES))]
        return Q(Exists(answers.filter(empty=""))) & ~Q(Exists(answers.filter(_says(question, less))))
    return Q(Exists(answers.filter(_says(question, values))))


def _says(question: Question, values: Iterable[str]) -> Q:
    if question.level == Level.OPEN:
        if question.type.startswith("select_multiple"):
            return reduce(or_, (Q(value__regex=rf"(^| ){one}( |$)") for one in values), Q(pk__in=()))
        return Q(value__in=list(values))
    return Q(value_index__in=[value_index(question.pk, one) for one in values])


def _known(found: Q, one: Condition) -> Q:
    return found if one.values == ("yes",) else ~found


def _age(one: Condition, kind: Subject) -> Q:
    """At least 80: born on this day 80 years ago or before."""
    if one.test is Test.KNOWN:
        return _known(Q(birth_date__isnull=False), one)
    years = int(one.values[0])
    today = clock.today()
    if one.test is Test.AT_LEAST:
        return Q(birth_date__lte=_years_before(today, years))
    return Q(birth_date__gt=_years_before(today, years + 1))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _sex(one: Condition, kind: Subject) -> Q:
    return Q(sex__in=one.values)


def _relation(one: Condition, kind: Subject) -> Q:
    return _known(~Q(relation=""), one) if one.test is Test.KNOWN else Q(relation__in=one.values)


def _document(one: Condition, kind: Subject) -> Q:
    return _known(~Q(document_index=""), one)


def _phone(one: Condition, kind: Subject) -> Q:
    return _known(~Q(phone_index=""), one)


def _people_here(one: Condition, kind: Subject) -> Q:
    """How many people live behind a door: one at least, or one at most."""
    nth = int(one.values[0]) if one.values and one.values[0].isdecimal() else 1
    door = "door_key" if kind is Subject.PERSON else "pk"
    if one.test is Test.AT_MOST:
        return ~Q(**{f"{door}__in": doors_with(nth + 1)})
    return Q(**{f"{door}__in": doors_with(max(nth, 1))})


def doors_with(least: int, who: Q = Q()) -> QuerySet[Any]:  # noqa: B008  # an empty condition never changes
    """The keys of the doors behind which so many people live, or so many of some people.

    A person's door is worked out and no index finds it: all are gathered once, not looked for at each door.
    """
    everybody = Person.objects.within(EVERYTHING).filter(who, died_on__isnull=True).annotate(door_key=DOOR)
    at_doors = everybody.filter(door_key__isnull=False).order_by().values("door_key")
    return at_doors.annotate(here=Count("pk")).filter(here__gte=least).values("door_key")


def _order(one: Condition, kind: Subject) -> Q:
    orders = Order.objects.within(EVERYTHING).filter(person=OuterRef("pk"), state=OrderState.IN_FORCE)
    if one.test is Test.KNOWN:
        return _known(Q(Exists(orders)), one)
    return Q(Exists(orders.filter(role__in=one.values)))


def _asked(one: Condition, kind: Subject) -> Q:
    """Where the row stands on the list of an ask that is open."""
    of = {"person": OuterRef("pk")} if kind is Subject.PERSON else {"door": OuterRef("pk")}
    listed = AskSubject.objects.within(EVERYTHING).filter(ask__state=AskState.OPEN, **of)
    if one.test is Test.KNOWN:
        return _known(Q(Exists(listed)), one)
    return Q(Exists(listed.filter(state__in=one.values)))


def _attempt(one: Condition, kind: Subject) -> Q:
    door = OuterRef("door_key" if kind is Subject.PERSON else "pk")
    tries = Attempt.objects.within(EVERYTHING).filter(task__door=door)
    if one.test is Test.KNOWN:
        return _known(Q(Exists(tries)), one)
    last = Subquery(tries.order_by("-at", "-pk").values("pk")[:1])
    return Q(Exists(tries.filter(pk=last, outcome__in=one.values)))


_FINDERS = {
    "person.age": _age, "person.birth_date": _age, "person.sex": _sex, "person.relation": _relation,
    "person.document": _document, "person.phone": _phone, "household.people": _people_here, "order.role": _order,
    "asked.state": _asked, "attempt.outcome": _attempt,
}  # fmt: skip
