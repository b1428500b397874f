"""The figures of a place, each with its denominator, read from the tallies at the moment of asking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.domains.cases.figures import figures as case_figures
from wangge.domains.duty.queries import posts_of_grids, who_answers
from wangge.domains.isolation.queries import counts
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.queries import children
from wangge.domains.places.queries.scoped import grids_of
from wangge.domains.places.rules import SEGMENT, Kind
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.testing.figures import figures as test_figures
from wangge.domains.work.rounds import people
from wangge.domains.work.rules import COLUMNS
from wangge.domains.work.tallies import by_child, by_grid
from wangge.domains.work.words import COLUMNS as WORDS
from wangge.web.command.here import Here, name_of
from wangge.web.command.words import spoken, who
from wangge.web.field.cards import day_hour

Sums = dict[str, int]
NOTHING: Sums = dict.fromkeys(("expected", "late", *COLUMNS), 0)


@dataclass(frozen=True, slots=True)
class Row:
    """What ``parts/board.html`` shows of one place."""

    name: str
    url: str
    note: str
    done: int
    expected: int
    segments: list[dict[str, Any]]
    cells: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Orders and tests of a place by state, counted once for the whole page."""

    orders: dict[str, int]
    tests: dict[str, int]


def standing(here: Here) -> Standing | None:
    """None where no Response is open."""
    if here.response is None:
        return None
    return Standing(counts(here.scope, here.response), test_figures(here.scope, here.response))


def board(here: Here, standing: Standing | None) -> dict[str, Any]:
    """Everything the figures part shows; the sum and the rows come from one statement."""
    if here.response is None or standing is None:
        return {"here": here}
    sums, rows = _rows(here, here.response)
    total = {name: sum(one[name] for one in sums) for name in NOTHING}
    return {
        "here": here, "total": total, "segments": segments(total), "columns": _columns(), "rows": rows,
        "doors": _door_tiles(here, total), "tiles": _tiles(here, here.response, standing),
        "as_of": day_hour(clock.now()),
    }  # fmt: skip


def segments(sums: Mapping[str, int]) -> list[dict[str, Any]]:
    """The parts of the bar, each beginning where the ones before it end; together they are what is expected."""
    parts, start = [], 0
    for column in COLUMNS:
        parts.append({"state": column, "label": WORDS[column], "count": sums[column], "start": start})
        start += sums[column]
    return parts


def _columns() -> list[dict[str, Any]]:
    return [{"state": column, "label": WORDS[column]} for column in (*COLUMNS[1:], "late")]


def _rows(here: Here, response: Response) -> tuple[list[Sums], list[Row]]:
    if here.place.kind == Kind.COMMUNITY:
        return _grid_rows(here, response)
    path = here.place.path
    sums = by_child(response, path, len(path) + SEGMENT)
    shown = [child for child in children(here.place) if child.path in sums]
    return list(sums.values()), [_row(here, child, sums[child.path]) for child in shown]


def _grid_rows(here: Here, response: Response) -> tuple[list[Sums], list[Row]]:
    """A community by grid; the doors in no grid are a row of their own, for whoever sees all of the community."""
    grids = list(grids_of(here.place, here.scope))
    mine = {grid.pk for grid in grids}
    sums = {key: row for key, row in by_grid(response, here.place).items() if here.whole or key in mine}
    notes = _grid_notes(grids)
    rows = [_row(here, grid, sums.get(grid.pk, NOTHING), notes[grid.pk]) for grid in grids]
    if sums.get(None, NOTHING)["expected"]:
        rows.append(_row(here, None, sums[None], _("The secretary draws the grids.")))
    return list(sums.values()), rows


def _grid_notes(grids: list[Grid]) -> dict[int, str]:
    posts = posts_of_grids(grid.pk for grid in grids)
    answering = who_answers(posts.values())
    return {
        grid.pk: who(posts[grid.pk], answering[posts[grid.pk].pk]) if grid.pk in posts else _("no post for this grid")
        for grid in grids
    }


def _row(here: Here, at: Place | Grid | None, sums: Sums, note: str = "") -> Row:
    """A place below, a grid, or (None) the doors in no grid."""
    if isinstance(at, Place):
        place, name, grid, url = at, name_of(at), {}, here.link("board-place", at)
    else:
        place, name, grid = here.place, at.name if at else _("In no grid"), {"grid": str(at.uuid) if at else "none"}
        url = here.link("not-reached", None, **grid)
    cells = [
        {"state": column, "label": WORDS[column], "count": sums[column],
         "url": here.link("not-reached", place, **{**grid, **_chosen(column)})}
        for column in (*COLUMNS[1:], "late")
    ]  # fmt: skip
    return Row(name, url, note, sums["done"], sums["expected"], segments(sums), cells)


def _chosen(column: str) -> dict[str, str]:
    return {"show": "late"} if column == "late" else {"show": "all", "column": column}


def _door_tiles(here: Here, total: Sums) -> list[dict[str, Any]]:
    """The doors: done and not yet asked of all, late of those still open."""
    tiles = [
        {"state": "done", "label": WORDS["done"], "value": total["done"], "total": total["expected"],
         "note": f"{total['done'] * 100 // total['expected']} %" if total["expected"] else ""},
        {"state": "not_yet", "label": WORDS["not_yet"], "value": total["not_yet"], "total": total["expected"],
         "url": here.link("not-reached", None, **_chosen("not_yet"))},
        {"state": "late", "label": WORDS["late"], "value": total["late"], "total": total["expected"],
         "url": here.link("not-reached", show="late")},
    ]  # fmt: skip
    asked = people(here.scope, here.response) if here.response else None
    if asked and asked.expected:
        note = _("person by person")
        tiles.append({"label": _("People served"), "value": asked.served, "total": asked.expected, "note": note})
    return [{"total": None} | tile for tile in tiles]


def _tiles(here: Here, response: Response, standing: Standing) -> list[dict[str, Any]]:
    """What else is open in the subtree: a protocol without cases or orders shows none."""
    edition, known = in_force(response), case_figures(here.scope, response)
    tiles: list[dict[str, Any]] = []
    if "case" in edition.on:
        tiles.append({"label": _("Cases"), "value": known.cases})
        for key, role in edition.roles.items():
            if count := known.contacts.get(key, 0):
                tiles.append({"label": spoken(role.label), "value": count})
        tiles.append({"label": _("Exposures to decide"), "value": known.undecided})
    if any(role.measures for role in edition.roles.values()):
        tiles.append({"label": _("Orders proposed"), "value": standing.orders["proposed"]})
        tiles.append({"label": _("Orders in force"), "value": standing.orders["in_force"]})
    if any(role.tests or role.retest_hours for role in edition.roles.values()):
        late = {
            "state": "late",
            "label": _("Tests overdue"),
            "value": standing.tests["overdue"],
            "total": standing.tests["due"],
        }
        tiles.append(late | {"note": _("of those due")})
    return [{"total": None} | tile for tile in tiles]
