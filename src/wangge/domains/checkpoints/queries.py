"""Named reads of checkpoints: which are open for whom, who stands there, what shifts add up to; the register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.checkpoints.models import Checkpoint, Emergency, Pass, RegisterLine, Shift
from wangge.domains.checkpoints.rules import COUNTED, Seen
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import open_posts
from wangge.domains.duty.rules import PostKind
from wangge.domains.people.envelope import phone_index
from wangge.domains.people.rules import normal_phone
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import about, touched
from wangge.domains.places.rules import Kind as PlaceKind
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, named_at
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.protocol.rules import Named, Protocol
from wangge.domains.protocol.rules_entry import Entry

TABLE = "wangge_registerline"


def reaches(by: By, place: Place) -> bool:
    """Whether somebody keeps checkpoints at a place: it lies in their places, or holds a door of their grids."""
    if by.system:
        return True
    if not by.may(Right.KEEP_CHECKPOINT):
        return False
    try:
        return bool(touched(by.scope(Right.KEEP_CHECKPOINT), place.uuid))
    except Place.DoesNotExist:
        return False


def checkpoints(scope: Scope) -> QuerySet[Checkpoint]:
    """The checkpoints at the places of a scope, or around them; open ones first, then the latest."""
    found = Checkpoint.objects.filter(about(scope, "place")).select_related("place", "post")
    return found.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-id")


def checkpoint(scope: Scope, uuid: UUID) -> Checkpoint:
    """Raises Checkpoint.DoesNotExist, also for another place's."""
    return checkpoints(scope).get(uuid=uuid)


def open_for(by: By) -> list[Checkpoint]:
    """Where this person may stand now: open, theirs by place, and kept by their post or by nobody's in particular."""
    found = checkpoints(by.scope(Right.KEEP_CHECKPOINT)).filter(closed_at__isnull=True)
    return [one for one in found if stands(by, one)]


def stands(by: By, one: Checkpoint) -> bool:
    """Whether somebody may stand at a checkpoint: its own post, or, above and beside it, whoever keeps the place."""
    if not reaches(by, one.place):
        return False
    return one.post is None or one.post.kind != PostKind.CHECKPOINT or not _gate_only(by) or by.post == one.post.uuid


def _gate_only(by: By) -> bool:
    """A post whose only work is a checkpoint stands at its own and at no other."""
    return not (by.may(Right.SEE_BOARD) or by.may(Right.WORK_DOORS))


#: What a checkpoint may stand at, as places go.
AT = frozenset({PlaceKind.COMMUNITY, PlaceKind.COMPOUND, PlaceKind.BUILDING, PlaceKind.SITE, PlaceKind.HAMLET})
MOST_PLACES = 300


def places_for(scope: Scope) -> list[Place]:
    """Where a checkpoint may be opened: the places of a scope, and those its grids have doors in; in walking order."""
    condition = scope.q()
    if scope.grids:
        doors = Place.objects.filter(grid__in=scope.grids).values_list("path", flat=True)
        condition |= Q(path__in={path for door in doors for path in ancestors(door)})
    found = Place.objects.filter(condition, kind__in=AT, closed__isnull=True).order_by("path")
    return list(found[:MOST_PLACES])


def posts_for(scope: Scope) -> list[Post]:
    """The posts that a checkpoint at the places of a scope may be given to."""
    found = open_posts().filter(scope.q("place"), kind=PostKind.CHECKPOINT)
    return list(found.order_by("place__path", "title", "id"))


@dataclass(frozen=True, slots=True)
class Ground:
    """On what ground codes are asked for at a place: the Response, its edition today, and what that says of entries."""

    response: Response
    edition: Protocol
    rule: Entry


def ground(place: Place, kind: str) -> Ground | None:
    """Whether a checkpoint of this kind may ask for codes here today."""
    response = named_at(place, Named.CODES)
    return _ground(response, kind) if response else None


def ground_of(one: Checkpoint) -> Ground | None:
    """The same for a checkpoint that is open, in its own Response."""
    response = response_named(one.response)
    return None if response.closed_at else _ground(response, one.kind)


def _ground(response: Response, kind: str) -> Ground | None:
    edition = in_force(response)
    return Ground(response, edition, edition.entry) if edition.entry and edition.asks_code_at(kind) else None


def shift(uuid: UUID) -> Shift:
    """Raises Shift.DoesNotExist."""
    return Shift.objects.select_related("checkpoint", "checkpoint__place").get(uuid=uuid)


def shifts(one: Checkpoint) -> QuerySet[Shift]:
    """The shifts of a checkpoint, the latest first."""
    return one.shifts.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-id")


def open_shifts(account: UUID) -> list[Shift]:
    """The shifts that somebody has not ended."""
    found = Shift.objects.filter(account=account, closed_at__isnull=True).select_related("checkpoint")
    return list(found.order_by("opened_at"))


def standing(points: Iterable[Checkpoint]) -> dict[int, list[Shift]]:
    """Who stands at each of these now, by its key."""
    found: dict[int, list[Shift]] = {}
    for one in Shift.objects.filter(checkpoint__in=list(points), closed_at__isnull=True).order_by("opened_at"):
        found.setdefault(one.checkpoint_id, []).append(one)
    return found


def names_of(chosen: Iterable[Shift]) -> dict[UUID, str]:
    """Who stood there, by account: staff on duty, as the badge says it."""
    return dict(Account.objects.filter(uuid__in={one.account for one in chosen}).values_list("uuid", "name"))


#: What a total counts besides what was shown.
FIGURES: dict[str, Any] = {
    "passes": Count("pk"),
    "aside": Count("pk", filter=Q(through=False)),
    "fever": Count("pk", filter=Q(temperature="fever")),
    "no_temperature": Count("pk", filter=Q(temperature="")),
    "no_mask": Count("pk", filter=Q(mask=False)),
    **{f"shown_{one.value}": Count("pk", filter=Q(shown=one)) for one in COUNTED},
}


@dataclass(frozen=True, slots=True)
class Total:
    """What one shift, or a checkpoint, adds up to. ``shown`` adds up to ``passes``."""

    passes: int
    aside: int
    fever: int
    no_temperature: int
    no_mask: int
    shown: dict[Seen, int]
    entries: int
    emergencies: int


def totals_of_shifts(chosen: Iterable[Shift]) -> dict[int, Total]:
    """Each shift's total by its key, from three statements however many there are."""
    return _totals(Q(shift__in=[one.pk for one in chosen]), "shift")


def totals_of_checkpoints(chosen: Iterable[Checkpoint], since: datetime | None = None) -> dict[int, Total]:
    """Each checkpoint's total by its key, of all shifts or of what happened since an instant."""
    which = Q(shift__checkpoint__in=[one.pk for one in chosen])
    return _totals(which & Q(at__gte=since) if since else which, "shift__checkpoint")


def _totals(which: Q, by: str) -> dict[int, Total]:
    passes = {row.pop(by): row for row in Pass.objects.filter(which).values(by).annotate(**FIGURES)}
    lines = _counted(RegisterLine.objects.within(EVERYTHING).filter(which), by)
    needs = _counted(Emergency.objects.filter(which), by)
    keys = {*passes, *lines, *needs}
    return {key: _total(passes.get(key, {}), lines.get(key, 0), needs.get(key, 0)) for key in keys}


def _counted(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return {row[by]: row["number"] for row in rows.values(by).annotate(number=Count("pk"))}


def _total(row: dict[str, int], entries: int, emergencies: int) -> Total:
    shown = {one: row.get(f"shown_{one.value}", 0) for one in COUNTED}
    return Total(
        row.get("passes", 0), row.get("aside", 0), row.get("fever", 0), row.get("no_temperature", 0),
        row.get("no_mask", 0), shown, entries, emergencies,
    )  # fmt: skip


NOTHING = _total({}, 0, 0)


def emergencies(one: Checkpoint) -> QuerySet[Emergency]:
    """Those nobody has followed up first, then the latest."""
    found = Emergency.objects.filter(shift__checkpoint=one).select_related("shift")
    return found.order_by(F("settled_at").desc(nulls_first=True), "-at", "-id")


def emergency(one: Checkpoint, uuid: UUID) -> Emergency:
    """Raises Emergency.DoesNotExist."""
    return emergencies(one).get(uuid=uuid)


def unsettled(points: Iterable[Checkpoint]) -> dict[int, int]:
    """How many emergencies of each nobody has followed up yet, by the checkpoint's key."""
    rows = Emergency.objects.filter(shift__checkpoint__in=list(points), became="")
    return _counted(rows, "shift__checkpoint")


def register(scope: Scope, one: Checkpoint) -> ScopedQuerySet[RegisterLine]:
    """The lines of a checkpoint's register, the latest first. Log the look before showing it."""
    return RegisterLine.objects.within(scope).filter(shift__checkpoint=one).order_by("-at", "-id")


def index_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The blind index of what a line says: kept with the line, worked out again under new keys."""
    return {"phone_index": phone_index(normal_phone(str(content.get("phone", ""))))}


def said(line: RegisterLine) -> dict[str, str]:
    """What stands in a line. Log the look before showing it."""
    return sealing.unseal(TABLE, line.uuid, line.sealed)


def lines_with(phones: Iterable[str]) -> ScopedQuerySet[RegisterLine]:
    """Every line with one of these numbers, wherever: for the record of whoever they belong to. Log the look."""
    indexes = [phone_index(normal_phone(phone)) for phone in phones if phone]
    found = RegisterLine.objects.within(EVERYTHING).filter(phone_index__in=indexes)
    return found.select_related("shift__checkpoint__place").order_by("-at", "-id")


def lines_past(keep_days: int) -> ScopedQuerySet[RegisterLine]:
    """The lines of before the civil days that are kept: today and as many before it."""
    first = clock.start_of(clock.today() - timedelta(days=keep_days))
    return RegisterLine.objects.within(EVERYTHING).filter(at__lt=first)
