"""People come, go and move while an ask runs: whoever comes is put on the list apart, whoever goes is marked, whoever
moves inside the area takes their line along to the new door; the frozen denominator stays what it was."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING, Scope, under
from wangge.base.events.actions import record
from wangge.base.sets import Part, keys, new_uuid, run
from wangge.domains.asking import tallies
from wangge.domains.asking.actions.sending import KIND, listed
from wangge.domains.asking.models import Ask, AskSubject
from wangge.domains.asking.queries import coming, reading, targets
from wangge.domains.asking.rules import ANSWERED, AskState, SubjectKind, SubjectState
from wangge.domains.people.models import Person
from wangge.domains.places.rules import ancestors
from wangge.domains.work.actions import put_list, withdraw_list

#: What was tried at a door says nothing about the next one; a refusal is the person's own and goes along.
OF_THE_DOOR = (SubjectState.ABSENT, SubjectState.UNREACHABLE, SubjectState.MOVED)
OVER = tuple(state.value for state in (*sorted(ANSWERED), SubjectState.MOVED))


class Renewed(NamedTuple):
    """How many came to an ask's area, left it, moved to another door inside it, and came back."""

    arrived: int = 0
    left: int = 0
    moved: int = 0
    back: int = 0


@transaction.atomic
def renew_list(*, ask: Ask, by: By, where: Scope = EVERYTHING) -> Renewed:
    """Compare an open ask's list with who lives there now, everywhere or at some places. Twice is once.

    Who arrived is asked too, outside of what was expected. Who left before answering counts as moved, and nobody goes
    there for them any more. Who moved inside the area stays the one line they are: what is open goes to the new door.
    """
    Ask.objects.select_for_update().get(pk=ask.pk)
    ask = Ask.objects.select_related("area", "response").get(pk=ask.pk)
    if ask.state != AskState.OPEN or ask.response.closed_at:
        return Renewed()
    back = _come_back(coming.back(ask, where))
    left = _leave(ask, coming.gone(ask, where), by)
    moved = _follow(ask, coming.elsewhere(ask, where), by)
    renamed = coming.under_another_name(ask, where)
    _withdraw(ask, AskSubject.objects.within(EVERYTHING).filter(pk__in=keys(renamed)), by)
    done = Renewed(_arrive(ask, where), len(left), len(moved), len(back))
    again = AskSubject.objects.within(EVERYTHING).filter(pk__in=keys({*moved, *back, *renamed}))
    _count(ask, where, again, changed=any(done))
    if any(done) or renamed:
        _put(ask, again.exclude(state__in=OVER), by, again=True)
        new = coming.lines_at(ask, where).filter(arrived=True, state=SubjectState.NOT_YET, left=False)
        _put(ask, new, by, again=False)
        record(
            "asking.list_renewed", by=by, subject=ask.uuid, place=ask.area.uuid, response=ask.response.uuid,
            data=done._asdict(),
        )  # fmt: skip
    return done


def _count(ask: Ask, where: Scope, followed: Any, *, changed: bool) -> None:
    """Each line counts in the grid in which its door lies now; what changed is counted again."""
    here = coming.lines_at(ask, where)
    wrong = tallies.regrid(here) | tallies.regrid(followed)
    if where.everything and (wrong or changed):
        tallies.refresh_all(ask)
    elif wrong or changed:
        tallies.refresh(wrong | _tallies(followed) | _tallies(here))


def _tallies(lines: Any) -> set[int]:
    return set(lines.order_by().values_list("tally", flat=True).distinct())


def _put(ask: Ask, lines: Any, by: By, *, again: bool) -> None:
    if not lines.exists():
        return
    put_list(
        response=ask.response, area=coming.smallest_around(ask, lines), kind=KIND, due_at=ask.deadline, by=by,
        cause=ask.uuid, lines=coming.as_wanted(lines), again=again,
    )  # fmt: skip


def _withdraw(ask: Ask, lines: Any, by: By) -> None:
    """What is open at doors for these lines is taken back."""
    if lines.exists():
        area = coming.smallest_around(ask, lines)
        causes = coming.as_wanted(lines).values("s_cause")
        withdraw_list(response=ask.response, area=area, causes=causes, by=by, cause=ask.uuid)


def _come_back(found: list[int]) -> list[int]:
    lines = AskSubject.objects.within(EVERYTHING).filter(pk__in=keys(found))
    lines.filter(state=SubjectState.MOVED).update(state=SubjectState.NOT_YET, changed_at=clock.now())
    lines.update(left=False)
    return found


def _leave(ask: Ask, found: list[int], by: By) -> list[int]:
    lines = AskSubject.objects.within(EVERYTHING).filter(pk__in=keys(found))
    waiting = lines.exclude(state__in=[state.value for state in ANSWERED])
    _withdraw(ask, waiting, by)
    waiting.update(state=SubjectState.MOVED, changed_at=clock.now())
    lines.update(left=True)
    return found


def _follow(ask: Ask, found: list[int], by: By) -> list[int]:
    """Lines go to the door behind which their person lives now, and are done where all is known there."""
    if not found:
        return found
    lines = AskSubject.objects.within(EVERYTHING).filter(pk__in=keys(found))
    waiting = lines.exclude(state__in=[state.value for state in ANSWERED])
    _withdraw(ask, waiting, by)
    home = Person.objects.within(EVERYTHING).filter(pk=OuterRef("person"))
    lines.update(door=Subquery(home.values(d=targets.door())[:1]))
    waiting.filter(state__in=OF_THE_DOOR).update(state=SubjectState.NOT_YET, changed_at=clock.now())
    known = coming.answered_at_new_door(ask, found)
    waiting.filter(person__in=keys(known)).update(state=SubjectState.DONE, changed_at=clock.now())
    return found


def _arrive(ask: Ask, where: Scope) -> int:
    """Subjects that were not listed: added apart, known at once where their answers are."""
    column = "person" if ask.subject == SubjectKind.PERSON else "door"
    now = listed(ask.response, ask.area, SubjectKind(ask.subject), ask.target)
    if not where.everything:
        now = now.filter(where.q("home" if column == "person" else ""))
    known = targets.with_known(now, reading.questions_of(ask), few=not where.everything)
    there = f"SELECT 1 FROM wangge_asksubject x WHERE x.ask_id = {int(ask.pk)} AND x.{column}_id = n.s_{column}"  # noqa: S608
    new = Part(f"SELECT * FROM ({known.sql}) n WHERE NOT EXISTS ({there})", known.params)  # noqa: S608
    wide = f"FROM ({new.sql}) s JOIN wangge_place c ON c.path = s.s_community"
    same = f"t.ask_id = {int(ask.pk)} AND t.place_id = c.id AND COALESCE(t.grid_id, 0) = COALESCE(s.s_grid, 0)"
    figures, zeros = ", ".join(f'"{name}"' for name in reading.FIGURES), ", ".join("0" for _ in reading.FIGURES)
    run(
        f"INSERT INTO wangge_asktally (ask_id, place_id, grid_id, {figures}) "  # noqa: S608  # our own query
        f"SELECT DISTINCT {int(ask.pk)}, c.id, s.s_grid, {zeros} {wide} "
        f"WHERE NOT EXISTS (SELECT 1 FROM wangge_asktally t WHERE {same})",
        new.params,
    )
    return run(
        "INSERT INTO wangge_asksubject "
        '(uuid, ask_id, tally_id, door_id, person_id, state, arrived, "left", changed_at) '
        f"SELECT {new_uuid()}, {int(ask.pk)}, t.id, s.s_door, s.s_person, "
        f"CASE WHEN s.s_known = 1 THEN 'known' ELSE 'not_yet' END, %s, %s, %s {wide} JOIN wangge_asktally t ON {same}",
        (True, False, connection.ops.adapt_datetimefield_value(clock.now()), *new.params),
    )


def renew_all(*, by: By) -> int:
    """Every open ask's list, each by itself; how many had changed."""
    asks = Ask.objects.filter(state=AskState.OPEN).order_by("id")
    return sum(any(renew_list(ask=ask, by=by)) for ask in asks)


def renew_near(*, paths: Sequence[str], by: By, before: Iterable[str] = ()) -> int:
    """The lists of open asks around or in some places (by path), compared at these places alone.

    ``before``: what else lay around them until now. Returns how many lists had changed.
    """
    around = {end for path in (*paths, *before) for end in (*ancestors(path), path)}
    which = Q(area__path__in=around)
    for path in paths:
        which |= under(path, "area")
    asks = Ask.objects.filter(which, state=AskState.OPEN).order_by("id")
    return sum(any(renew_list(ask=ask, by=by, where=Scope(prefixes=tuple(paths)))) for ask in asks)
