"""Renaming, closing and moving places, and the other names people use for them."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import under
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.places.actions.adding import next_segment
from wangge.domains.places.actions.grids import on_day, redraw
from wangge.domains.places.models import GridMember, Place, PlaceAlias
from wangge.domains.places.rules import (
    DIVISIONS,
    LAST_ORDER,
    NAME_LENGTH,
    Kind,
    ancestors,
    community_path,
    may_lie_in,
    segment,
    walk_key,
)  # fmt: skip


@transaction.atomic
def rename(*, place: Place, name: str, by: By) -> Place:
    """Give a place another name; the old one stays as an alias, so that it is still found. Raises Problem."""
    by.need(Right.MANAGE_POSTS, place.path)
    place = _lock(place)
    name = _clean(name)
    if name == place.name:
        return place
    PlaceAlias.objects.get_or_create(place=place, name=place.name, defaults={"source": "renamed"})
    place.name = name
    place.save(update_fields=["name"])
    record("places.place_renamed", by=by, subject=place.uuid, place=place.uuid)
    return place


@transaction.atomic
def add_alias(*, place: Place, name: str, by: By, source: str = "") -> PlaceAlias:
    """Add a name people use for a place; the same twice is one. ``source`` says who uses it."""
    by.need(Right.MANAGE_POSTS, place.path)
    alias, new = PlaceAlias.objects.get_or_create(
        place=place, name=_clean(name), defaults={"source": source[:NAME_LENGTH]}
    )
    if new:
        record("places.alias_added", by=by, subject=place.uuid, place=place.uuid)
    return alias


@transaction.atomic
def close_place(*, place: Place, by: By, day: date | None = None) -> int:
    """Close a place and all that lies in it from a civil day on (today); returns how many places closed.

    Nothing is deleted; memberships of grids end that day. Raises Problem when something in it opened later.
    """
    by.need(Right.MANAGE_POSTS, place.path)
    place = _lock(place)
    day = day or clock.today()
    if day > clock.today():
        raise Problem("closes_ahead", field="day", day=day)
    rows = Place.objects.filter(under(place.path), closed__isnull=True)
    members = GridMember.objects.filter(under(place.path, "place"), closed__isnull=True)
    if rows.filter(opened__gt=day).exists() or members.filter(opened__gt=day).exists():
        raise Problem("closes_before_opening", field="day", name=place.name)
    count = rows.update(closed=day)
    if count:
        members.update(closed=day)
        redraw(place.path)
        record("places.place_closed", by=by, subject=place.uuid, place=place.uuid, data={"places": count})
    return count


@transaction.atomic
def move_place(*, place: Place, parent: Place, by: By, order: int | None = None) -> Place:
    """Move a place with all that lies in it into another; ids, history and people stay. Raises Problem.

    What it belonged to ends today where the new surroundings are another community or have a grid of their own.
    """
    by.need(Right.MANAGE_POSTS, place.path)
    by.need(Right.MANAGE_POSTS, parent.path)
    place, parent = _lock(place), _lock(parent)
    order = place.order if order is None else order
    if place.parent_id == parent.pk and order == place.order:
        return place
    _check_move(place, parent, order)
    before = place.parent
    count = relocate(place, parent, order)
    ended = _leave_grids(place, parent, before)
    data = {"from": str(before.uuid) if before else None, "places": count, "memberships_ended": ended}
    record("places.place_moved", by=by, subject=place.uuid, place=parent.uuid, data=data)
    return place


def relocate(place: Place, parent: Place, order: int) -> int:
    """Re-path a subtree with one statement, without a fact; returns how many places lie in it.

    The new prefix is a fresh one, so that no row of the range meets another while it is rewritten.
    """
    old, old_walk = place.path, place.walk
    same = place.parent_id == parent.pk
    place.path = old if same else parent.path + segment(next_segment(parent))
    place.parent, place.order, place.walk = parent, order, walk_key(parent.walk, order)
    rows = Place.objects.filter(under(old))
    # Whoever adds a place holds its parent's row: with all rows held, nobody adds one at the old path.
    list(rows.select_for_update(no_key=True).order_by("path").values_list("pk", flat=True))
    count = rows.update(
        path=Concat(Value(place.path), Substr(F("path"), len(old) + 1)),
        walk=Concat(Value(place.walk), Substr(F("walk"), len(old_walk) + 1)),
    )
    Place.objects.filter(pk=place.pk).update(parent=parent, order=order)
    return count


def _leave_grids(place: Place, parent: Place, before: Place | None) -> int:
    """End the memberships that the move broke and bring the doors' grid up to date; returns how many ended."""
    if Kind(place.kind) in DIVISIONS:
        return 0  # a community's grids move with it
    today = clock.today()
    stays = before is not None and community_path(before.path) == community_path(place.path)
    around = GridMember.objects.filter(on_day(today), place__path__in=[*ancestors(parent.path), parent.path])
    ended = 0
    if not stays or around.exists():
        inside = GridMember.objects.filter(under(place.path, "place"), Q(closed__isnull=True))
        ended = inside.update(closed=today)
    redraw(place.path)
    return ended


def _check_move(place: Place, parent: Place, order: int) -> None:
    if parent.path.startswith(place.path):
        raise Problem("inside_itself", field="parent", name=place.name)
    if not may_lie_in(Kind(place.kind), Kind(parent.kind)):
        raise Problem("wrong_parent", field="parent", name=place.name, kind=place.kind, parent=parent.name)
    if parent.closed:
        raise Problem("parent_closed", field="parent", name=parent.name)
    if not 0 <= order <= LAST_ORDER:
        raise Problem("order_impossible", field="order", name=place.name)


def _lock(place: Place) -> Place:
    return Place.objects.select_for_update(no_key=True, of=("self",)).select_related("parent").get(pk=place.pk)


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Problem("name_missing", field="name")
    if len(name) > NAME_LENGTH:
        raise Problem("name_too_long", field="name", name=name[:40])
    return name
