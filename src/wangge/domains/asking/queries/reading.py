"""Named reads of asks: what covers a question already, the figures at every level, who is left and who holds it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from wangge.base.access.scope import Scope, ScopedQuerySet, under
from wangge.domains.asking.models import Ask, AskSubject, AskTally, Question, VisitCost
from wangge.domains.asking.rules import COLUMNS, MINUTES, AskState, SubjectState
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import about
from wangge.domains.places.rules import ancestors
from wangge.domains.work.models import Task

FIGURES = ("expected", *COLUMNS, "arrived", "arrived_done", "left")


def questions(names: Iterable[str]) -> list[Question]:
    """Questions of the bank by name, in the order of their forms."""
    return list(Question.objects.filter(name__in=list(names)).select_related("form").order_by("form_id", "position"))


def asks(scope: Scope) -> QuerySet[Ask]:
    """The asks whose area holds, or lies in, the places of a scope: open ones first, the latest first."""
    found = Ask.objects.filter(about(scope, "area")).select_related("area", "response", "superior")
    return found.order_by(F("closed_at").asc(nulls_first=True), "-created_at", "-id")


def ask(scope: Scope, uuid: UUID) -> Ask:
    """Raises Ask.DoesNotExist, also outside the scope."""
    return asks(scope).get(uuid=uuid)


def questions_of(ask: Ask) -> list[Question]:
    """What an ask puts, in the order of the forms."""
    found = Question.objects.filter(asked_in__ask=ask).select_related("form")
    return list(found.order_by("form_id", "position"))


def covering(
    area: Place, questions: Sequence[Question], *, grids: Sequence[int] = (), only: Sequence[int] | None = None
) -> list[Ask]:
    """Open asks that collect one of these questions in an area around this one, in it, or the same; widest first.

    ``grids``: where it is confined to some; an ask that is confined to others does not cover it. ``only``: where it
    is of a list that was handed down; an ask of another list does not cover those whom it does not name.
    """
    around = Q(area__path__in=[*ancestors(area.path), area.path]) | under(area.path, "area")
    found = Ask.objects.filter(around, state=AskState.OPEN, asked__question__in=questions).select_related("area")
    mine = set(grids)
    asks = found.distinct().order_by("area__path", "id")
    near = [one for one in asks if not (mine and one.target.get("grids") and mine.isdisjoint(one.target["grids"]))]
    named = None if only is None else set(only)
    return [one for one in near if named is None or "only" not in one.target or named & set(one.target["only"])]


def takes_all(other: Ask, area: Place, target: Mapping[str, Any]) -> bool:
    """Whether another ask lists everybody whom one of this area and target (as it is kept) would list. One that asks
    in a part of the area, or only some of those there, leaves the others to be asked."""
    theirs, mine = dict(other.target), dict(target)
    if not area.path.startswith(other.area.path):
        return False
    for key in ("grids", "only"):
        whole, some = theirs.pop(key, None), mine.pop(key, None)
        if whole is not None and not (some and set(some) <= set(whole)):
            return False
    return not theirs or theirs == mine


def open_asks(door: Place) -> QuerySet[Ask]:
    """The open asks with this door, or somebody behind it, on their list and not answered."""
    waiting = AskSubject.objects.within(Scope(everything=True)).filter(door=door).exclude(
        state__in=[SubjectState.KNOWN, SubjectState.DONE]
    )  # fmt: skip
    return Ask.objects.filter(pk__in=waiting.values("ask"), state=AskState.OPEN).order_by("number")


def sums(ask: Ask, prefix: str) -> dict[str, int]:
    """The figures of a subtree down to communities: the sum of the ask's tallies over an index range."""
    rows = AskTally.objects.filter(under(prefix, "place"), ask=ask)
    found = rows.aggregate(**{f"n_{name}": Sum(name) for name in FIGURES})
    return {name: found[f"n_{name}"] or 0 for name in FIGURES}


def by_child(ask: Ask, prefix: str, depth: int) -> dict[str, dict[str, int]]:
    """The same for each child of a place, by the first ``depth`` characters of the path: one grouped statement."""
    rows = AskTally.objects.filter(under(prefix, "place"), ask=ask)
    return _grouped(rows.annotate(child=Substr("place__path", 1, depth)), "child")


def by_grid(ask: Ask, community: Place) -> dict[int | None, dict[str, int]]:
    """The same for each grid of a community; key None: doors in no grid."""
    return _grouped(AskTally.objects.filter(ask=ask, place=community), "grid")


def _grouped(rows: QuerySet[AskTally], key: str) -> dict[Any, dict[str, int]]:
    grouped = rows.values(key).annotate(**{f"n_{name}": Sum(name) for name in FIGURES}).order_by(key)
    return {row[key]: {name: row[f"n_{name}"] or 0 for name in FIGURES} for row in grouped}


def below(ask: Ask, part: Scope, depth: int) -> dict[str, dict[str, int]]:
    """The same below communities, down to the door: counted from the list itself, by the paths' first ``depth``
    characters. ``part``: what of the place the reader sees; a neighbouring grid's doors are not among it."""
    rows = AskSubject.objects.within(part).filter(tally__ask=ask)
    grouped = rows.order_by().annotate(child=Substr("door__path", 1, depth)).values("child").annotate(**counts())
    return {row["child"]: {name: row[f"n_{name}"] for name in FIGURES} for row in grouped.order_by("child")}


def counts() -> dict[str, Any]:
    """Every figure of some lines of a list. Who arrived since counts apart, and is in no other figure."""
    frozen, answered = Q(arrived=False), Q(state__in=[SubjectState.KNOWN, SubjectState.DONE])
    return {
        "n_expected": Count("pk", filter=frozen),
        **{f"n_{column}": Count("pk", filter=frozen & Q(state=column)) for column in COLUMNS},
        "n_arrived": Count("pk", filter=Q(arrived=True)),
        "n_arrived_done": Count("pk", filter=Q(arrived=True) & answered),
        "n_left": Count("pk", filter=Q(left=True)),
    }


def lines(scope: Scope, ask: Ask, column: str = "") -> ScopedQuerySet[AskSubject]:
    """The lines of an ask's list in a scope, in walking order; of one column, or of "arrived" or "left".

    ``holder``: the title of the post that holds the door's open task now; None where nothing is open there.
    """
    found = AskSubject.objects.within(scope).filter(tally__ask=ask)
    if column in ("arrived", "left"):
        found = found.filter(**{column: True})
    elif column:
        found = found.filter(state=column, arrived=False)
    task = Task.objects.within(scope).filter(door=OuterRef("door"), response=ask.response, state=Task.State.OPEN)
    held: ScopedQuerySet[AskSubject] = found.annotate(  # type: ignore[assignment]  # django-stubs types what is added
        holder=Subquery(task.values("post__title")[:1]), raised=Subquery(task.values("raised_to__title")[:1])
    )
    return held.select_related("door", "door__parent", "person").order_by("door__walk", "door_id", "person_id", "id")


def not_yet(scope: Scope, ask: Ask) -> ScopedQuerySet[AskSubject]:
    """Who is left: nobody has tried to ask them yet. With who holds each."""
    return lines(scope, ask, SubjectState.NOT_YET.value)


def costs() -> dict[str, float]:
    """Minutes a call and a visit take, by kind of door: learned where enough workers' days stand behind the figure."""
    return {**MINUTES, **dict(VisitCost.objects.values_list("kind", "minutes"))}
