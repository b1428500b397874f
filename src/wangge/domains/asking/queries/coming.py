"""Where an open ask's list and who lives there now differ: lines of people who left, came back, or moved inside.

Every read is of the lines at some places (``where``), or of all: each line is looked up by its key, so that what one
household did costs what one household is, however long the list.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet

from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.base.sets import keys
from wangge.domains.asking.models import Ask, AskSubject
from wangge.domains.asking.queries import reading, targets
from wangge.domains.asking.rules import EVERYBODY, SubjectKind
from wangge.domains.places.models import Place
from wangge.domains.places.rules import SEGMENT, community_path
from wangge.domains.work.models import TaskItem


def lines_at(ask: Ask, where: Scope) -> ScopedQuerySet[AskSubject]:
    """The lines of an ask's list at the doors of some places."""
    found = AskSubject.objects.within(where)
    return found.filter(tally__ask=ask) if where.everything else found.filter(ask=ask)


def gone(ask: Ask, where: Scope) -> list[int]:
    """Keys of lines whose person or door is no longer there: dead, absorbed, out of the area, the place closed."""
    return list(lines_at(ask, where).filter(~_stands(ask), left=False).values_list("pk", flat=True))


def back(ask: Ask, where: Scope) -> list[int]:
    """Keys of lines that had left and are there again."""
    return _either(ask, where, Q(_stands(ask), left=True))


def elsewhere(ask: Ask, where: Scope) -> list[int]:
    """Keys of lines whose person lives behind another door of the ask's area now."""
    if ask.subject != SubjectKind.PERSON:
        return []
    other = _there(ask).filter(pk=OuterRef("person")).exclude(s_door=OuterRef("door"))
    return _either(ask, where, Q(Exists(other), left=False))


def under_another_name(ask: Ask, where: Scope) -> list[int]:
    """Keys of lines that went over to another record of the same person: what is open for them names the other one."""
    if ask.subject != SubjectKind.PERSON or where.everything:
        return []
    item = TaskItem.objects.within(EVERYTHING).filter(cause=OuterRef("uuid"), state=TaskItem.State.OPEN)
    other = lines_at(ask, where).filter(Exists(item.exclude(person=OuterRef("person"))), left=False)
    return list(other.values_list("pk", flat=True))


def _either(ask: Ask, where: Scope, which: Q) -> list[int]:
    """Lines at some doors, and those of the people who live there now: one index each."""
    found = set(lines_at(ask, where).filter(which).values_list("pk", flat=True))
    if not where.everything and ask.subject == SubjectKind.PERSON:
        theirs = AskSubject.objects.within(EVERYTHING).filter(where.q("person__home"), which, ask=ask)
        found |= set(theirs.values_list("pk", flat=True))
    return sorted(found)


def _there(ask: Ask) -> "QuerySet[Any, Any]":
    """Everybody, or every door, of the ask's area; of its grids alone where it is confined to some."""
    found: QuerySet[Any, Any] = targets.subjects(
        ask.area, SubjectKind(ask.subject), EVERYBODY, noted_for=_noted_for(ask)
    )
    return found.filter(s_grid__in=ask.target["grids"]) if ask.target.get("grids") else found


def _stands(ask: Ask) -> Exists:
    """Whether the line's person or door is there. Somebody whose door a redrawn grid lost has not moved."""
    kind = SubjectKind(ask.subject)
    found = targets.subjects(ask.area, kind, EVERYBODY, noted_for=_noted_for(ask))
    found = found.filter(pk=OuterRef("person" if kind is SubjectKind.PERSON else "door"))
    if grids := ask.target.get("grids"):
        found = found.filter(Q(s_grid__in=grids) | Q(s_door=OuterRef("door")))
    return Exists(found)


def _noted_for(ask: Ask) -> UUID | None:
    """A list handed down can name people who are noted for its Response alone: they are there like everybody else."""
    return ask.response.uuid if "only" in ask.target else None


def answered_at_new_door(ask: Ask, lines: list[int]) -> list[int]:
    """Which people of these lines have answered everything that the ask wants of them and of the door they are at."""
    theirs = AskSubject.objects.within(EVERYTHING).filter(pk__in=keys(lines)).order_by().values("person")
    known = targets.with_known(_there(ask).filter(pk__in=theirs), reading.questions_of(ask), few=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s_person FROM ({known.sql}) n WHERE s_known = 1", known.params)  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def as_wanted(lines: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Lines as work takes them: columns s_door, s_person, s_cause."""
    named = lines.order_by().annotate(s_door=F("door_id"), s_person=F("person_id"), s_cause=F("uuid"))
    columns: QuerySet[Any, Any] = named.values("s_door", "s_person", "s_cause")
    return columns


def smallest_around(ask: Ask, lines: ScopedQuerySet[AskSubject]) -> Place:
    """The smallest place, a community or wider, that holds the doors of these lines."""
    ends = lines.order_by().aggregate(first=Min("door__path"), last=Max("door__path"))
    first, last = ends["first"] or ask.area.path, ends["last"] or ask.area.path
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    prefix = community_path(first[: same - same % SEGMENT])
    return Place.objects.filter(path=prefix).first() or ask.area
