"""The door not yet reached: the list behind every figure of the board. Doors and staff, never residents' names,
unless the reader's post opens records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope, ScopedQuerySet
from wangge.base.privacy import mask_name
from wangge.domains.duty.queries import who_answers
from wangge.domains.places.models import Grid
from wangge.domains.places.queries import labels
from wangge.domains.places.queries.scoped import grids_of, touched
from wangge.domains.places.rules import DIVISIONS, Kind
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.queries import in_places_named
from wangge.domains.work.rounds import doors, in_column, in_no_grid, posts_of, raised_to, still_open
from wangge.domains.work.rules import COLUMNS, Outcome
from wangge.domains.work.saying import words_of
from wangge.domains.work.words import COLUMNS as WORDS
from wangge.domains.work.words import OUTCOMES
from wangge.web.access import Asked, needs
from wangge.web.command.here import Here, here, kept, typed
from wangge.web.command.words import who
from wangge.web.field.cards import day_hour

PAGE = 50


@needs(Right.SEE_BOARD)
@require_safe
def not_reached(request: Asked, uuid: UUID) -> HttpResponse:
    """The doors of a place, late ones first; ``show``, ``column``, ``grid`` and ``q`` narrow the list."""
    at = here(request, uuid, touched)
    chosen = {name: typed(request, name) for name in ("show", "column", "grid", "q")}
    grids = list(grids_of(at.place, at.scope)) if at.place.kind == Kind.COMMUNITY else []
    context = {
        "here": at, "filters": _filters(at, grids, chosen), "q": chosen["q"], "keep": kept(request),
        "page_back": at.link("board-place") if at.place.kind in DIVISIONS else None,
    }  # fmt: skip
    if at.response:
        page = Paginator(_chosen(at, at.response, grids, chosen), PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": rows(list(page.object_list), at.response, request.by)}
    return render(request, "wangge/command/not_reached.html", context)


def _chosen(at: Here, response: Response, grids: list[Grid], chosen: dict[str, str]) -> ScopedQuerySet[Task]:
    found = doors(_narrowed(at, grids, chosen["grid"]), response)
    if chosen["grid"] == "none":
        found = in_no_grid(found)
    if chosen["show"] == "here":
        found = raised_to(found, at.place)
    elif chosen["show"] != "all":
        found = still_open(found, late=chosen["show"] == "late", raised=chosen["show"] == "raised")
    if chosen["column"] in COLUMNS:
        found = in_column(found, chosen["column"])
    return in_places_named(found, chosen["q"]) if chosen["q"] else found


def _narrowed(at: Here, grids: list[Grid], grid: str) -> Scope:
    """Only one grid of those the reader sees; raises Grid.DoesNotExist for another."""
    if not grid or (grid == "none" and at.whole):
        return at.scope
    for one in grids:
        if str(one.uuid) == grid:
            return Scope(grids=frozenset({one.pk}))
    raise Grid.DoesNotExist


def _filters(at: Here, grids: list[Grid], chosen: dict[str, str]) -> list[dict[str, Any]]:
    shown = [
        ("", _("not reached yet")), ("late", _("late")), ("raised", _("sent up a level")),
        ("here", _("sent up to here")), ("all", _("all, finished ones too")),
    ]  # fmt: skip
    outcomes = [("", _("any")), *((column, WORDS[column]) for column in COLUMNS)]
    filters: list[dict[str, Any]] = [
        {"name": "show", "label": _("Which doors"), "chosen": chosen["show"], "options": shown},
        {"name": "column", "label": _("Last outcome"), "chosen": chosen["column"], "options": outcomes},
    ]
    if grids:
        named = [("", _("all")), *((str(grid.uuid), grid.name) for grid in grids)]
        named += [("none", _("In no grid"))] if at.whole else []
        filters.append({"name": "grid", "label": _("Grid"), "chosen": chosen["grid"], "options": named})
    if at.response and len(at.responses) > 1:
        open_ = [(str(one.uuid), one.title) for one in at.responses]
        filters.append({"name": "response", "label": _("Response"), "chosen": str(at.response.uuid), "options": open_})
    return filters


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One door. ``people`` are its persons one by one: label, state, its word and the hour."""

    label: str
    url: str
    what: list[str]
    due: str
    late: bool
    held_by: str
    post: str
    raised: str
    state: str
    state_label: str
    people: list[dict[str, str]]

    @property
    def reached(self) -> int:
        """How many of them were reached: served, or known not to need it any more."""
        return sum(one["state"] != Outcome.NOT_YET for one in self.people)


def rows(tasks: Sequence[Task], response: Response, by: By) -> list[DoorRow]:
    """The doors of a page with a fixed number of queries."""
    named = labels([task.door for task in tasks])
    answering = who_answers(posts_of(tasks))
    edition, now = in_force(response), clock.now()
    return [
        DoorRow(
            label=named[task.door_id], url=_door_url(task, by), due=day_hour(task.due_at) if not task.closed_at else "",
            what=words_of([item for item in task.items.all() if item.closed_at is None], edition),
            late=_is_late(task, now), held_by=who(task.post, answering[task.post.pk]), post=task.post.title,
            raised=who(task.raised_to, answering[task.raised_to.pk]) if task.raised_to else "",
            state=task.outcome, state_label=str(OUTCOMES[task.outcome]), people=_people(task, by),
        )
        for task in tasks
    ]  # fmt: skip


def _is_late(task: Task, now: datetime) -> bool:
    return task.closed_at is None and task.due_at <= now


def _holds(by: By, right: Right, task: Task) -> bool:
    return by.may(right) and by.scope(right).covers(task.door.path, task.door.grid_id)


def _door_url(task: Task, by: By) -> str:
    return reverse("door", args=[task.uuid]) if _holds(by, Right.WORK_DOORS, task) else ""


def _people(task: Task, by: By) -> list[dict[str, str]]:
    """Person by person: reached, or not yet. Without the right to open records they are numbers."""
    named = _holds(by, Right.OPEN_RECORD, task)
    items = [item for item in task.items.all() if item.person_id and item.state != TaskItem.State.WITHDRAWN]
    found = []
    for number, (_key, group) in enumerate(groupby(items, key=lambda item: item.person_id), 1):
        mine = list(group)
        label = mask_name(mine[0].person.name) if named and mine[0].person else _("person %(n)s") % {"n": number}
        found.append({"label": label, **_stands(mine)})
    return found


def _stands(items: Sequence[TaskItem]) -> dict[str, str]:
    """How things stand with one person: not yet while anything is open, else the last thing that happened."""
    if any(item.closed_at is None for item in items):
        return {"state": Outcome.NOT_YET, "word": str(OUTCOMES[Outcome.NOT_YET]), "when": ""}
    last = max(items, key=lambda item: item.closed_at or item.due_at)
    outcome = last.outcome or Outcome.DONE
    return {"state": outcome, "word": str(OUTCOMES[outcome]), "when": day_hour(last.closed_at or last.due_at)}
