"""Whom an ask concerns, and of whom the answers are known: as queries that one statement can take whole.

Columns of a target: s_door, s_person (null for a household), s_grid, s_community (a path), s_kind (of the door).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Substr

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, under
from wangge.base.problems import Problem
from wangge.base.sets import Part, keys, part
from wangge.domains.asking.envelope import value_index
from wangge.domains.asking.models import Answer, Question
from wangge.domains.asking.rules import AnswerState, SubjectKind, Target
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import COMMUNITY_LEVEL, DOORS, SEGMENT, Kind

COLUMNS = ("s_door", "s_person", "s_grid", "s_community", "s_kind")
COMMUNITY = COMMUNITY_LEVEL * SEGMENT


def subjects(
    area: Place, kind: SubjectKind, target: Target, only: Iterable[int] | None = None, noted_for: UUID | None = None
) -> "QuerySet[Any, dict[str, Any]]":
    """The target of an ask in an area; ``only``: keys of doors or persons handed down, of which those here count.

    ``noted_for``: whoever is noted for this Response alone counts too.
    """
    return _people(area, target, only, noted_for) if kind is SubjectKind.PERSON else _doors(area, target, only)


def _doors(area: Place, target: Target, only: Iterable[int] | None) -> "QuerySet[Any, dict[str, Any]]":
    doors = Place.objects.filter(under(area.path), kind__in=[one.value for one in DOORS], closed__isnull=True)
    if only is not None:
        doors = doors.filter(pk__in=keys(only))
    if target != Target():
        behind = _narrowed(_living(area), target, doors=True).annotate(d=door()).order_by().values("d")
        doors = doors.filter(pk__in=behind)
    return doors.order_by().annotate(
        s_door=F("pk"), s_person=Cast(Value(None), BigIntegerField()), s_grid=F("grid_id"),
        s_community=Substr("path", 1, COMMUNITY), s_kind=F("kind"),
    ).values(*COLUMNS)  # fmt: skip


def _people(
    area: Place, target: Target, only: Iterable[int] | None, noted_for: UUID | None
) -> "QuerySet[Any, dict[str, Any]]":
    people = _narrowed(_living(area, noted_for), target, doors=False)
    if only is not None:
        people = people.filter(pk__in=keys(only))
    return people.order_by().annotate(
        s_door=door(), s_person=F("pk"), s_grid=F("home__grid_id"), s_community=Substr("home__path", 1, COMMUNITY),
        s_kind=Case(When(home__kind=Kind.BED, then=Value(Kind.ROOM.value)), default=F("home__kind")),
    ).values(*COLUMNS)  # fmt: skip


def door() -> Case:
    """The door of a person: their home, or the room in which their bed stands."""
    return Case(When(home__kind=Kind.BED, then=F("home__parent_id")), default=F("home_id"))


def _living(area: Place, noted_for: UUID | None = None) -> "QuerySet[Person, Person]":
    """Everybody alive on the register of an area; of those noted in an interview or a list alone, none but these."""
    everybody = Person.objects.within(EVERYTHING).filter(under(area.path, "home"), home__closed__isnull=True)
    registered = Q(noted_for__isnull=True)
    return everybody.filter(registered | Q(noted_for=noted_for) if noted_for else registered, died_on__isnull=True)


def _narrowed(people: "QuerySet[Person, Person]", target: Target, *, doors: bool) -> "QuerySet[Person, Person]":
    today = clock.today()
    if target.age_from is not None:
        people = people.filter(birth_date__lte=_years_before(today, target.age_from))
    if target.age_to is not None:
        people = people.filter(birth_date__gt=_years_before(today, target.age_to + 1))
    if target.lives_alone:
        others = Person.objects.within(EVERYTHING).filter(home=OuterRef("home"), died_on__isnull=True)
        people = people.exclude(home__kind=Kind.BED).filter(~Exists(others.exclude(pk=OuterRef("pk"))))
    if target.question:
        people = people.filter(_answered(target))
    return people


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _answered(target: Target) -> Q:
    """People of whom, or of whose door, the question's current answer is this value."""
    question = Question.objects.filter(name=target.question).first()
    if question is None:
        raise Problem("question_unknown", field="question", name=target.question)
    current = fresh().filter(question=question)
    if question.level == "open":
        word = Q(value=target.value)
        if question.type == "select_multiple":
            word |= Q(value__startswith=f"{target.value} ") | Q(value__endswith=f" {target.value}")
            word |= Q(value__contains=f" {target.value} ")
        current = current.filter(word)
    elif question.type == "select_multiple":
        raise Problem("sealed_not_searched", field="question", name=target.question)
    else:
        current = current.filter(value_index=value_index(question.pk, target.value))
    if question.subject == SubjectKind.PERSON:
        return Q(pk__in=current.order_by().values("person"))
    doors = current.order_by().values("door")
    return Q(home__in=doors) | Q(home__kind=Kind.BED, home__parent__in=doors)


def fresh() -> "QuerySet[Answer, Answer]":
    """Answers that count and are not too old."""
    found = Answer.objects.within(EVERYTHING).filter(state=AnswerState.CURRENT)
    return found.filter(Q(fresh_until__isnull=True) | Q(fresh_until__gt=clock.now()))


def with_known(target: "QuerySet[Any, Any]", questions: Sequence[Question], *, few: bool = False) -> Part:
    """The target with one column more, s_known: 1 where every question has a fresh answer, of the person or door.

    ``few``: the target is small beside all answers there are; only its own are looked at.
    """
    chosen = part(target)
    sql = f"SELECT s.*, {{}} AS s_known FROM ({chosen.sql}) s"  # noqa: S608  # our own query
    params, known = list(chosen.params), ["1 = 1"]
    for kind, column in ((SubjectKind.HOUSEHOLD, "door"), (SubjectKind.PERSON, "person")):
        mine = [question.pk for question in questions if question.subject == kind]
        if not mine:
            continue
        whole = fresh().filter(question__in=mine, person__isnull=kind is SubjectKind.HOUSEHOLD)
        if few:
            whole = whole.filter(**{f"{column}__in": target.values(f"s_{column}")})
        keyed = whole.order_by().annotate(k=F(f"{column}_id")).values("k")
        answered = part(keyed.annotate(n=Count("pk")).filter(n=len(mine)).values("k"))
        sql += f" LEFT JOIN ({answered.sql}) k_{column} ON k_{column}.k = s.s_{column}"
        params += answered.params
        known.append(f"k_{column}.k IS NOT NULL")
    return Part(sql.format(f"CASE WHEN {' AND '.join(known)} THEN 1 ELSE 0 END"), tuple(params))


@dataclass(frozen=True, slots=True)
class Estimate:
    """What sending would mean: ``known`` of ``total`` count at once; ``asked`` subjects behind ``doors`` are left.

    ``people``: those who live behind these doors, or for an ask of persons the persons. ``minutes`` of work.
    """

    total: int
    known: int
    doors: int
    people: int
    minutes: float

    @property
    def asked(self) -> int:
        return self.total - self.known

    @property
    def hours(self) -> float:
        return self.minutes / 60


def estimate(target: "QuerySet[Any, Any]", questions: Sequence[Question], costs: dict[str, float]) -> Estimate:
    """Count, in one statement, without writing anything. A door with a known number is called first."""
    known = with_known(target, questions)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), COALESCE(sum(s_known), 0) FROM ({known.sql}) t",  # noqa: S608  # our own query
            known.params,
        )
        total, done = map(int, cursor.fetchone())
        cursor.execute(
            "SELECT s_kind, phone, count(*), sum(people) FROM ("  # noqa: S608
            f"SELECT t.s_kind, {BEHIND.format('count(*)')} AS people, "
            f"CASE WHEN {BEHIND.format('max(x.phone_index)')} <> '' THEN 1 ELSE 0 END AS phone "
            f"FROM (SELECT DISTINCT s_kind, s_door FROM ({known.sql}) u WHERE s_known = 0) t) d GROUP BY s_kind, phone",
            known.params,
        )
        rows = cursor.fetchall()
    minutes = sum(count * costs["phone" if phone else kind] for kind, phone, count, _ in rows)
    doors, people = sum(int(row[2]) for row in rows), sum(int(row[3] or 0) for row in rows)
    return Estimate(total, done, doors, people, minutes)


#: Something about those who live behind a door ``t``: in it, or in the beds of a room.
_ALIVE = "x.died_on IS NULL AND x.merged_into_id IS NULL"
BEHIND = (  # our own words
    "(CASE WHEN t.s_kind = 'room' THEN (SELECT {0} FROM wangge_person x JOIN wangge_place h ON h.id = x.home_id "  # noqa: S608
    f"WHERE h.parent_id = t.s_door AND {_ALIVE}) "
    f"ELSE (SELECT {{0}} FROM wangge_person x WHERE x.home_id = t.s_door AND {_ALIVE}) END)"
)
