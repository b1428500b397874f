"""The tallies of asks: counted again from the frozen list inside the verb that changed it.

A refresh locks the row first and counts afterwards, so that two verbs on one grid cannot both count without the
other's change (READ COMMITTED takes a new snapshot for the second statement).
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from wangge.base import bulk
from wangge.base.access.scope import EVERYTHING
from wangge.base.sets import part, run
from wangge.domains.asking.models import Ask, AskSubject, AskTally
from wangge.domains.asking.queries.reading import FIGURES, counts
from wangge.domains.asking.queries.targets import COMMUNITY


def refresh(tallies: Iterable[int]) -> None:
    """Count these rows (by key) again, in one order."""
    wanted = sorted(set(tallies))
    list(AskTally.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
    for key in wanted:
        found = AskSubject.objects.within(EVERYTHING).filter(tally=key).aggregate(**counts())
        AskTally.objects.filter(pk=key).update(**{name: found[f"n_{name}"] for name in FIGURES})


def refresh_all(ask: Ask) -> list[AskTally]:
    """Count a whole ask again: one grouped statement, however long the list. Returns the rows that were wrong."""
    rows = list(AskTally.objects.select_for_update().filter(ask=ask).order_by("pk"))
    mine = AskSubject.objects.within(EVERYTHING).filter(tally__ask=ask).order_by()
    found = {row["tally"]: row for row in mine.values("tally").annotate(**counts())}
    wrong = []
    for row in rows:
        facts = {name: found.get(row.pk, {}).get(f"n_{name}", 0) for name in FIGURES}
        if any(getattr(row, name) != value for name, value in facts.items()):
            wrong.append(row)
            for name, value in facts.items():
                setattr(row, name, value)
    bulk.update(wrong, FIGURES)
    return wrong


def regrid(lines: "QuerySet[Any, Any]") -> set[int]:
    """Put each of these lines into the tally of the grid in which its door lies now, made where there is none.

    Returns the keys of the tallies that lines came to or left; a row that nothing is left in is gone. Whoever left
    the ask's area stays where they were counted. For whoever holds the ask's row.
    """
    chosen = part(lines.filter(left=False).order_by().values("pk"))
    at_home = (
        "FROM wangge_asksubject x JOIN wangge_place d ON d.id = x.door_id "
        f"JOIN wangge_place c ON c.path = substr(d.path, 1, {COMMUNITY})"
    )
    same = "t.ask_id = x.ask_id AND t.place_id = c.id AND COALESCE(t.grid_id, 0) = COALESCE(d.grid_id, 0)"
    figures, zeros = ", ".join(f'"{name}"' for name in FIGURES), ", ".join("0" for _ in FIGURES)
    run(
        f"INSERT INTO wangge_asktally (ask_id, place_id, grid_id, {figures}) "  # noqa: S608  # our own query
        f"SELECT DISTINCT x.ask_id, c.id, d.grid_id, {zeros} {at_home} WHERE x.id IN ({chosen.sql}) "
        f"AND NOT EXISTS (SELECT 1 FROM wangge_asktally t WHERE {same})",
        chosen.params,
    )
    wrong = f"{at_home} JOIN wangge_asktally t ON {same} WHERE x.id IN ({chosen.sql}) AND t.id <> x.tally_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT x.tally_id, t.id {wrong}", chosen.params)
        changed = {key for row in cursor.fetchall() for key in row}
    if changed:
        mine = f"{at_home} JOIN wangge_asktally t ON {same} WHERE x.id = wangge_asksubject.id"
        run(
            f"UPDATE wangge_asksubject SET tally_id = (SELECT t.id {mine}) WHERE id IN (SELECT x.id {wrong})",  # noqa: S608
            chosen.params,
        )
        AskTally.objects.filter(pk__in=changed, subjects__isnull=True).delete()
    return changed
