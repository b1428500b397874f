"""Whole lists at once: one thing to do for each line of a query, put and taken back in a few statements.

What ``put_items`` does door by door for a family, these do for a city: the same rows, the same tallies, one event.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.base.sets import Part, new_uuid, pairs, part, run, written
from wangge.domains.duty.answering import answering_in
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.work import tallies
from wangge.domains.work.actions.items import NobodyAnswers


@dataclass(frozen=True, slots=True)
class Put:
    """How many things were put, behind how many doors."""

    items: int
    doors: int


@transaction.atomic
def put_list(
    *,
    response: Response,
    area: Place,
    lines: "QuerySet[Any, Any]",
    kind: str,
    due_at: datetime,
    by: By,
    cause: UUID | None = None,
    again: bool = False,
) -> Put:
    """Put one thing to do for each line, at its door's one open task. ``lines`` has the columns s_door, s_person
    and s_cause (a uuid), all in the area. A line whose cause has an item already puts nothing; with ``again`` only
    where that one is still open: what was over behind one door is put behind another.

    Raises NobodyAnswers where a door has no post above it.
    """
    wanted = part(lines)
    try:
        with transaction.atomic():
            _make_tasks(response, area, wanted, due_at)
    except IntegrityError as error:
        raise NobodyAnswers(f"a door of {area.uuid}") from error
    items = _make_items(response, wanted, kind, due_at, again=again)
    _pull_deadlines(response, wanted, due_at)
    tallies.refresh_under(response, area.path)
    doors = _doors(wanted)
    record(
        "work.items_put", by=by, response=response.uuid, cause=cause,
        data={"doors": doors, "items": items, "kinds": [kind]},
    )  # fmt: skip
    return Put(items, doors)


def _doors(wanted: Part) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT s_door) FROM ({wanted.sql}) s", wanted.params)  # noqa: S608
        return int(cursor.fetchone()[0])


def _posts(area: Place) -> tuple[str, str, tuple[Any, ...]]:
    """The post of a door ``d`` as an expression, with its joins and their parameters."""
    by_grid, by_path = answering_in(area.path)
    grids = pairs(by_grid)
    joins, params = f"LEFT JOIN ({grids.sql}) g ON g.key = d.grid_id", list(grids.params)
    chosen = ["g.value"]
    for length in sorted({len(path) for path in by_path}, reverse=True):
        table = pairs({path: post for path, post in by_path.items() if len(path) == length}, text=True)
        joins += f" LEFT JOIN ({table.sql}) p{length} ON p{length}.key = substr(d.path, 1, {length})"
        params += table.params
        chosen.append(f"p{length}.value")
    return f"COALESCE({', '.join(chosen)}, NULL)", joins, tuple(params)


def _make_tasks(response: Response, area: Place, wanted: Part, due_at: datetime) -> None:
    """An open task at each door that has none: the partial unique index keeps it one."""
    post, joins, params = _posts(area)
    adapt = connection.ops.adapt_datetimefield_value
    made = run(
        "INSERT INTO wangge_task (uuid, response_id, door_id, grid_id, post_id, state, outcome, opened_at, due_at) "  # noqa: S608
        f"SELECT {new_uuid()}, {int(response.pk)}, d.id, d.grid_id, {post}, 'open', 'not_yet', %s, %s "
        f"FROM (SELECT DISTINCT s_door FROM ({wanted.sql}) s) w JOIN wangge_place d ON d.id = w.s_door {joins} "
        "WHERE true ON CONFLICT (response_id, door_id) WHERE state = 'open' DO NOTHING",
        (adapt(clock.now()), adapt(due_at), *wanted.params, *params),
    )
    written(made, "wangge_task")


def _make_items(response: Response, wanted: Part, kind: str, due_at: datetime, *, again: bool) -> int:
    known = " AND i.state = 'open'" if again else ""
    adapt = connection.ops.adapt_datetimefield_value
    return run(
        "INSERT INTO wangge_taskitem (uuid, task_id, person_id, kind, cause, state, outcome, due_at) "  # noqa: S608
        f"SELECT {new_uuid()}, t.id, s.s_person, %s, s.s_cause, 'open', '', %s "
        f"FROM ({wanted.sql}) s JOIN wangge_task t ON t.door_id = s.s_door AND t.state = 'open' "
        f"AND t.response_id = {int(response.pk)} "
        f"WHERE NOT EXISTS (SELECT 1 FROM wangge_taskitem i WHERE i.cause = s.s_cause{known})",
        (kind, adapt(due_at), *wanted.params),
    )


def _pull_deadlines(response: Response, wanted: Part, due_at: datetime) -> None:
    """A task that was due later is due with what was put now."""
    adapt = connection.ops.adapt_datetimefield_value
    run(
        f"UPDATE wangge_task SET due_at = %s WHERE response_id = {int(response.pk)} AND state = 'open' "  # noqa: S608
        f"AND due_at > %s AND door_id IN (SELECT s_door FROM ({wanted.sql}) s)",
        (adapt(due_at), adapt(due_at), *wanted.params),
    )


@transaction.atomic
def withdraw_list(
    *, response: Response, area: Place, causes: "QuerySet[Any, Any]", by: By, cause: UUID | None = None
) -> int:
    """Take back what is still open because of these causes (a query with the one column s_cause), however many.

    A door with nothing left is closed: served where something was done there, else withdrawn and counted nowhere.
    One that keeps something is due with that.
    """
    wanted, now = part(causes), connection.ops.adapt_datetimefield_value(clock.now())
    touched = f"SELECT task_id FROM wangge_taskitem WHERE cause IN ({wanted.sql})"  # noqa: S608
    _hold(wanted)
    count = run(
        "UPDATE wangge_taskitem SET state = 'withdrawn', closed_at = %s "  # noqa: S608
        f"WHERE state = 'open' AND cause IN ({wanted.sql})",
        (now, *wanted.params),
    )
    served = "SELECT 1 FROM wangge_taskitem i WHERE i.task_id = wangge_task.id AND i.state IN ('done', 'ended')"
    done = "SELECT 1 FROM wangge_taskitem i WHERE i.task_id = wangge_task.id AND i.state = 'done'"
    run(
        "UPDATE wangge_task SET closed_at = %s, raised_to_id = NULL, handover_id = NULL, "  # noqa: S608
        f"outcome = CASE WHEN EXISTS ({done}) THEN 'done' ELSE outcome END, "
        f"state = CASE WHEN EXISTS ({served}) THEN 'closed' ELSE 'withdrawn' END "
        f"WHERE state = 'open' AND id IN ({touched}) AND NOT EXISTS "
        "(SELECT 1 FROM wangge_taskitem i WHERE i.task_id = wangge_task.id AND i.state = 'open')",
        (now, *wanted.params),
    )
    _let_deadlines_go(touched, wanted)
    tallies.refresh_under(response, area.path)
    if count:
        record("work.items_withdrawn", by=by, response=response.uuid, cause=cause, data={"items": count})
    return count


def _hold(wanted: Part) -> None:
    """Lock the tasks before their items and in one order, as whoever records a try does. SQLite has one writer."""
    if connection.features.has_select_for_update:
        run(
            "SELECT count(*) FROM (SELECT id FROM wangge_task WHERE id IN (SELECT task_id FROM wangge_taskitem "  # noqa: S608
            f"WHERE state = 'open' AND cause IN ({wanted.sql})) ORDER BY id FOR UPDATE) held",
            wanted.params,
        )


def _let_deadlines_go(touched: str, wanted: Part) -> None:
    """A task that stays open is due when the first of what it keeps is."""
    first = "(SELECT min(i.due_at) FROM wangge_taskitem i WHERE i.task_id = wangge_task.id AND i.state = 'open')"
    run(
        f"UPDATE wangge_task SET due_at = {first} "  # noqa: S608
        f"WHERE state = 'open' AND id IN ({touched}) AND due_at <> {first}",
        wanted.params,
    )
