"""Sending an ask: what is known counts at once, the rest goes to doors; or it is refused, with a pointer.

Everything between the list and the doors is set-based: the rows never come to this process.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max, QuerySet

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.sets import new_uuid, part, run, with_room, written
from wangge.domains.asking import tallies
from wangge.domains.asking.inputs import read_target, target_data
from wangge.domains.asking.models import Ask, AskQuestion, AskSubject, Question
from wangge.domains.asking.queries import reading, targets
from wangge.domains.asking.queries.targets import Estimate
from wangge.domains.asking.rules import EVERYBODY, LONGEST, AskState, SubjectKind, SubjectState, Target, wrong_times
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import answers_for, chains_of
from wangge.domains.places.models import Grid, Place
from wangge.domains.protocol import queries as protocols
from wangge.domains.protocol.models import Response
from wangge.domains.work.actions import put_list

KIND = "ask"  # of the items at doors


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to ask. ``questions`` are names of the bank; ``only``: the keys of doors or persons of a
    list that was handed down. ``ground`` '' is the Response's own."""

    response: Response
    area: Place
    title: str
    purpose: str
    questions: tuple[str, ...]
    deadline: datetime
    ends_at: datetime
    target: Target = EVERYBODY
    ground: str = ""
    only: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A wish that can be sent: its questions, whom it lists, and in which grids where the asker has only these."""

    wish: Wish
    questions: list[Question]
    kind: SubjectKind
    grids: tuple[int, ...]

    @property
    def data(self) -> dict[str, Any]:
        """The target as it is kept."""
        only = {} if self.wish.only is None else {"only": list(self.wish.only)}
        return target_data(self.wish.target) | only | ({"grids": list(self.grids)} if self.grids else {})


def estimate(*, wish: Wish, by: By) -> tuple[Estimate, dict[Ask, bool]]:
    """What sending it would mean, and the open asks that collect some of it already, with whether each takes all:
    such a one refuses it. Writes nothing."""
    checked = check(wish, by)
    target = listed(wish.response, wish.area, checked.kind, checked.data)
    covered = {one: reading.takes_all(one, wish.area, checked.data) for one in _covering(checked)}
    return targets.estimate(target, checked.questions, reading.costs()), covered


def _covering(checked: Checked) -> list[Ask]:
    wish = checked.wish
    return reading.covering(wish.area, checked.questions, grids=checked.grids, only=wish.only)


def check(wish: Wish, by: By) -> Checked:
    """Whether this may be asked here, now, by this person. Raises Problem or NotAllowed."""
    grids = _grids(wish.area, by)
    if wish.response.closed_at or not protocols.still_open(wish.response):
        raise Problem("response_closed")
    if not wish.area.path.startswith(wish.response.area.path):
        raise Problem("ask_outside_response", field="area", name=wish.response.area.name)
    for name in ("title", "purpose"):
        if not getattr(wish, name).strip():
            raise Problem(f"ask_{name}_missing", field=name)
    if wrong := wrong_times(clock.now(), wish.deadline, wish.ends_at):
        raise Problem(wrong, field="deadline" if wrong == "deadline_passed" else "ends_at", days=LONGEST.days)
    questions, kind = _asked(wish)
    return Checked(wish, questions, kind, grids)


def _asked(wish: Wish) -> tuple[list[Question], SubjectKind]:
    """The questions, and whether homes or people are counted."""
    questions = reading.questions(wish.questions)
    if not questions:
        raise Problem("questions_missing", field="questions")
    if unknown := sorted(set(wish.questions) - {question.name for question in questions}):
        raise Problem("question_unknown", field="questions", name=unknown[0])
    kinds = {SubjectKind(question.subject) for question in questions}
    if len(kinds) > 1 and wish.only is None:  # one denominator is either homes or people
        raise Problem("questions_mixed", field="questions")
    return questions, SubjectKind.PERSON if SubjectKind.PERSON in kinds else SubjectKind.HOUSEHOLD


def _grids(area: Place, by: By) -> tuple[int, ...]:
    """The grids of an area to which somebody's right to ask is confined; none where it holds in the whole area."""
    scope = by.scope(Right.ASK)
    if scope.covers(area.path, area.grid_id):
        return ()
    mine = Grid.objects.filter(pk__in=scope.grids, community__path__in=[area.path[:16]]).order_by("pk")
    if found := tuple(mine.values_list("pk", flat=True)):
        return found
    raise NotAllowed(Right.ASK)


def listed(response: Response, area: Place, kind: SubjectKind, data: dict[str, Any]) -> "QuerySet[Any, Any]":
    """The list that a kept target means now. A list handed down can name people noted for its Response alone."""
    noted_for = response.uuid if "only" in data else None
    found = targets.subjects(area, kind, read_target(data), data.get("only"), noted_for)
    return found.filter(s_grid__in=data["grids"]) if data.get("grids") else found


def would_list(*, wish: Wish, by: By) -> tuple[int, ...]:
    """Keys of the doors or persons whom sending this would list now."""
    checked = check(wish, by)
    found = listed(wish.response, wish.area, checked.kind, checked.data)
    column = "s_person" if checked.kind is SubjectKind.PERSON else "s_door"
    return tuple(sorted(found.values_list(column, flat=True)))


@transaction.atomic
def send_ask(*, wish: Wish, by: By, superior: Post | None = None, uuid: UUID | None = None) -> Ask:
    """Freeze the list, count what is known, put the rest at doors. Sent twice (same ``uuid``) it is one ask.

    Where an open ask collects one of the questions already it is refused with a pointer to that one; with a
    ``superior`` it is kept as proposed instead, and goes out when the superior confirms it.
    """
    key = uuid or uuid7()
    known = Ask.objects.filter(uuid=key).first()
    if known:
        return known
    checked = check(wish, by)
    Response.objects.select_for_update().get(pk=wish.response.pk)  # one ask at a time: numbers, and who was first
    covered = [one for one in _covering(checked) if reading.takes_all(one, wish.area, checked.data)]
    if not covered:
        return _go_out(_made(checked, by, key, None, None), by)
    if superior is None:
        raise _covered(covered[0], checked.questions)
    _check_superior(superior, by)
    ask = _made(checked, by, key, covered[0], superior)
    record(
        "asking.proposed", by=by, subject=ask.uuid, place=ask.area.uuid, response=ask.response.uuid,
        data={"covered_by": str(covered[0].uuid), "superior": str(superior.uuid)},
    )  # fmt: skip
    return ask


def _covered(other: Ask, questions: Sequence[Question]) -> Problem:
    both = [one.name for one in questions if one.pk in set(other.asked.values_list("question", flat=True))]
    return Problem(
        "ask_covered", field="questions", number=other.number, title=other.title, questions=", ".join(both),
        place=other.area.name, ask=str(other.uuid),
    )  # fmt: skip


def _check_superior(superior: Post, by: By) -> None:
    """The superior is a post above the one that asks."""
    if by.system:
        return
    acting = Post.objects.filter(uuid=by.post).first() if by.post else None
    above = chains_of([acting])[acting.pk][1:] if acting else []
    if superior.pk not in above:
        raise Problem("not_the_superior", field="superior", name=superior.title)


def _made(checked: Checked, by: By, uuid: UUID, covers: Ask | None, superior: Post | None) -> Ask:
    wish = checked.wish
    last = Ask.objects.filter(response=wish.response).aggregate(last=Max("number"))["last"] or 0
    ask = Ask.objects.create(
        uuid=uuid, response=wish.response, number=last + 1, title=wish.title.strip(), purpose=wish.purpose.strip(),
        ground=wish.ground.strip() or wish.response.ground, area=wish.area, subject=checked.kind, target=checked.data,
        life_saving=protocols.in_force(wish.response).saves_lives, deadline=wish.deadline, ends_at=wish.ends_at,
        state=AskState.PROPOSED, account=by.account, post=by.post, created_at=clock.now(), covers=covers,
        superior=superior if covers else None,
    )  # fmt: skip
    AskQuestion.objects.bulk_create(AskQuestion(ask=ask, question=question) for question in checked.questions)
    return ask


@transaction.atomic
def confirm_ask(*, ask: Ask, ends_at: datetime, by: By) -> Ask:
    """The superior who was named lets it go out all the same, until a day that the superior sets. Twice is once."""
    ask = _held(ask)
    _need_superior(ask, by)
    if ask.state == AskState.OPEN and ask.confirmed_by == by.account:
        return ask
    _still_proposed(ask)
    if wrong := wrong_times(clock.now(), ask.deadline, ends_at):
        raise Problem(wrong, field="ends_at", days=LONGEST.days)
    ask.ends_at, ask.confirmed_at, ask.confirmed_by = ends_at, clock.now(), by.account
    ask.save(update_fields=["ends_at", "confirmed_at", "confirmed_by"])
    record("asking.confirmed", by=by, subject=ask.uuid, place=ask.area.uuid, response=ask.response.uuid)
    return _go_out(ask, by)


@transaction.atomic
def decline_ask(*, ask: Ask, by: By) -> Ask:
    """The superior leaves it at the ask that exists already."""
    ask = _held(ask)
    _need_superior(ask, by)
    _still_proposed(ask)
    ask.state, ask.closed_at = AskState.DECLINED, clock.now()
    ask.save(update_fields=["state", "closed_at"])
    record("asking.declined", by=by, subject=ask.uuid, place=ask.area.uuid, response=ask.response.uuid)
    return ask


def _held(ask: Ask) -> Ask:
    Ask.objects.select_for_update().get(pk=ask.pk)
    return Ask.objects.select_related("response", "area", "superior").get(pk=ask.pk)


def _need_superior(ask: Ask, by: By) -> None:
    if not by.system and not (ask.superior_id and answers_for(by.account, {ask.superior_id})):
        raise Problem("only_the_superior", name=ask.superior.title if ask.superior else "")


def _still_proposed(ask: Ask) -> None:
    if ask.state != AskState.PROPOSED:
        raise Problem("decided_already")
    if not protocols.still_open(ask.response):
        raise Problem("response_closed")


def _go_out(ask: Ask, by: By) -> Ask:
    """The list is frozen and what is known counted; the doors follow."""
    questions = reading.questions_of(ask)
    target = listed(ask.response, ask.area, SubjectKind(ask.subject), ask.target)
    ask.state, ask.sent_at = AskState.OPEN, clock.now()
    ask.save(update_fields=["state", "sent_at"])
    _freeze(ask, target, questions)
    tallies.refresh_all(ask)
    lines = AskSubject.objects.within(EVERYTHING).filter(tally__ask=ask, state=SubjectState.NOT_YET).order_by()
    put = put_list(
        response=ask.response, area=ask.area, kind=KIND, due_at=ask.deadline, by=by, cause=ask.uuid,
        lines=lines.annotate(s_door=F("door_id"), s_person=F("person_id"), s_cause=F("uuid")).values(
            "s_door", "s_person", "s_cause"
        ),
    )  # fmt: skip
    found = reading.sums(ask, "")
    record(
        "asking.sent", by=by, subject=ask.uuid, place=ask.area.uuid, response=ask.response.uuid,
        data={"number": ask.number, "expected": found["expected"], "known": found["known"], "doors": put.doors,
              "questions": [question.name for question in questions]},
    )  # fmt: skip
    return ask


def _freeze(ask: Ask, target: "QuerySet[Any, Any]", questions: Iterable[Question]) -> None:
    """The list and its tallies. It is made before anything is joined to it: PostgreSQL expects one row of a join by
    part of a path, and would then compare every door with every answer."""
    with_room()
    everybody, known = part(target), targets.with_known(target, list(questions))
    listed = "WITH s AS MATERIALIZED ({0})"
    wide = "FROM s JOIN wangge_place c ON c.path = s.s_community"
    figures = ", ".join(f'"{name}"' for name in reading.FIGURES)
    zeros = ", ".join("0" for _ in reading.FIGURES)
    run(
        f"INSERT INTO wangge_asktally (ask_id, place_id, grid_id, {figures}) "
        f"{listed.format(everybody.sql)} SELECT DISTINCT {int(ask.pk)}, c.id, s.s_grid, {zeros} {wide}",
        everybody.params,
    )
    made = run(
        "INSERT INTO wangge_asksubject "
        '(uuid, ask_id, tally_id, door_id, person_id, state, arrived, "left", changed_at) '
        f"{listed.format(known.sql)} SELECT {new_uuid()}, {int(ask.pk)}, t.id, s.s_door, s.s_person, "
        f"CASE WHEN s.s_known = 1 THEN 'known' ELSE 'not_yet' END, %s, %s, %s {wide} "
        f"JOIN wangge_asktally t ON t.ask_id = {int(ask.pk)} AND t.place_id = c.id "
        "AND COALESCE(t.grid_id, 0) = COALESCE(s.s_grid, 0)",
        (*known.params, False, False, connection.ops.adapt_datetimefield_value(clock.now())),
    )
    written(made, "wangge_asksubject", "wangge_asktally")
