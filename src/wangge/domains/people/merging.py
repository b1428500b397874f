"""Two records of one person become one, and come apart again as they were.

The facts of the absorbed record move, in one statement for each kind of row; what follows from them is worked out
again by a flow. The absorbed record stays as a pointer, so that old links lead to the person. Where fields of the
absorbed record are the better ones, the two records exchange them: an undo exchanges them back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.people.duplicates import settle
from wangge.domains.people.envelope import TABLE, name_birth_index
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.people.moves import STAYS, Moves
from wangge.domains.people.queries import details, hold

#: What two records can exchange: the columns, and the keys of the envelope. A home stays with the record that stands.
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("name",), ()),
    "sex": (("sex",), ()),
    "birth_date": (("birth_date",), ()),
    "document": (("document_index",), ("document_type", "document")),
    "phone": (("phone_index", "other_phone_index"), ("phone", "phones")),
    "relation": (("relation",), ()),
    "died_on": (("died_on",), ()),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A field of a model that refers to a person, and how its rows follow into another record."""

    model: type[models.Model]
    field: str
    moves: Moves

    @property
    def label(self) -> str:
        return f"{self.model.__name__}.{self.field}"

    def rows(self, of: Person) -> "models.QuerySet[Any]":
        return self.model._base_manager.filter(**{self.field: of})


def references() -> Iterator[Reference]:
    """Every field of every model that refers to a person. Raises LookupError where a model does not say what moves."""
    for model in apps.get_app_config("wangge").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Person:
                declared: dict[str, Moves] = getattr(model, "merging", {})
                if field.name not in declared:
                    raise LookupError(f"{model.__name__}.{field.name}: declare in `merging` how it follows a person")
                yield Reference(model, field.name, declared[field.name])


def standing_on(person: Person) -> dict[str, int]:
    """How many rows of each model refer to a record."""
    found: dict[str, int] = {}
    for ref in references():
        found[ref.model.__name__] = found.get(ref.model.__name__, 0) + ref.rows(person).count()
    return found


@transaction.atomic
def merge(*, into: Person, absorbed: Person, swap: Collection[str] = (), by: By) -> Merge:
    """Make one record of two; ``swap`` names the FIELDS to take from the absorbed one. Twice is once.

    Refused: a record that is absorbed already, two open cases in one Response, a register's record into one that
    was noted for a Response alone.
    """
    _need(by, into, absorbed)
    if into.pk == absorbed.pk:
        raise Problem("one_record_only")
    into, absorbed = _held(into, absorbed)
    known = Merge.objects.within(EVERYTHING).filter(absorbed=absorbed, undone_at__isnull=True).first()
    if known and known.into_id == into.pk:
        return known
    if known or into.merged_into_id:
        raise Problem("merged_already")
    if into.noted_for and not absorbed.noted_for:
        raise Problem("keep_the_register")
    highest = {ref.label: ref.model._base_manager.aggregate(top=Max("pk"))["top"] or 0 for ref in references()}
    moved = {ref.label: _move(ref, absorbed, into) for ref in references()}
    swapped = [name for name in FIELDS if name in swap]
    _exchange(into, absorbed, swapped)
    Person.every.within(EVERYTHING).filter(pk=absorbed.pk).update(merged_into=into)
    one = Merge.objects.create(
        into=into, absorbed=absorbed, at=clock.now(), account=by.account, post=by.post, swapped=swapped, known=highest,
        moved={label: keys for label, keys in moved.items() if keys},
    )  # fmt: skip
    settle(into, absorbed, Duplicate.State.SAME, by)
    record(
        "people.merged", by=by, subject=into.uuid, place=into.home.uuid,
        data={"absorbed": str(absorbed.uuid), "merge": str(one.uuid), "rows": sum(map(len, moved.values())),
              "fields": swapped},
    )  # fmt: skip
    return one


@transaction.atomic
def undo(*, merge: Merge, by: By) -> Merge:
    """Take a merge back: what moved goes back, unless it has moved on. What came to the kept record meanwhile stays
    there and is named in ``added``, for somebody to look at. Twice is once."""
    _need(by, merge.into, merge.absorbed)
    into, absorbed = _held(merge.into, merge.absorbed)
    merge.refresh_from_db()
    if merge.undone_at:
        return merge
    later = Merge.objects.within(EVERYTHING).filter(into=into, undone_at__isnull=True, pk__gt=merge.pk)
    if into.merged_into_id or later.exists():
        raise Problem("undo_the_later_first")
    added: dict[str, list[int]] = {}
    for ref in references():
        keys = merge.moved.get(ref.label, [])
        since = ref.rows(into).filter(pk__gt=merge.known.get(ref.label, 0)).exclude(pk__in=keys)
        if ref.moves is not STAYS and (new := list(since.values_list("pk", flat=True))):
            added[ref.label] = new
        ref.rows(into).filter(pk__in=keys).update(**{ref.field: absorbed})
    _exchange(into, absorbed, merge.swapped)
    Person.every.within(EVERYTHING).filter(pk=absorbed.pk).update(merged_into=None)
    merge.undone_at, merge.added = clock.now(), added
    merge.save(update_fields=["undone_at", "added"])
    settle(into, absorbed, Duplicate.State.OPEN, by)
    record(
        "people.merge_undone", by=by, subject=into.uuid, place=into.home.uuid,
        data={"absorbed": str(absorbed.uuid), "merge": str(merge.uuid), "added": sum(map(len, added.values()))},
    )  # fmt: skip
    return merge


def _need(by: By, *people: Person) -> None:
    for one in people:
        by.need(Right.IMPORT_RECORDS, one.home.path, one.home.grid_id)


def _held(into: Person, absorbed: Person) -> tuple[Person, Person]:
    """Both as they are now, locked: two who decide about one person take turns."""
    hold([into, absorbed])
    rows = Person.every.within(EVERYTHING).select_related("home").in_bulk([into.pk, absorbed.pk])
    return rows[into.pk], rows[absorbed.pk]


def _move(ref: Reference, absorbed: Person, into: Person) -> list[int]:
    """Move the rows of one field in one statement; returns their keys."""
    moves, rows = ref.moves, ref.rows(absorbed)
    if moves.stays:
        rows = rows.exclude(**moves.stays)
    keys = set(rows.values_list("pk", flat=True))
    if moves.once:
        taken = set(ref.rows(into).filter(**moves.among).values_list(*moves.once))
        both = {row[0] for row in rows.filter(**moves.among).values_list("pk", *moves.once) if row[1:] in taken}
        if both and moves.refused:
            raise Problem(moves.refused)
        keys -= both
    ref.model._base_manager.filter(pk__in=keys).update(**{ref.field: into})
    return sorted(keys)


def _exchange(into: Person, absorbed: Person, names: Collection[str]) -> None:
    """Exchange fields of two rows. A document is nobody's for an instant: no two records may have it."""
    if not names:
        return
    columns = [column for name in names for column in FIELDS[name][0]]
    for column in columns:
        mine, other = getattr(into, column), getattr(absorbed, column)
        setattr(into, column, other)
        setattr(absorbed, column, mine)
    sealed = [key for name in names for key in FIELDS[name][1]]
    if sealed:
        _exchange_sealed(into, absorbed, sealed)
    if "document" in names:
        Person.every.within(EVERYTHING).filter(pk=absorbed.pk).update(document_index="")
    for one in (into, absorbed):
        one.name_birth_index = name_birth_index(one.name, one.birth_date)
        one.save(update_fields=[*columns, "name_birth_index", *(["sealed"] if sealed else [])])


def _exchange_sealed(into: Person, absorbed: Person, keys: Collection[str]) -> None:
    mine, other = details(into), details(absorbed)
    for key in keys:
        pair = mine.pop(key, None), other.pop(key, None)
        other |= {} if pair[0] is None else {key: pair[0]}
        mine |= {} if pair[1] is None else {key: pair[1]}
    into.sealed = sealing.seal(TABLE, into.uuid, mine, response=into.noted_for)
    absorbed.sealed = sealing.seal(TABLE, absorbed.uuid, other, response=absorbed.noted_for)
