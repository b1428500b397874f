"""A list that asks questions of the bank: sent on as an ask of its own people, each question once, whoever asks it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.domains.asking.actions import Wish, send_ask, would_list
from wangge.domains.asking.models import Answer, Ask, AskSubject, Question
from wangge.domains.asking.rules import ANSWERED, AnswerState, AskState, SubjectKind
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.people.queries import door_of
from wangge.domains.work.models import TaskItem

GRACE = timedelta(days=7)  # beyond the deadline an ask of a list ends by itself


@dataclass(frozen=True, slots=True)
class Line:
    """What an ask's list says of a row's person: answered (when, by whom), or the item at the door."""

    item: TaskItem | None
    at: datetime | None = None
    account: UUID | None = None
    post: UUID | None = None


def ask_rows(list_: HandedList, rows: Sequence[ListRow], by: By) -> dict[int, Line]:
    """Put the list's questions to these rows' people; returns by row's key what each has become.

    Whoever is on an open ask with these questions already stays there; whoever cannot be asked (dead, or no longer in
    the list's area) becomes nothing. Raises Problem where another ask covers the area and does not list the others:
    its number is said.
    """
    questions = list(Question.objects.filter(name__in=list_.questions))
    kind = SubjectKind.PERSON if any(q.subject == SubjectKind.PERSON for q in questions) else SubjectKind.HOUSEHOLD
    keys = {row.pk: _key(row, kind) for row in rows}
    on_a_list = _lines(_asks(list_, questions), keys.values(), kind)
    rest = tuple(sorted(set(keys.values()) - on_a_list.keys()))
    if rest and (there := would_list(wish=_wish(list_, rest), by=by)):  # an ask of nobody would stand in the way
        ask = send_ask(wish=_wish(list_, there), by=by, uuid=uuid7())
        list_.ask = list_.ask or ask.uuid
        list_.save(update_fields=["ask"])
        on_a_list |= _lines([ask], rest, kind)
    known = _known(on_a_list.values(), questions, kind)
    items = _items(on_a_list.values())
    return {pk: _line(on_a_list[key], items, known.get(key)) for pk, key in keys.items() if key in on_a_list}


def _key(row: ListRow, kind: SubjectKind) -> int:
    if row.person is None:
        raise ValueError("nobody to ask")
    return row.person.pk if kind == SubjectKind.PERSON else door_of(row.person.home).pk


def _asks(list_: HandedList, questions: Sequence[Question]) -> list[Ask]:
    """Open asks of this Response that put all of these questions."""
    found = Ask.objects.filter(response=list_.response, state=AskState.OPEN)
    for one in questions:
        found = found.filter(asked__question=one)
    return list(found.order_by("number"))


def _wish(list_: HandedList, only: tuple[int, ...]) -> Wish:
    """The ask is named after the office and its batch: a list's title may name somebody, and an ask's is open."""
    named = f"{list_.sender} {list_.batch}".strip() or "—"
    return Wish(
        list_.response, list_.place, named, named,
        tuple(list_.questions), list_.due_at, list_.due_at + GRACE, only=only,
    )  # fmt: skip


def _lines(asks: Sequence[Ask], keys: Iterable[int], kind: SubjectKind) -> dict[int, AskSubject]:
    """The lines of some asks about these people or doors, by their key."""
    field = "person" if kind == SubjectKind.PERSON else "door"
    wanted = AskSubject.objects.within(EVERYTHING).filter(ask__in=asks, left=False, **{f"{field}__in": set(keys)})
    wanted = wanted if kind == SubjectKind.PERSON else wanted.filter(person__isnull=True)
    return {getattr(one, f"{field}_id"): one for one in wanted.order_by("-id")}


def _known(lines: Iterable[AskSubject], questions: Sequence[Question], kind: SubjectKind) -> dict[int, Answer]:
    """For lines that are answered the last of the answers, which says who asked and when."""
    field = "person" if kind == SubjectKind.PERSON else "door"
    keys = {getattr(one, f"{field}_id") for one in lines if one.state in ANSWERED}
    current = Answer.objects.within(EVERYTHING).filter(
        question__in=questions, state=AnswerState.CURRENT, **{f"{field}__in": keys}
    )  # fmt: skip
    last = current.order_by().values(field).annotate(last=Max("at"))
    times = {row[field]: row["last"] for row in last}
    found = current.filter(at__in=set(times.values())).order_by("id")
    return {key: one for one in found if times.get(key := getattr(one, f"{field}_id")) == one.at}


def last_answer(row: ListRow) -> Answer | None:
    """The last answer to a question of the row's list, by the person or at the door: who asked, when and how."""
    if row.item is None or not row.list.questions:
        return None
    who = Q(person=row.person_id) | Q(door=row.item.task.door_id, person__isnull=True)
    said = Answer.objects.within(EVERYTHING).filter(who, question__name__in=row.list.questions)
    return said.order_by("-at", "-id").first()


def _items(lines: Iterable[AskSubject]) -> dict[UUID, TaskItem]:
    """What is to be done at doors for these lines: the item's cause is the line's id."""
    causes = [one.uuid for one in lines]
    found = TaskItem.objects.within(EVERYTHING).filter(cause__in=causes).order_by("id")
    return {one.cause: one for one in found}


def _line(one: AskSubject, items: dict[UUID, TaskItem], answer: Answer | None) -> Line:
    if one.state in ANSWERED:
        at = answer.at if answer else one.changed_at
        return Line(None, at, answer.account if answer else None, answer.post if answer else None)
    return Line(items.get(one.uuid))
