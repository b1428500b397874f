"""Named reads of requests for help, within a scope; who has one now; what was promised and kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Substr

from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet, under
from wangge.base.promises import Kept, published
from wangge.domains.duty.models import Post
from wangge.domains.help.models import HelpNote, HelpRequest
from wangge.domains.help.rules import LIVE, MANY, State
from wangge.domains.places.models import Place
from wangge.domains.places.queries import resolve_place
from wangge.domains.places.rules import COMMUNITY_LEVEL, HOMES, SEGMENT, Kind, ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import open_responses
from wangge.domains.work.models import Task, TaskItem

TABLE, NOTES = "wangge_helprequest", "wangge_helpnote"
SHOWN = 8
#: What is wider than a community has no link of its own.
TOO_WIDE = frozenset({Kind.CITY, Kind.DISTRICT, Kind.TOWNSHIP})


def place_of_link(uuid: UUID) -> Place:
    """Where a link or a poster leads. Raises Place.DoesNotExist."""
    return Place.objects.exclude(kind__in=TOO_WIDE).get(uuid=uuid, closed__isnull=True)


def places_for_posters(scope: Scope, text: str) -> QuerySet[Place]:
    """The places of a scope for which a poster can be made, by part of a name."""
    found = Place.objects.filter(scope.q(), closed__isnull=True, name__contains=text)
    return found.exclude(kind__in=[*TOO_WIDE, Kind.BED]).order_by("path")


def response_at(place: Place) -> Response | None:
    """The open Response around a place, the one with the narrowest area: outside one nothing is asked or kept."""
    around = [*ancestors(place.path), place.path]
    return open_responses().filter(area__path__in=around).order_by("-area__path").first()


def known(uuid: UUID) -> HelpRequest | None:
    """By the id its sender made, whoever asks: what is sealed stays sealed."""
    return _all().filter(uuid=uuid).first()


def _all() -> ScopedQuerySet[HelpRequest]:
    found = HelpRequest.objects.within(EVERYTHING)
    return found.select_related("place", "door", "door__parent", "post", "raised_to")


def held(uuid: UUID) -> HelpRequest:
    """Locked until the transaction ends: whoever changes one takes turns."""
    HelpRequest.objects.within(EVERYTHING).select_for_update().get(uuid=uuid)
    return _all().get(uuid=uuid)


def requests(scope: Scope) -> ScopedQuerySet[HelpRequest]:
    """Those for places of a scope, or at doors of it: a worker's grid holds doors, not compounds."""
    if scope.everything:  # its condition is empty, and empty or something is something
        return _all()
    return _all().filter(scope.q("place") | (Q(door__isnull=False) & scope.q("door")))


def request(scope: Scope, uuid: UUID) -> HelpRequest:
    """Raises HelpRequest.DoesNotExist, also outside the scope."""
    return requests(scope).get(uuid=uuid)


TABS = ("open", "done", "hazards", "many", "closed")


def tab(scope: Scope, name: str) -> ScopedQuerySet[HelpRequest]:
    """One of the desk's lists, what is due first at its head. What one address sent in masses has a list of its own."""
    live = requests(scope).filter(closed_at__isnull=True).order_by("due_at", "id")
    if name == "closed":
        return requests(scope).filter(closed_at__isnull=False).order_by("-closed_at", "-id")
    if name == "many":
        return live.filter(rank__gte=MANY)
    few = live.filter(rank__lt=MANY)
    if name == "done":
        return few.filter(state=State.DONE)
    return few.exclude(state=State.DONE).filter(public=name == "hazards")


def figures(scope: Scope) -> dict[str, int]:
    """How many stand in each open list, and how many of them are late."""
    few, live = Q(rank__lt=MANY), requests(scope).filter(closed_at__isnull=True).order_by()
    to_do = few & ~Q(state=State.DONE)
    return live.aggregate(
        open=Count("pk", filter=to_do & Q(public=False)), hazards=Count("pk", filter=to_do & Q(public=True)),
        done=Count("pk", filter=few & Q(state=State.DONE)), many=Count("pk", filter=Q(rank__gte=MANY)),
        late=Count("pk", filter=~Q(state=State.DONE) & Q(due_at__lte=clock.now())),
    )  # fmt: skip


def details(one: HelpRequest) -> dict[str, Any]:
    """What was said. Sealed: a look at it is put on record first."""
    return sealing.unseal(TABLE, one.uuid, one.sealed)


def history(one: HelpRequest) -> list[HelpNote]:
    return list(HelpNote.objects.within(EVERYTHING).filter(request=one).order_by("at", "id"))


def note_words(note: HelpNote) -> str:
    return str(sealing.unseal(NOTES, note.uuid, note.sealed).get("words", ""))


def noted(one: HelpRequest) -> frozenset[str]:
    """Which kinds of line stand in its history since it was opened the last time."""
    return frozenset(HelpNote.objects.within(EVERYTHING).filter(request=one).values_list("kind", flat=True))


def changed(found: Iterable[HelpRequest]) -> dict[int, datetime]:
    """When each of these was last changed: the last line of its history, else when it arrived."""
    rows = list(found)
    notes = HelpNote.objects.within(EVERYTHING).filter(request__in=[one.pk for one in rows])
    last = dict(notes.order_by().values_list("request").annotate(at=Max("at")))
    return {one.pk: last.get(one.pk, one.received_at) for one in rows}


def holders(found: Iterable[HelpRequest]) -> dict[int, Post]:
    """Who has each of these now: whoever holds its door's task, else the office or the level it went up to."""
    rows = list(found)
    items = TaskItem.objects.within(EVERYTHING).filter(
        cause__in=[one.item for one in rows if one.item], state=TaskItem.State.OPEN
    )
    at_doors = {
        item.cause: item.task.raised_to or item.task.post
        for item in items.select_related("task__post", "task__raised_to")
    }
    chosen = {one.pk: (at_doors.get(one.item) if one.item else None) or one.raised_to or one.post for one in rows}
    return {key: post for key, post in chosen.items() if post}


def at_task(task: Task) -> list[HelpRequest]:
    """What waits at a door's task, what is due first at its head."""
    causes = TaskItem.objects.within(EVERYTHING).filter(task=task, state=TaskItem.State.OPEN).values("cause")
    return list(_all().filter(item__in=causes, door=task.door).order_by("due_at", "id"))


def at_home(door: Place) -> ScopedQuerySet[HelpRequest]:
    """All that was ever asked for at a door, the latest first."""
    return _all().filter(door=door, public=False).order_by("-received_at", "-id")


def of_items(causes: Sequence[UUID]) -> list[UUID]:
    """The requests that wait for one of these items."""
    found = HelpRequest.objects.within(EVERYTHING).filter(item__in=list(causes), state__in=sorted(LIVE))
    return list(found.order_by("id").values_list("uuid", flat=True))


def near(kind: str, place: Place) -> list[HelpRequest]:
    """Open hazards of one kind at a place or beside it: public ones alone, a person's need is shown to nobody."""
    around = place.path[: max(len(place.path) - SEGMENT, SEGMENT * (COMMUNITY_LEVEL + 1))]
    found = _all().filter(under(around, "place"), kind=kind, public=True, closed_at__isnull=True)
    return list(found.order_by("-received_at", "-id")[:SHOWN])


def home_meant(one: HelpRequest) -> Place | None:
    """The one home that a request means; None where there is none or several: nobody guesses."""
    if one.place.kind in HOMES:
        return one.place
    where = str(details(one).get("where", ""))
    if not where:
        return None
    found: Place | None = resolve_place(text=where, within=one.place, kinds=HOMES).chosen
    return found


def doors_meant(one: HelpRequest, scope: Scope) -> list[Place]:
    """Doors of a scope that a request may mean, for a person to choose from."""
    where = str(details(one).get("where", ""))
    found = resolve_place(text=where, within=one.place, kinds=HOMES).candidates if where else ()
    return [each.place for each in found if scope.covers(each.place.path, each.place.grid_id)][:SHOWN]


def late_at_office(now: Any) -> ScopedQuerySet[HelpRequest]:
    """Open ones past their time that wait at no door: those at doors go up with the door's work."""
    found = HelpRequest.objects.within(EVERYTHING).filter(
        state__in=[State.ASKING, State.OPEN], item__isnull=True, due_at__lte=now, post__isnull=False
    )
    return found.select_related("place", "post", "post__parent", "raised_to", "raised_to__parent").order_by("id")


def promised(scope: Scope, response: Response | None = None) -> dict[str, list[tuple[str, int, int]]]:
    """Of those whose time to be answered is over, or who were: how many (key, asked, answered in time) by kind and by
    community (its path). Not to be shown as it is: ``base.promises`` says what may be."""
    over = Q(answered_at__isnull=False) | Q(answer_by__lte=clock.now())
    found = requests(scope).filter(over).exclude(state=State.ENDED).order_by()
    found = found.filter(response=response.uuid) if response else found
    in_time = Count("pk", filter=Q(answered_at__lte=F("answer_by")))
    community = Substr("place__path", 1, SEGMENT * COMMUNITY_LEVEL)
    kinds = found.values("kind").annotate(asked=Count("pk"), in_time=in_time).order_by("kind")
    places = found.annotate(community=community).values("community").annotate(asked=Count("pk"), in_time=in_time)
    return {
        "kinds": [(row["kind"], row["asked"], row["in_time"]) for row in kinds],
        "places": [(row["community"], row["asked"], row["in_time"]) for row in places.order_by("community")],
    }


def promises(scope: Scope, response: Response | None = None) -> dict[str, list[Kept]]:
    """The same as it may be shown: never by worker, and nothing about fewer than five."""
    return {name: published(figures) for name, figures in promised(scope, response).items()}


def names_of_paths(paths: Iterable[str]) -> dict[str, str]:
    return dict(Place.objects.filter(path__in=list(paths)).values_list("path", "name"))
