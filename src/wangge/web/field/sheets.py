"""The same day on paper: a sheet per building to print, and the page to type it in later."""

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import derived
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.duty.badges import number_of
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.places.queries.scoped import touched
from wangge.domains.protocol.queries import in_force
from wangge.domains.work import actions
from wangge.domains.work.inputs import read_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.queries import buildings, in_building, mine
from wangge.domains.work.rules import Channel
from wangge.domains.work.saying import words_of
from wangge.domains.work.words import OUTCOMES
from wangge.web.access import Asked, needs
from wangge.web.field.cards import day_hour
from wangge.web.problems import sentence

MOST = 400  # doors on one sheet: a building has fewer


@needs(Right.WORK_DOORS)
def sheets(request: Asked) -> HttpResponse:
    """The buildings one has open doors in."""
    return render(request, "wangge/field/sheets.html", {"buildings": buildings(mine(request.account))})


@needs(Right.WORK_DOORS)
def sheet(request: Asked, uuid: UUID) -> HttpResponse:
    """One building's sheet, ready to print."""
    return _printed(request, [touched(request.by.scope(Right.WORK_DOORS), uuid)])


@needs(Right.WORK_DOORS)
def print_all(request: Asked) -> HttpResponse:
    """Every building's sheet, each on its own page."""
    return _printed(request, [place for place, _count in buildings(mine(request.account))])


def _printed(request: Asked, places: list[Place]) -> HttpResponse:
    context = {
        "sheets": [_sheet(request, place) for place in places], "outcomes": OUTCOMES.items(),
        "page_back": reverse("sheets"),
    }  # fmt: skip
    return render(request, "wangge/field/sheet.html", context)


def _sheet(request: Asked, place: Place) -> dict[str, Any]:
    tasks = list(in_building(request.account, place)[:MOST])
    address = request.build_absolute_uri(reverse("type-in", args=[place.uuid]))
    named = labels([task.door for task in tasks])
    return {
        "response": tasks[0].response if tasks else None,
        "title": place.name, "place": full_label(place), "worker": request.account.name,
        "check": number_of(request.account),
        "printed": day_hour(clock.now()), "code": str(place.uuid)[-8:], "drill": any(t.response.drill for t in tasks),
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2),
        "rows": [_row(task, named[task.door_id]) for task in tasks],
    }  # fmt: skip


def _row(task: Task, name: str) -> dict[str, Any]:
    waiting = [item for item in task.items.all() if item.closed_at is None]
    names = dict.fromkeys(mask_name(item.person.name) for item in waiting if item.person)
    return {
        "task": task, "door": name, "people": list(names), "what": words_of(waiting, in_force(task.response)),
        "uuid": derived("sheet", task.uuid, clock.today()),
    }  # fmt: skip


@needs(Right.WORK_DOORS)
def type_in(request: Asked, uuid: UUID) -> HttpResponse:
    """Type a sheet in: each row on its own; what cannot be taken comes back with its reason, the rest is recorded."""
    place = touched(request.by.scope(Right.WORK_DOORS), uuid)
    tasks = list(in_building(request.account, place)[:MOST])
    named = labels([task.door for task in tasks])
    rows = [_row(task, named[task.door_id]) for task in tasks]
    if request.method == "POST":
        done, refused = _take(request, rows)
        if done:
            said = ngettext("%(count)s door was recorded.", "%(count)s doors were recorded.", done) % {"count": done}
            messages.success(request, said)
        if not refused:
            return redirect("sheets")
        rows = refused
    context = {
        "place": place, "where": full_label(place), "rows": rows, "page_back": reverse("sheets"),
        "outcomes": [(value, word) for value, word in OUTCOMES.items() if value not in ("not_yet", "died")],
    }  # fmt: skip
    return render(request, "wangge/field/type_in.html", context, status=422 if request.method == "POST" else 200)


def _take(request: Asked, rows: list[dict[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
    done, refused = 0, []
    for row in rows:
        key = str(row["task"].uuid)
        typed = {"outcome": request.POST.get(f"outcome-{key}", ""), "at": request.POST.get(f"at-{key}", "")}
        if not typed["outcome"] and not typed["at"]:
            continue
        try:
            with transaction.atomic():
                _record(request, row, typed)
            done += 1
        except Problem as problem:
            refused.append(row | {"problem": sentence(problem), "typed": typed})
    return done, refused


def _record(request: Asked, row: dict[str, Any], typed: dict[str, str]) -> None:
    """The id follows from task, day, outcome and hour: the same sheet typed in twice is one attempt."""
    attempt = read_attempt(typed)
    uuid = derived("paper", row["task"].uuid, attempt.outcome, attempt.at or clock.today())
    actions.record_attempt(
        task=row["task"], outcome=attempt.outcome, channel=Channel.PAPER, by=request.by, at=attempt.at, uuid=uuid
    )
