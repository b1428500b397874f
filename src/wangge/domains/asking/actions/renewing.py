"""People come and go while an ask runs: whoever comes is put on the list apart, whoever goes is marked; the frozen
denominator stays what it was."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.sets import Part, keys, new_uuid, part, run
from wangge.domains.asking import tallies
from wangge.domains.asking.actions.sending import KIND, listed
from wangge.domains.asking.models import Ask, AskSubject
from wangge.domains.asking.queries import reading, targets
from wangge.domains.asking.rules import ANSWERED, EVERYBODY, AskState, SubjectKind, SubjectState
from wangge.domains.places.models import Place
from wangge.domains.work.actions import put_list, withdraw_list


@transaction.atomic
def renew_list(*, ask: Ask, by: By, doors: Iterable[Place] | None = None) -> tuple[int, int]:
    """Compare an open ask's list with who lives there now, everywhere or at some doors. Twice is once.

    Returns how many arrived and how many left. Who arrived is asked too, outside of what was expected. Who left
    before answering counts as moved, and nobody goes there for them any more.
    """
    Ask.objects.select_for_update().get(pk=ask.pk)
    ask = Ask.objects.select_related("area", "response").get(pk=ask.pk)
    if ask.state != AskState.OPEN:
        return 0, 0
    at = None if doors is None else [door.pk for door in doors]
    now = listed(ask.area, SubjectKind(ask.subject), ask.target)
    left = _leave(ask, targets.subjects(ask.area, SubjectKind(ask.subject), EVERYBODY), at, by)
    arrived = _arrive(ask, now if at is None else now.filter(s_door__in=keys(at)))
    if not arrived and not left:
        return 0, 0
    tallies.refresh_all(ask)
    if arrived:
        lines = AskSubject.objects.within(EVERYTHING).filter(
            tally__ask=ask, arrived=True, state=SubjectState.NOT_YET, left=False
        ).order_by()  # fmt: skip
        columns = lines.annotate(s_door=F("door_id"), s_person=F("person_id"), s_cause=F("uuid"))
        put_list(
            response=ask.response, area=ask.area, kind=KIND, due_at=ask.deadline, by=by, cause=ask.uuid,
            lines=columns.values("s_door", "s_person", "s_cause"),
        )  # fmt: skip
    record(
        "asking.list_renewed", by=by, subject=ask.uuid, place=ask.area.uuid, response=ask.response.uuid,
        data={"arrived": arrived, "left": left},
    )  # fmt: skip
    return arrived, left


def _leave(ask: Ask, everybody: Any, at: list[int] | None, by: By) -> int:
    """Lines whose person or door is no longer there: dead, gone from the area, the place closed."""
    column = "person" if ask.subject == SubjectKind.PERSON else "door"
    gone = AskSubject.objects.within(EVERYTHING).filter(tally__ask=ask, left=False)
    gone = gone.filter(door__in=keys(at)) if at is not None else gone
    gone = gone.exclude(**{f"{column}__in": everybody.values(f"s_{column}")})
    found = list(gone.values_list("pk", flat=True))
    if not found:
        return 0
    lines = AskSubject.objects.within(EVERYTHING).filter(pk__in=keys(found))
    waiting = lines.exclude(state__in=[state.value for state in ANSWERED])
    causes = waiting.order_by().annotate(s_cause=F("uuid")).values("s_cause")
    withdraw_list(response=ask.response, area=ask.area, causes=causes, by=by, cause=ask.uuid)
    waiting.update(state=SubjectState.MOVED, changed_at=clock.now())
    lines.update(left=True)
    return len(found)


def _arrive(ask: Ask, now: Any) -> int:
    """Subjects that were not listed: added apart, known at once where their answers are."""
    known = targets.with_known(now, reading.questions_of(ask))
    column = "s_person" if ask.subject == SubjectKind.PERSON else "s_door"
    listed_already = AskSubject.objects.within(EVERYTHING).filter(tally__ask=ask).order_by()
    there = part(listed_already.values("person" if column == "s_person" else "door"))
    new = Part(f"SELECT * FROM ({known.sql}) n WHERE {column} NOT IN ({there.sql})", (*known.params, *there.params))  # noqa: S608
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
