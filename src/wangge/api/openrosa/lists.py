"""The lists that a phone chooses from: the account's doors and the people behind them, names shortened."""

import csv
import io
from collections.abc import Iterable

from wangge.api.openrosa.xform import DOORS_CSV, PEOPLE_CSV
from wangge.base.access.scope import Scope
from wangge.base.privacy import mask_name
from wangge.domains.asking.inbox.queries import doors_for_phone, people_behind
from wangge.domains.places.queries import labels


def doors_csv(scope: Scope) -> bytes:
    """name (the door's id), label."""
    doors = doors_for_phone(scope)
    said = labels(doors)
    return _csv(("name", "label"), ((str(door.uuid), said[door.pk]) for door in doors))


def people_csv(scope: Scope) -> bytes:
    """name (the person's id), label (name shortened, year of birth), door."""
    doors = {door.pk: str(door.uuid) for door in doors_for_phone(scope)}
    rows = []
    for person in people_behind(scope, list(doors)):
        door = doors.get(person.home_id) or doors.get(person.home.parent_id or 0, "")
        born = f" {person.birth_date.year}" if person.birth_date else ""
        rows.append((str(person.uuid), mask_name(person.name) + born, door))
    return _csv(("name", "label", "door"), rows)


def _csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()


FILES = {DOORS_CSV: doors_csv, PEOPLE_CSV: people_csv}
