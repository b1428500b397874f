"""Taking in an edition of the published divisions, as often as there is one."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import under
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.places.actions.adding import plant
from wangge.domains.places.actions.changing import relocate
from wangge.domains.places.divisions import Division, Known, Plan, Reading, Refusal, compare
from wangge.domains.places.models import Place, PlaceAlias
from wangge.domains.places.rules import DIVISIONS, Kind, Seed, full_code, is_statistical


@dataclass(frozen=True, slots=True)
class Change:
    """One division and what became of it. ``inside`` counts open places that a closed division still holds."""

    code: str
    name: str
    before: str = ""
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. ``moved`` have the code or the parent they had before in ``before``."""

    city: Place
    edition: date
    added: list[Change] = field(default_factory=list)
    renamed: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    closed: list[Change] = field(default_factory=list)
    held_back: list[Change] = field(default_factory=list)
    reopened: list[Change] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return sum(map(len, (self.added, self.renamed, self.moved, self.closed, self.reopened)))


@transaction.atomic
def import_divisions(*, rows: Reading, city: str, edition: date, by: By, many_closings: bool = False) -> Report:
    """Bring a city's districts, townships and communities up to an edition; the same edition twice changes nothing.

    ``city`` is its name, used when it is new; ``edition`` the cut-off day of the codes. New divisions are added,
    renamed ones keep the old name as an alias, vanished ones are closed that day, those back again reopened. What
    people added with local codes is left alone. Raises Problem, and nothing was written: no good row, an edition
    older than the last, or so many closings that half a file is likelier (``many_closings`` says it is not).
    """
    if not rows.rows:
        raise Problem("no_good_row", field="file", refused=len(rows.refused))
    code = full_code(rows.city)
    root = Place.objects.select_for_update(no_key=True).filter(code=code).first()
    by.need(Right.MANAGE_POSTS, root.path if root else "")
    last = _last_edition(root) if root else None
    if last and edition < last:
        raise Problem("edition_older", field="edition", last=last)
    if root is None:
        root = plant(None, [Seed(Kind.CITY, " ".join(city.split()), int(rows.city[2:]), code)], None)[0]
    known = _known(root, edition)
    plan = compare(known, rows.rows, rows.refused)
    if plan.too_many_closings(len(known)) and not many_closings:
        raise Problem("too_many_closings", field="file", closing=len(plan.closed), known=len(known))
    _apply(root, plan, edition, first=not known)
    report = _report(root, edition, plan, rows)
    if report.changes or edition != last:
        _record(report, plan, by)
    return report


def _last_edition(root: Place) -> date | None:
    """The cut-off day of the last edition taken in; None before the first."""
    events = Event.objects.filter(kind="places.imported", subject=root.uuid).order_by("-id")
    event = events.first()
    return date.fromisoformat(event.data["edition"]) if event else None


def _known(root: Place, edition: date) -> list[Known]:
    """The divisions below a city, but those opened after the edition's day: it cannot know them."""
    found = Place.objects.filter(under(root.path), kind__in=DIVISIONS - {Kind.CITY}).exclude(opened__gt=edition)
    rows = found.order_by("path").values_list("pk", "code", "name", "kind", "parent__code", "closed")
    return [
        Known(key, code, name, Kind(kind), parent, closed is not None) for key, code, name, kind, parent, closed in rows
    ]


def _apply(root: Place, plan: Plan, edition: date, *, first: bool) -> None:
    """Each step into parents that exist by then: codes and names, back again, new, elsewhere, gone."""
    _rewrite(plan)
    Place.objects.filter(pk__in=[before.key for before, _ in plan.reopened]).update(closed=None)
    _add(root, plan, None if first else edition)
    for key, after in {before.key: after for before, after in [*plan.recoded, *plan.moved]}.items():
        _place(key, after)
    Place.objects.filter(pk__in=[one.key for one in plan.closed]).update(closed=edition)


def _rewrite(plan: Plan) -> None:
    """New names and codes; the old name stays as an alias."""
    PlaceAlias.objects.bulk_create(
        [PlaceAlias(place_id=before.key, name=before.name, source="renamed") for before, _ in plan.renamed],
        ignore_conflicts=True,
    )
    target = {before.key: after for before, after in [*plan.recoded, *plan.renamed]}
    places = Place.objects.in_bulk(list(target))
    for key, after in target.items():
        places[key].name, places[key].code = after.name, after.code
    Place.objects.bulk_update(places.values(), ["name", "code"], batch_size=500)


def _add(root: Place, plan: Plan, opened: date | None) -> None:
    """New divisions as trees below the parents that exist: one INSERT per level and parent."""
    new = {division.code for division in plan.added}
    below: dict[str, list[Division]] = defaultdict(list)
    for division in plan.added:
        below[division.parent].append(division)

    def seed(one: Division) -> Seed:
        return Seed(one.kind, one.name, one.order, one.code, children=tuple(map(seed, below[one.code])))

    tops = [code for code in below if code not in new]
    parents = {place.code: place for place in Place.objects.filter(code__in=tops)}
    for code in tops:
        plant(parents.get(code, root), [seed(one) for one in below[code]], opened)


def _place(key: int, after: Division) -> None:
    """Put a division where its code says, unless somebody put it into a local one."""
    place = Place.objects.select_related("parent").get(pk=key)  # as it is now: a move may have carried it
    parent = place.parent
    if parent is None or is_statistical(parent.code):
        parent = Place.objects.get(code=after.parent)
    if (place.parent_id, place.order) != (parent.pk, after.order):
        relocate(place, parent, after.order)


def _report(root: Place, edition: date, plan: Plan, rows: Reading) -> Report:
    recoded = {before.key for before, _ in plan.recoded}
    moved = [Change(after.code, after.name, before.code) for before, after in plan.recoded]
    moved += [
        Change(after.code, after.name, before.parent) for before, after in plan.moved if before.key not in recoded
    ]
    paths = Place.objects.in_bulk([one.key for one in plan.closed])
    closed = [Change(one.code, one.name, inside=_inside(paths[one.key])) for one in plan.closed]
    return Report(
        city=root,
        edition=edition,
        added=[Change(one.code, one.name) for one in plan.added],
        renamed=[Change(after.code, after.name, before.name) for before, after in plan.renamed],
        moved=moved,
        closed=closed,
        held_back=[Change(one.code, one.name) for one in plan.held_back],
        reopened=[Change(after.code, after.name) for _, after in plan.reopened],
        refused=list(rows.refused),
        unchanged=plan.unchanged,
    )


def _inside(place: Place) -> int:
    """Open places that a closed division still holds: somebody has to move them to where they belong now."""
    return Place.objects.filter(under(place.path), closed__isnull=True).count()


def _record(report: Report, plan: Plan, by: By) -> None:
    lists = ("added", "renamed", "moved", "closed", "held_back", "reopened", "refused")
    counts = {name: len(getattr(report, name)) for name in lists} | {"unchanged": report.unchanged}
    codes = {before.code: after.code for before, after in plan.recoded}
    data = {"edition": report.edition.isoformat(), "counts": counts, "recoded": codes}
    record("places.imported", by=by, subject=report.city.uuid, place=report.city.uuid, data=data)
