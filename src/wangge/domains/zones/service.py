"""Who in a zone needs what, from what is known: first of all the households of which nobody knows it.

Figures and order come from statements over the whole zone; only the page's own answers are unsealed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.sets import keys
from wangge.domains.asking.envelope import value_index
from wangge.domains.asking.models import Answer, Question
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.queries.targets import fresh
from wangge.domains.people.models import Person
from wangge.domains.people.rules import age_on
from wangge.domains.places.models import Place
from wangge.domains.zones import queries
from wangge.domains.zones.rules import Entry

FORM = "zone_care"
#: The three answers without which a household's needs are not known. The others say more of a yes.
KEYS = ("has_helper", "daily_medicine", "cannot_wait")
MORE = ("daily_medicine_names", "daily_medicine_days", "cannot_wait_what", "cannot_wait_on", "cannot_wait_where")
#: What people said of themselves before that says the same as a yes to an appointment that cannot wait.
PERSONAL = {"dialysis": "yes", "pregnant": "yes"}
CHILD, OLD = 3, 80  # years: below, and from


class Need(StrEnum):
    """Why a household stands on the list. Each is a filter of the page; a household can have several."""

    UNKNOWN = "unknown"
    CANNOT_WAIT = "cannot_wait"
    MEDICINE = "medicine"
    NOBODY = "nobody"
    CHILD = "child"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Figures:
    """``doors`` = ``known`` + ``unknown``; the others say how many doors have each need, as far as it is known."""

    doors: int
    unknown: int
    needs: dict[Need, int]

    @property
    def known(self) -> int:
        return self.doors - self.unknown


@dataclass(slots=True)
class Household:
    """One door of the page: what is known of it, in its own words, and its people."""

    door: Place
    known: bool
    texts: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)  # dialysis, pregnant: said of one person

    def ages(self, today: date) -> list[int]:
        return [age for one in self.people if (age := age_on(one.birth_date, today)) is not None]

    @property
    def runs_out(self) -> date | None:
        """The day on which the first medicine is used up, counted from when it was said."""
        said = next((one for one in self.answers if one.question.name == "daily_medicine_days"), None)
        text = self.texts.get("daily_medicine_days", "")
        return clock.day_of(said.at) + timedelta(days=int(text)) if said and text.isdecimal() else None


def _questions() -> dict[str, Question]:
    names = [*KEYS, *MORE, *PERSONAL]
    return {one.name: one for one in Question.objects.filter(name__in=names)}


def _answered(bank: dict[str, Question], name: str, value: str) -> "QuerySet[Answer, Answer]":
    """Fresh answers of a value to a question; none while the question is not published."""
    if (one := bank.get(name)) is None:
        return Answer.objects.within(EVERYTHING).none()
    return fresh().filter(question=one, value_index=value_index(one.pk, value)).order_by()


def _known(bank: dict[str, Question]) -> Q:
    """Doors of which every key answer is fresh."""
    mine = [bank[name].pk for name in KEYS if name in bank]
    if len(mine) < len(KEYS):
        return Q(pk__in=())
    found = fresh().filter(question__in=mine, person__isnull=True).order_by().values("door").annotate(n=Count("pk"))
    return Q(pk__in=found.filter(n=len(KEYS)).values("door"))


def _behind(people: "QuerySet[Person, Person]") -> Q:
    """The doors behind which some people live: their homes, or the rooms of their beds."""
    door = Case(When(home__kind="bed", then=F("home__parent_id")), default=F("home_id"))
    return Q(pk__in=people.annotate(d=door).order_by().values("d"))


def conditions(entries: Sequence[Entry]) -> dict[Need, Q]:
    """Each need as a condition on a door."""
    bank, today = _questions(), clock.today()
    everybody = queries.living(entries)
    cannot = Q(pk__in=_answered(bank, "cannot_wait", "yes").values("door"))
    for name, value in PERSONAL.items():
        cannot |= _behind(everybody.filter(pk__in=_answered(bank, name, value).values("person")))
    return {
        Need.UNKNOWN: ~_known(bank),
        Need.CANNOT_WAIT: cannot,
        Need.MEDICINE: Q(pk__in=_answered(bank, "daily_medicine", "yes").values("door")),
        Need.NOBODY: Q(pk__in=_answered(bank, "has_helper", "nobody").values("door")),
        Need.CHILD: _behind(everybody.filter(birth_date__gt=_years(today, CHILD))),
        Need.OLD: _behind(everybody.filter(birth_date__lte=_years(today, OLD))),
    }


def _years(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))


def figures(entries: Sequence[Entry], scope: Scope = EVERYTHING) -> Figures:
    """The whole zone, or a scope's part of it, in numbers: one statement over its doors."""
    doors = queries.doors(entries).filter(scope.q()).order_by()
    asked = {need.value: Count("pk", filter=which) for need, which in conditions(entries).items()}
    found = doors.aggregate(every=Count("pk"), **asked)
    needs: dict[Need, int] = {need: found[need.value] for need in Need if need is not Need.UNKNOWN}
    return Figures(found["every"], found[Need.UNKNOWN.value], needs)


def listed(entries: Sequence[Entry], scope: Scope, need: Need | None) -> QuerySet[Place]:
    """The doors of a zone in a scope: those of which nothing is known first, then whose appointment cannot wait, whose
    medicine runs out, who has nobody; then as one walks."""
    which = conditions(entries)
    doors = queries.doors(entries).filter(scope.q()).select_related("parent")
    doors = doors.filter(which[need]) if need else doors
    order = [Need.UNKNOWN, Need.CANNOT_WAIT, Need.MEDICINE, Need.NOBODY]
    first = Case(*(When(which[one], then=Value(at)) for at, one in enumerate(order)), default=Value(len(order)))
    return doors.annotate(first=first).order_by("first", "walk", "path")


def households(doors: Iterable[Place]) -> list[Household]:
    """What is known of these doors, unsealed: for a page of them. Log the look before showing it."""
    bank = _questions()
    found = {one.pk: Household(one, known=False) for one in doors}
    _fill_people(found)
    _fill_answers(found, [bank[name].pk for name in (*KEYS, *MORE) if name in bank])
    living = {person.pk: one for one in found.values() for person in one.people}
    for name, value in PERSONAL.items():
        who = _answered(bank, name, value).filter(person__in=keys(living)).values_list("person", flat=True)
        for key in who:
            living[key or 0].visits.append(name)
    return list(found.values())


def _fill_people(found: dict[int, Household]) -> None:
    mine = keys(found)
    here = Q(home__in=mine) | Q(home__kind="bed", home__parent__in=mine)
    people = Person.objects.within(EVERYTHING).filter(here, died_on__isnull=True, noted_for__isnull=True)
    for one in people.select_related("home").order_by("birth_date", "id"):
        home = one.home
        found[home.parent_id if home.kind == "bed" and home.parent_id else home.pk].people.append(one)


def _fill_answers(found: dict[int, Household], wanted: list[int]) -> None:
    said = fresh().filter(question__in=wanted, door__in=keys(found), person__isnull=True).select_related("question")
    for answer in said.order_by("question__position"):
        found[answer.door_id].answers.append(answer)
        if not answer.empty:
            found[answer.door_id].texts[answer.question.name] = value_of(answer)
    for one in found.values():
        one.known = {answer.question.name for answer in one.answers} >= set(KEYS)
