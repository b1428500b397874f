"""What follows when it changes who lives where: open asks have whoever came, went or moved on their lists soon after.

A file of any length is one fact for each part of it, with the communities it is about: the lists are compared there
in a few statements, whatever the number of people.
"""

from collections.abc import Iterable
from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.asking.actions import renew_all, renew_near
from wangge.domains.people.duplicates import merge_of
from wangge.domains.places.models import Place


def follow(event: Event) -> None:
    """Answer ``people.registered``, ``people.died``, ``places.place_added`` and ``places_added``, ``place_closed``,
    and ``grid_redrawn`` and ``grid_closed``: what is about one place."""
    renew_near(paths=_paths([event.place] if event.place else []), by=SYSTEM)


def imported(event: Event) -> None:
    """Answer ``people.imported``: many people in some communities, or anywhere."""
    if "communities" not in event.data:
        renew_all(by=SYSTEM)
    else:
        renew_near(paths=_paths(UUID(one) for one in event.data["communities"]), by=SYSTEM)


def merged(event: Event) -> None:
    """Answer ``people.merged`` and ``people.merge_undone``: one person has one line, where they live."""
    merge = merge_of(UUID(event.data["merge"]))
    renew_near(paths=sorted({merge.into.home.path, merge.absorbed.home.path}), by=SYSTEM)


def moved(event: Event) -> None:
    """Answer ``places.place_moved``: the lists around it now, and those around it before."""
    before = [UUID(event.data["from"])] if event.data.get("from") else []
    renew_near(paths=_paths([subject_of(event)]), before=_paths(before), by=SYSTEM)


def _paths(places: Iterable[UUID]) -> list[str]:
    return list(Place.objects.filter(uuid__in=list(places)).order_by("path").values_list("path", flat=True))
