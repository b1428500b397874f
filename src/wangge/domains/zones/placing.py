"""Which places a line can mean: candidates for a person to confirm. Nothing here decides."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wangge.base.access.scope import under
from wangge.domains.places.models import Place
from wangge.domains.places.naming import SCORE, Reason
from wangge.domains.places.queries import Candidate, resolve_places
from wangge.domains.places.rules import HOMES, Kind
from wangge.domains.zones.lines import LineKind, Read, read_line
from wangge.domains.zones.models import ZoneLine, ZoneNotice
from wangge.domains.zones.rules import LineState, Part

SHOWN = 8  # candidates offered for one line
SURE = SCORE[Reason.NUMERALS]  # from here up the whole name was written
#: What a zone can be made of. A single bed is none.
KINDS = frozenset(Kind) - {Kind.CITY, Kind.BED}
_UNIT = re.compile(r"^(.*(?:号楼|栋|幢|座))\S{1,4}(?:单元|门洞)$")
_HOMES = frozenset(HOMES)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is offered for a line. ``one``: the place whose exact name it is and that stands alone; None otherwise.

    ``edge``: the building of a unit that is not known there: its doors are decided one by one. ``without``: what is
    left out, as far as it was found; ``lost``: what is to be left out and was not found. ``before``: the places that
    a person confirmed for the same words in an earlier notice.
    """

    read: Read
    candidates: tuple[Candidate, ...] = ()
    one: Place | None = None
    edge: Place | None = None
    without: tuple[Candidate, ...] = ()
    lost: tuple[str, ...] = ()
    before: tuple[tuple[Place, Part], ...] = ()


@dataclass(slots=True)
class _Asked:
    """The texts that are looked for in one district, each once."""

    within: Place
    texts: dict[str, None] = field(default_factory=dict)


def district_of(notice_area: Place, heading: str) -> Place:
    """The district that a heading names, in the area of a notice; the area itself without a heading, or where the
    heading is its own name. Raises Place.DoesNotExist for one that is not there."""
    if not heading or notice_area.name == heading:
        return notice_area
    inside = Place.objects.filter(under(notice_area.path), kind__in=[Kind.DISTRICT, Kind.TOWNSHIP], name=heading)
    if found := inside.order_by("path").first():
        return found
    raise Place.DoesNotExist


def proposals(notice: ZoneNotice, lines: Sequence[ZoneLine]) -> dict[int, Proposal]:
    """What is offered for each of these lines, by its key. The names of a district are read once for all its lines."""
    reads = {one.pk: read_line(one.text) for one in lines}
    asked = _asked(notice, lines, reads)
    found: dict[str, dict[str, tuple[tuple[Candidate, ...], Place | None]]] = {}
    for heading, one in asked.items():
        texts = list(one.texts)
        answers = resolve_places(texts=texts, within=one.within, kinds=KINDS)
        found[heading] = {each.text: (each.candidates, each.chosen) for each in answers}
    before = _before(notice, lines)
    return {
        one.pk: _proposal(
            reads[one.pk], found.get(one.district, {}), before.get((one.level, one.district, one.text), ())
        )
        for one in lines
    }


def _asked(notice: ZoneNotice, lines: Iterable[ZoneLine], reads: Mapping[int, Read]) -> dict[str, _Asked]:
    asked: dict[str, _Asked] = {}
    for one in lines:
        if one.district not in asked:
            try:
                asked[one.district] = _Asked(district_of(notice.area, one.district))
            except Place.DoesNotExist:
                continue
        read = reads[one.pk]
        if read.kind is not LineKind.OUTLINE:
            asked[one.district].texts |= dict.fromkeys([*read.names, *_building(read), *read.without])
    return asked


def _building(read: Read) -> tuple[str, ...]:
    """The building of a unit, for where the unit is not known."""
    found = _UNIT.match(read.names[-1]) if read.kind is LineKind.UNIT else None
    return (found[1],) if found else ()


def _proposal(
    read: Read, found: Mapping[str, tuple[tuple[Candidate, ...], Place | None]], before: tuple[tuple[Place, Part], ...]
) -> Proposal:
    nothing: tuple[tuple[Candidate, ...], Place | None] = ((), None)
    answers = [found.get(name, nothing) for name in read.names]
    every = {one.place.pk: one for some, _chosen in answers for one in some if one.place.kind not in _HOMES}
    best = sorted(every.values(), key=lambda one: -one.score)[:SHOWN]
    sure = (chosen for some, chosen in answers if chosen and some[0].score >= SURE)
    one = next(sure, None)
    edge = next((found.get(name, nothing)[1] for name in _building(read)), None) if one is None else None
    left_out = [found.get(name, nothing) for name in read.without]
    return Proposal(
        read, tuple(best), one, edge,
        tuple(some[0] for some, chosen in left_out if chosen and some),
        tuple(name for name, (_some, chosen) in zip(read.without, left_out, strict=True) if chosen is None),
        before,
    )  # fmt: skip


def _before(
    notice: ZoneNotice, lines: Iterable[ZoneLine]
) -> dict[tuple[str, str, str], tuple[tuple[Place, Part], ...]]:
    """What was confirmed for the same words, level and district in the latest notice before this one."""
    texts = {one.text for one in lines}
    known = ZoneLine.objects.filter(
        notice__area=notice.area, notice__response=notice.response, text__in=texts, state=LineState.PLACED
    ).exclude(notice=notice)  # fmt: skip
    rows = known.prefetch_related("places__place").order_by("notice__published_at", "pk")
    return {
        (one.level, one.district, one.text): tuple((each.place, Part(each.part)) for each in one.places.all())
        for one in rows
    }
