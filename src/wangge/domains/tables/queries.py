"""Named reads: the tables there are, a table's first rows, schedules and the files that wait."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet

import wangge
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.problems import Problem
from wangge.domains.asking.models import Question
from wangge.domains.places.models import Place
from wangge.domains.places.queries.resolving import resolve_place
from wangge.domains.places.rules import ancestors
from wangge.domains.tables.choosing import Bank, chosen
from wangge.domains.tables.filling import rows
from wangge.domains.tables.inputs import of_data, read_definition
from wangge.domains.tables.models import SavedTable, TableFile, TableSchedule
from wangge.domains.tables.rules import Definition

FOLDER = Path(wangge.__file__).parent / "tables"
SHOWN = 20
NOBODY = UUID(int=0)  # the system has no desk


@cache
def shipped() -> dict[str, Definition]:
    """The tables that come with the product, by name. Raises Problem where a file is broken: a test reads them all."""
    return {
        path.stem: read_definition(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted(FOLDER.glob("*.yaml"))
    }


def saved(scope: Scope) -> QuerySet[SavedTable]:
    """The tables that offices made for places of a scope, or around it."""
    around = [path for prefix in scope.prefixes for path in ancestors(prefix)]
    here = scope.q("place") | Q(place__path__in=around)
    return SavedTable.objects.filter(here, retired_at__isnull=True).select_related("place").order_by("name")


def tables(by: By) -> Iterator[Definition]:
    """Every table somebody can take: those that came with the product, then those made here."""
    yield from shipped().values()
    for one in saved(by.scope(Right.OPEN_RECORD)):
        yield of_data(one.definition, one.name)


def table(name: str, by: By) -> Definition:
    """A table by its name. Raises Problem."""
    found = next((one for one in tables(by) if one.name == name), None)
    if found is None:
        raise Problem("table_unknown", field="table", name=name[:40])
    return found


def first_rows(definition: Definition, by: By, area: Place | None = None) -> list[list[str]]:
    """The first rows, masked: what anybody sees who may take the table, before they say what for."""
    bank = Bank.of(definition.questions())
    return list(rows(definition, by.scope(Right.OPEN_RECORD), area, bank, masked=True, most=SHOWN))


def how_many(definition: Definition, by: By, area: Place | None = None) -> int:
    """How many rows it has within the places of who asks."""
    return chosen(definition, by.scope(Right.OPEN_RECORD), area, Bank.of(definition.questions())).count()


def area_named(text: str, by: By) -> Place | None:
    """The place a text means inside the places of who asks; None for no text: all of these. Raises Problem."""
    if not text.strip():
        return None
    for within in Place.objects.filter(path__in=by.scope(Right.OPEN_RECORD).prefixes).order_by("path"):
        if chosen_one := resolve_place(text=text, within=within).chosen:
            return chosen_one
    raise Problem("table_area_unclear", field="area", text=text.strip()[:40])


def widest_place(by: By) -> Place:
    """Whose table it becomes when somebody makes one. Raises Problem for who holds grids alone."""
    found = Place.objects.filter(path__in=by.scope(Right.OPEN_RECORD).prefixes).order_by("path")
    if (place := min(found, key=lambda one: len(one.path), default=None)) is None:
        raise Problem("table_place_missing")
    return place


def bank() -> list[Question]:
    """Every question of the bank: what a new table's headings are compared with."""
    return list(Question.objects.order_by("form_id", "position"))


def schedules(by: By, name: str = "") -> QuerySet[TableSchedule]:
    """What is made by the clock for this account."""
    found = TableSchedule.objects.filter(account=by.account or NOBODY, ended_at__isnull=True).select_related("area")
    return (found.filter(table=name) if name else found).order_by("table", "id")


def running() -> QuerySet[TableSchedule]:
    """Every schedule that has not ended, for the clock."""
    return TableSchedule.objects.filter(ended_at__isnull=True).order_by("id")


def schedule(uuid: UUID) -> TableSchedule:
    """Raises TableSchedule.DoesNotExist."""
    return TableSchedule.objects.select_related("area").get(uuid=uuid)


def files(by: By) -> QuerySet[TableFile]:
    """The files that were made for this account, the latest first."""
    found = TableFile.objects.filter(schedule__account=by.account or NOBODY).select_related("schedule")
    return found.order_by("-made_at", "-id")
