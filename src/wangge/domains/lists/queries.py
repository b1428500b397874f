"""Named reads of lists, within a scope. What a row says is sealed: whoever shows it logs the look."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Substr

from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet, under
from wangge.base.receipts.forms import Row
from wangge.domains.asking.models import Form, Question
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.rules import FRESH, RECENT, ListState, RowState, add_up
from wangge.domains.places.models import Place
from wangge.domains.work.models import Attempt, TaskItem

TABLE, LISTS = "wangge_listrow", "wangge_handedlist"


def lists(scope: Scope) -> ScopedQuerySet[HandedList]:
    """What waits first, then what is due next."""
    found = HandedList.objects.within(scope).select_related("place", "response", "above", "above__place")
    return found.order_by("reported_at", "due_at", "-id")


def one(scope: Scope, uuid: UUID) -> HandedList:
    """Raises HandedList.DoesNotExist, also for another office's."""
    return lists(scope).get(uuid=uuid)


def named(uuid: UUID) -> HandedList | None:
    """For a flow; None for one that was thrown away."""
    return lists(EVERYTHING).filter(uuid=uuid).first()


def of_intake(intake: UUID) -> HandedList | None:
    """The list that was made of a file."""
    return lists(EVERYTHING).filter(intake=intake).first()


def rows(list_: HandedList) -> ScopedQuerySet[ListRow]:
    """In the order of the file. For whoever may see the list."""
    found = ListRow.objects.within(EVERYTHING).filter(list=list_)
    return found.select_related(
        "person", "person__home", "home", "area", "repeats", "onward", "onward__list", "onward__list__place", "item",
        "item__task",
    ).order_by("number")  # fmt: skip


def row(list_: HandedList, number: int) -> ListRow:
    """Raises ListRow.DoesNotExist."""
    return rows(list_).get(number=number)


def content(row: ListRow) -> dict[str, Any]:
    """What the file said; {} once it was deleted."""
    return sealing.unseal(TABLE, row.uuid, row.content)


def top(list_: HandedList) -> list[Row]:
    """What the sender wrote above the table: lines by the number Excel shows."""
    return [(number, cells) for number, cells in sealing.unseal(LISTS, list_.uuid, list_.top).get("rows", [])]


def sealed_top(list_: HandedList, rows: Sequence[Row]) -> bytes:
    """The same as it is kept."""
    kept = {"rows": [[number, list(cells)] for number, cells in rows]}
    return sealing.seal(LISTS, list_.uuid, kept, response=list_.response.uuid) if rows else b""


def document_index(content: Mapping[str, Any]) -> Mapping[str, str]:
    """The blind index of a row's document, worked out from its envelope again for a new key."""
    return {"document_index": sealing.blind("document", str(content.get("document", "")))}


def sums(lists: Iterable[HandedList]) -> dict[int, dict[str, int]]:
    """For each list (by key) its rows by state, with ``rows``, ``open`` and ``ended``: one query for all of them."""
    found: dict[int, dict[str, int]] = {one.pk: {} for one in lists}
    counted = ListRow.objects.within(EVERYTHING).filter(list__in=list(found)).order_by()
    for row in counted.values("list", "state").annotate(number=Count("pk")):
        found[row["list"]][row["state"]] = row["number"]
    return {key: add_up(counts) for key, counts in found.items()}


def questionnaires() -> list[tuple[str, str]]:
    """The questionnaires in use that a list can ask: their id and title."""
    found = Form.objects.filter(retired_at__isnull=True, questions__isnull=False).distinct()
    return list(found.order_by("title").values_list("form_id", "title"))


def questions_of(form: str) -> list[str]:
    """The names of a questionnaire's questions; none for a list that only asks whether people are there."""
    found = Question.objects.filter(form__form_id=form, form__retired_at__isnull=True)
    return list(found.order_by("position").values_list("name", flat=True)) if form else []


#: What is counted of lists, by the states of rows; together they are the people the lists are about.
PARTS: Mapping[str, tuple[RowState, ...]] = {
    "checked": (RowState.DONE, RowState.KNOWN),
    "open": (RowState.MATCHED, RowState.TO_RESOLVE, RowState.ELSEWHERE, RowState.ASKED),
    "forwarded": (RowState.FORWARDED,),
    "returned": (RowState.RETURNED,),
}


def by_place(scope: Scope, prefix: str, depth: int) -> dict[str, dict[str, int]]:
    """The lists of the offices below a place, by the first ``depth`` characters of their path: ``lists``, ``people``,
    each of PARTS, and of the open ones ``late`` past their deadline. One statement, however many lists."""
    late = Q(state__in=PARTS["open"], list__due_at__lte=clock.now())
    found = ListRow.objects.within(scope).filter(under(prefix, "list__place")).order_by()
    states = [state for some in PARTS.values() for state in some]
    counted = found.annotate(place=Substr("list__place__path", 1, depth)).values("place").annotate(
        lists=Count("list", distinct=True), people=Count("pk", filter=Q(state__in=states)),
        late=Count("pk", filter=late),
        **{name: Count("pk", filter=Q(state__in=some)) for name, some in PARTS.items()},
    )  # fmt: skip
    return {row.pop("place"): row for row in counted.order_by("place")}


def people_in(list_: HandedList) -> int:
    """How many people the list is about: rows about nobody and repeats left out."""
    states = [RowState.REPEATED, RowState.REMARK]
    return ListRow.objects.within(EVERYTHING).filter(list=list_).exclude(state__in=states).count()


def outcomes(list_: HandedList) -> dict[str, int]:
    """What came of the rows that were checked, by outcome."""
    checked = ListRow.objects.within(EVERYTHING).filter(list=list_, state__in=[RowState.DONE, RowState.KNOWN])
    counted = checked.order_by().values("outcome").annotate(number=Count("pk"))
    return {row["outcome"]: row["number"] for row in counted}


def below(list_: HandedList) -> ScopedQuerySet[HandedList]:
    """The lists that were made of this one's rows, one for each office they went to."""
    return HandedList.objects.within(EVERYTHING).filter(above=list_).select_related("place").order_by("place__path")


def earlier(list_: HandedList, people: Iterable[int], now: datetime) -> dict[int, ListRow]:
    """For people (by key) the row of another list that answers for them: checked lately, else being checked now.

    Only of the same Response, and of a list that asks at least what this one asks.
    """
    wanted = set(people)
    checked = Q(state__in=[RowState.DONE, RowState.KNOWN], checked_at__gte=now - FRESH)
    asked = Q(state=RowState.ASKED, item__state=TaskItem.State.OPEN)
    found: dict[int, ListRow] = {}
    others = ListRow.objects.within(EVERYTHING).filter(
        checked | asked, list__response=list_.response_id, person__in=wanted
    )
    others = others.exclude(list=list_).exclude(list__state__in=[ListState.READING, ListState.LOOKED])
    for one in others.select_related("list", "item").order_by("-checked_at", "-id"):
        covers = set(list_.questions) <= set(one.list.questions)
        before = found.get(one.person_id or 0)
        better = before is None or (before.state == RowState.ASKED and one.state != RowState.ASKED)
        if covers and better and one.person_id:
            found[one.person_id] = one
    return found


def same_elsewhere(row: ListRow) -> ScopedQuerySet[ListRow]:
    """Rows of other lists about the same person, by record or document: the overlap, the latest first."""
    same = Q(pk__in=())
    if row.person_id:
        same |= Q(person=row.person_id)
    if row.document_index:
        same |= Q(document_index=row.document_index)
    others = ListRow.objects.within(EVERYTHING).filter(same, list__response=row.list.response_id)
    others = (
        others.exclude(list=row.list_id)
        .exclude(state=RowState.REPEATED)
        .exclude(source__list=row.list_id)
        .exclude(onward__list=row.list_id)
    )
    return others.select_related("list", "list__place", "item__task").order_by("-list__received_at", "-id")


def contacts(people: Iterable[int], now: datetime | None = None) -> dict[int, tuple[int, datetime]]:
    """For people (by key) how often somebody tried to reach them lately, and when last."""
    since = (now or clock.now()) - RECENT
    tried = Attempt.objects.within(EVERYTHING).filter(person__in=list(people), at__gte=since)
    counted = tried.order_by().values("person").annotate(number=Count("pk"), last=Max("at"))
    return {row["person"]: (row["number"], row["last"]) for row in counted}


def tries(person: int, now: datetime | None = None) -> ScopedQuerySet[Attempt]:
    """The attempts of recent days themselves, the latest first."""
    since = (now or clock.now()) - RECENT
    return Attempt.objects.within(EVERYTHING).filter(person=person, at__gte=since).order_by("-at", "-id")


def finished_items(task: UUID | None) -> ScopedQuerySet[ListRow]:
    """Rows that wait for something at a door which is no longer open there; of one task, or of all."""
    waiting = ListRow.objects.within(EVERYTHING).filter(state=RowState.ASKED, item__isnull=False)
    waiting = waiting.exclude(item__state=TaskItem.State.OPEN)
    waiting = waiting.filter(item__task__uuid=task) if task else waiting
    return waiting.select_related("list", "item", "item__task").order_by("id")


def put_again(rows: Iterable[ListRow]) -> dict[UUID, TaskItem]:
    """What is open for the same cause as something of these rows that was taken back, by cause."""
    causes = {row.item.cause for row in rows if row.item and row.item.state == TaskItem.State.WITHDRAWN}
    found = TaskItem.objects.within(EVERYTHING).filter(cause__in=causes, state=TaskItem.State.OPEN)
    return {one.cause: one for one in found}


def communities(paths: Iterable[str]) -> dict[str, Place]:
    """Places by path."""
    return {place.path: place for place in Place.objects.filter(path__in=set(paths))}
