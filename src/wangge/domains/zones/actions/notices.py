"""A city's notice: taken as it was printed, placed line by line by people, put in force under its document."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open, in_force
from wangge.domains.zones import queries
from wangge.domains.zones.actions.zones import begin, end
from wangge.domains.zones.inputs import InForce, LineInput, Notice
from wangge.domains.zones.lines import Placed, read_line
from wangge.domains.zones.mapping import rings_of
from wangge.domains.zones.models import LinePlace, Zone, ZoneLine, ZoneNotice
from wangge.domains.zones.placing import district_of
from wangge.domains.zones.rules import UNPLACED, LineState, NoticeState, Part, ZoneState

Key = tuple[str, frozenset[tuple[int, str]]]


@transaction.atomic
def take_notice(*, notice: Notice, area: Place, response: Response, by: By) -> ZoneNotice:
    """Keep a notice with its lines, for people to place. In a district's office the lines of other districts are left
    to those. Taken twice it is one. Raises Problem: of a notice that does not fit nothing is taken."""
    by.need(Right.DRAW_ZONES, area.path)
    known = ZoneNotice.objects.filter(response=response, area=area, digest=notice.digest).first()
    if known:
        return known
    if not held_open(response.uuid) or not area.path.startswith(response.area.path):
        raise Problem("zone_no_response")
    mine = _mine(notice, area)
    edition = in_force(response)
    levels = queries.levels_of(edition)
    if unknown := next((one.level for one in mine if one.level not in levels), ""):
        raise Problem("zone_level_unknown", level=unknown, edition=edition.label.zh)
    one = ZoneNotice.objects.create(
        response=response, area=area, title=notice.title, number=notice.number, source=notice.source,
        published_at=notice.published_at, digest=notice.digest, state=NoticeState.TAKEN, taken_at=clock.now(),
        taken_post=by.post,
    )  # fmt: skip
    ZoneLine.objects.bulk_create(
        ZoneLine(notice=one, number=number, level=line.level, district=line.district, text=line.text,
                 kind=read_line(line.text).kind)
        for number, line in enumerate(mine, 1)
    )  # fmt: skip
    record(
        "zones.notice_taken", by=by, subject=one.uuid, place=area.uuid, response=response.uuid, protocol=edition.key,
        data={"lines": len(mine), "elsewhere": len(notice.lines) - len(mine)},
    )  # fmt: skip
    return one


def _mine(notice: Notice, area: Place) -> list[Placed]:
    """The lines whose district lies in the area; all of them where the area is the city."""
    found, here = [], dict[str, bool]()
    for line in notice.lines:
        if line.district not in here:
            here[line.district] = _lies_in(area, line.district)
        if here[line.district] or area.kind == "city":
            found.append(line)
    if not found:
        raise Problem("zone_notice_empty", field="text")
    return found


def _lies_in(area: Place, heading: str) -> bool:
    try:
        return bool(district_of(area, heading))
    except Place.DoesNotExist:
        return False


def _held(notice: ZoneNotice, by: By) -> ZoneNotice:
    """The notice, locked, while its Response is open. Raises Problem."""
    by.need(Right.DRAW_ZONES, notice.area.path)
    one = ZoneNotice.objects.select_for_update(of=("self",)).select_related("response", "area").get(pk=notice.pk)
    if not held_open(one.response.uuid):
        raise Problem("zone_no_response")
    return one


@transaction.atomic
def decide_line(*, line: ZoneLine, typed: LineInput, by: By) -> ZoneLine:
    """Say which places a line means, or that it means none here. Of a notice in force its zone begins, or is corrected,
    at once. Raises Problem."""
    notice = _held(line.notice, by)
    if notice.state == NoticeState.SUPERSEDED:
        raise Problem("zone_notice_over")
    one = ZoneLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    places = _found(notice, typed)
    outline = rings_of(typed.outline) if typed.outline else None
    if one.state == typed.state and one.outline == outline and _key(one.level, places) == _key_of(one):
        return one
    one.state, one.decided_at, one.decided_post, one.outline = typed.state, clock.now(), by.post, outline
    one.save(update_fields=["state", "decided_at", "decided_post", "outline"])
    one.places.all().delete()
    LinePlace.objects.bulk_create(LinePlace(line=one, place=place, part=part) for place, part in places)
    record(
        "zones.line_decided", by=by, subject=one.uuid, place=notice.area.uuid, response=notice.response.uuid,
        cause=notice.uuid, data={"state": typed.state.value, "places": len(places)},
    )  # fmt: skip
    if notice.state == NoticeState.IN_FORCE:
        _corrected(notice, one, by)
    return one


@transaction.atomic
def decide_lines(*, notice: ZoneNotice, typed: Mapping[int, LineInput], by: By) -> int:
    """Several lines of a notice at once, each as it was shown and ticked: all of them, or none. Lines that somebody has
    decided meanwhile stay as they are. Returns how many. Raises Problem."""
    one = _held(notice, by)
    lines = ZoneLine.objects.filter(notice=one, number__in=list(typed), state__in=[each.value for each in UNPLACED])
    some = list(lines.select_related("notice__response", "notice__area").order_by("number"))
    for line in some:
        decide_line(line=line, typed=typed[line.number], by=by)
    return len(some)


def _found(notice: ZoneNotice, typed: LineInput) -> list[tuple[Place, Part]]:
    """The places that were chosen, each inside the notice's area. Raises Problem."""
    by_uuid = {one.uuid: one for one in Place.objects.filter(uuid__in=[uuid for uuid, _part in typed.places])}
    found = [(by_uuid[uuid], part) for uuid, part in typed.places if uuid in by_uuid]
    if typed.state is LineState.PLACED and not any(part is not Part.OUT for _place, part in found):
        raise Problem("zone_place_missing", field="place")
    for place, _part in found:
        if not place.path.startswith(notice.area.path) or place.closed:
            raise Problem("zone_place_elsewhere", field="place", name=place.name)
    return found


def _key(level: str, places: Iterable[tuple[Place, Part]]) -> Key:
    return level, frozenset((place.pk, str(part)) for place, part in places)


def _key_of(line: ZoneLine) -> Key:
    return line.level, frozenset(LinePlace.objects.filter(line=line).values_list("place", "part"))


def _corrected(notice: ZoneNotice, line: ZoneLine, by: By) -> None:
    """A line of a notice in force was decided: its zone stands at the new places, the one it had ends if no other line
    stands on it, and what waited for this line of the notice before is carried on or ends."""
    before, line.zone = line.zone, None
    line.save(update_fields=["zone"])
    now = clock.now()
    if line.state == LineState.PLACED:
        _stand(notice, [line], _zones_before(notice), now, by)
    if before and not before.lines.filter(notice=notice).exists():
        _end_all(before, notice, now, by)
    _let_go(notice, now, by)


def _end_all(drawn: Zone, notice: ZoneNotice, now: datetime, by: By) -> None:
    """End what a line drew wrongly, also where it was stepped down since."""
    some = _zones_before(notice)
    origins = queries.origins([*some, drawn])
    for one in some:
        if origins[one.pk] == origins[drawn.pk]:
            end(zone=one, state=ZoneState.SUPERSEDED, at=now, by=by, cause=notice.uuid, clause=notice.clause)


@transaction.atomic
def put_in_force(*, notice: ZoneNotice, said: InForce, by: By) -> ZoneNotice:
    """The placed lines of a notice become zones under its document; those the authority's notice before named at the
    same places go on, the others end. Lines that are not placed yet stay open. Twice is once. Raises Problem."""
    one = _held(notice, by)
    if one.state != NoticeState.TAKEN:
        return one
    later = ZoneNotice.objects.filter(
        response=one.response, area=one.area, authority=said.authority, state=NoticeState.IN_FORCE,
        published_at__gt=one.published_at,
    ).first()  # fmt: skip
    if later:
        raise Problem("zone_notice_older", number=later.number)
    placed = list(one.lines.filter(state=LineState.PLACED).order_by("number"))
    if not placed:
        raise Problem("zone_nothing_placed")
    edition, now = in_force(one.response), clock.now()
    if unknown := next((line.level for line in placed if line.level not in queries.levels_of(edition)), ""):
        raise Problem("zone_level_unknown", level=unknown, edition=edition.label.zh)
    one.authority, one.number, one.clause, one.protocol = said.authority, said.number, said.clause, edition.key
    one.state, one.in_force_at, one.in_force_post = NoticeState.IN_FORCE, now, by.post
    one.save()
    before = _zones_before(one)
    began, carried = _stand(one, placed, before, now, by)
    _before(one).update(state=NoticeState.SUPERSEDED, superseded_at=now)
    ended = _let_go(one, now, by)
    record(
        "zones.notice_in_force", by=by, subject=one.uuid, place=one.area.uuid, response=one.response.uuid,
        protocol=edition.key, clause=one.clause,
        data={"number": one.number, "began": began, "carried": carried, "ended": ended,
              "unplaced": one.lines.filter(state__in=queries.UNPLACED_STATES).count()},
    )  # fmt: skip
    return one


def _before(notice: ZoneNotice) -> QuerySet[ZoneNotice]:
    """The notices of the same authority in force in this area."""
    found = ZoneNotice.objects.filter(
        response=notice.response, area=notice.area, authority=notice.authority, state=NoticeState.IN_FORCE
    )
    return found.exclude(pk=notice.pk)


def _zones_before(notice: ZoneNotice) -> list[Zone]:
    """The authority's zones in force here, of whichever of its notices."""
    found = Zone.objects.filter(
        response=notice.response, notice__area=notice.area, notice__authority=notice.authority,
        state=ZoneState.IN_FORCE,
    ).select_for_update(of=("self",))  # fmt: skip
    return list(found.select_related("response", "notice", "notice__area").order_by("pk"))


def _stand(
    notice: ZoneNotice, lines: Iterable[ZoneLine], before: Iterable[Zone], now: datetime, by: By
) -> tuple[int, int]:
    """Give each line its zone: one that holds the same places at the same level, or a new one. How many began and were
    carried on."""
    printed = _printed(before)
    known: dict[Key, Zone] = {key: zone for zone, key in printed}
    began = carried = 0
    for line in lines:
        key = _key_of(line)
        zone = known.get(key)
        if zone is None:
            rows = LinePlace.objects.filter(line=line).select_related("place").order_by("pk")
            zone = known[key] = begin(
                notice=notice, line=line, places=[(row.place, Part(row.part)) for row in rows], at=now, by=by
            )
            began += 1
        elif zone.notice_id != notice.pk:
            zone.notice = notice
            zone.save(update_fields=["notice"])
            carried += 1
        line.zone = zone
        line.save(update_fields=["zone"])
    return began, carried


def _printed(zones: Iterable[Zone]) -> list[tuple[Zone, Key]]:
    """Each zone with its level and the places of the line it began with, before it was stepped down too: what was
    decided at its edges since stays with it when the next notice repeats the line."""
    every = list(zones)
    origins = queries.origins(every)
    some = {origins[one.pk]: one for one in every}
    rows = LinePlace.objects.filter(line__zone__in=some, line__zone__isnull=False).order_by("line")
    found: dict[tuple[int, int], set[tuple[int, str]]] = {}
    for row in rows.values_list("line__zone", "line", "place", "part"):
        found.setdefault((row[0], row[1]), set()).add((row[2], row[3]))
    return [(some[zone], (some[zone].level, frozenset(places))) for (zone, _line), places in found.items()]


def _let_go(notice: ZoneNotice, now: datetime, by: By) -> int:
    """End what earlier notices of the authority named and this one does not. A zone whose words stand in this notice on
    a line that nobody has placed yet stays until somebody does: nobody is let out or shut in by a line left lying."""
    waiting = {
        (line.level, line.district, line.text)
        for line in notice.lines.filter(state__in=[one.value for one in UNPLACED])
    }
    gone = [
        one for one in _zones_before(notice)
        if one.notice_id != notice.pk and (one.level, one.district, one.name) not in waiting
    ]  # fmt: skip
    for one in gone:
        end(zone=one, state=ZoneState.SUPERSEDED, at=now, by=by, cause=notice.uuid, clause=notice.clause)
    return len(gone)
