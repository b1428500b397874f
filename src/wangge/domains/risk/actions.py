"""Taking published lists in: each is put at its own time, whenever it comes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from wangge.base import bulk, clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.risk import queries
from wangge.domains.risk.inputs import Named, Published
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList, RiskRun
from wangge.domains.risk.rules import Level, Run, Span, insert, shortened, spans, unit_of

ALONE = 0x7269_736B  # the advisory lock of PostgreSQL: one list at a time
CHUNK = 900  # values in one statement, for SQLite
MANY = 20  # areas in force from which on a list that lacks half of them is asked about


@transaction.atomic
def take_list(*, published: Published, by: By, into_history: bool = False, many_endings: bool = False) -> RiskList:
    """Take a list in. The same list twice is one; whatever the order lists come in, the intervals are the same.

    A list older than the one in force is no news: it is refused as the current list, so that nobody works by an old
    one, and taken where it is meant as history (``into_history``). A list that lacks more than half of what stands is
    probably cut off and waits for ``many_endings``. Raises Problem; then nothing was changed.
    """
    if not by.may(Right.TAKE_RISK_LISTS):
        raise NotAllowed(Right.TAKE_RISK_LISTS)
    _alone()
    if known := RiskList.objects.filter(digest=published.digest).first():
        return known
    current = queries.latest()
    older = current is not None and published.at < current.published_at
    if current and older and not into_history:
        raise Problem("risk_list_older", field="file", at=_said(published.at), current=_said(current.published_at))
    if not older and not many_endings:
        _check_endings(published)
    changed = _place(published)
    one = RiskList.objects.create(
        published_at=published.at, digest=published.digest, taken_at=clock.now(), taken_post=by.post,
        into_history=older, **{level.value: published.count(level) for level in Level},
    )  # fmt: skip
    record(
        "risk.list_taken", by=by, subject=one.uuid, occurred_at=published.at,
        data={"areas": len(published.levels), "changed": changed, "into_history": older},
    )  # fmt: skip
    return one


def _alone() -> None:
    """Lists are put in one at a time: what one changes depends on those beside it. SQLite has one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALONE])


def _said(at: datetime) -> str:
    return f"{at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"


def _check_endings(published: Published) -> None:
    standing = set(RiskArea.objects.filter(intervals__ends__isnull=True).values_list("key", flat=True))
    gone = len(standing - published.levels.keys())
    if len(standing) >= MANY and gone * 2 > len(standing):
        raise Problem("risk_list_many_endings", field="file", gone=gone, standing=len(standing))


def _place(published: Published) -> int:
    """Put a list between those before and after it; returns of how many areas the intervals changed."""
    times, at = queries.times(), published.at
    before = max((one for one in times if one < at), default=None)
    after = min((one for one in times if one > at), default=None)
    again = at in times
    times = times if again else sorted([*times, at])
    named = _areas(published.areas)
    keys = {area.pk: published.levels[key] for key, area in named.items()}
    touched = set(keys) | _touched(at, before, after)
    rows = _rows(touched)
    new = {
        key: insert([_run(row) for row in rows[key]], level=keys.get(key), at=at, before=before, after=after,
                    again=again)
        for key in touched
    }  # fmt: skip
    _write_runs(rows, new)
    return _write_intervals({key: spans(new[key], times) for key in touched})


def _touched(at: datetime, before: datetime | None, after: datetime | None) -> set[int]:
    """Areas that stood around that time: what they lack in this list ends or splits what they had."""
    around = Q(first__lte=at, last__gte=at) | Q(last=before) | Q(first=after)
    return set(RiskRun.objects.filter(around).values_list("area", flat=True))


def _areas(named: Mapping[str, Named]) -> dict[str, RiskArea]:
    """The areas by key; those never named before are made."""
    known = _known(named)
    fresh = [_area(key, one) for key, one in named.items() if key not in known]
    bulk.insert(fresh)
    return known | _known([one.key for one in fresh]) if fresh else known


def _known(keys: Iterable[str]) -> dict[str, RiskArea]:
    wanted, found = list(keys), dict[str, RiskArea]()
    for start in range(0, len(wanted), CHUNK):
        rows = RiskArea.objects.filter(key__in=wanted[start : start + CHUNK]).only("pk", "key")
        found.update((row.key, row) for row in rows)
    return found


def _area(key: str, one: Named) -> RiskArea:
    parts = dict.fromkeys((one.province, one.city, one.county, one.name))
    full = "".join("".join(parts).split()).lower()
    short = "".join(shortened(part) for part in parts).lower()
    return RiskArea(
        key=key, province=one.province, city=one.city, county=one.county, name=one.name, unit=unit_of(one.name),
        found_by="\n".join((full, short, _initials(full), _initials(short))),
    )  # fmt: skip


def _initials(text: str) -> str:
    from pypinyin import Style, lazy_pinyin  # half a second and 30 MB: only where lists are taken in

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def _rows(areas: Iterable[int]) -> defaultdict[int, list[RiskRun]]:
    found: defaultdict[int, list[RiskRun]] = defaultdict(list)
    wanted = sorted(areas)
    for start in range(0, len(wanted), CHUNK):
        for row in RiskRun.objects.filter(area__in=wanted[start : start + CHUNK]).order_by("first"):
            found[row.area_id].append(row)
    return found


def _run(row: RiskRun) -> Run:
    return Run(Level(row.level), row.first, row.last)


def _write_runs(rows: Mapping[int, Sequence[RiskRun]], new: Mapping[int, Sequence[Run]]) -> None:
    """Most runs only grow, which is one column; the others are deleted and written anew."""
    gone, grown, fresh = list[int](), list[RiskRun](), list[RiskRun]()
    for area, runs in new.items():
        wanted = {(run.first, run.level): run for run in runs}
        for row in rows.get(area, ()):
            run = wanted.pop((row.first, Level(row.level)), None)
            if run is None:
                gone.append(row.pk)
            elif run.last != row.last:
                row.last = run.last
                grown.append(row)
        fresh += [RiskRun(area_id=area, level=one.level, first=one.first, last=one.last) for one in wanted.values()]
    for start in range(0, len(gone), CHUNK):
        RiskRun.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    bulk.update(grown, ["last"])
    bulk.insert(fresh)


def _write_intervals(wanted: Mapping[int, Sequence[Span]]) -> int:
    held: defaultdict[int, list[Span]] = defaultdict(list)
    keys = sorted(wanted)
    for start in range(0, len(keys), CHUNK):
        for row in RiskInterval.objects.filter(area__in=keys[start : start + CHUNK]).order_by("starts"):
            held[row.area_id].append(Span(Level(row.level), row.starts, row.ends))
    changed = {area: found for area, found in wanted.items() if held[area] != list(found)}
    gone = list(changed)
    for start in range(0, len(gone), CHUNK):
        RiskInterval.objects.filter(area__in=gone[start : start + CHUNK]).delete()
    bulk.insert([
        RiskInterval(area_id=area, level=one.level, starts=one.starts, ends=one.ends)
        for area, found in changed.items() for one in found
    ])  # fmt: skip
    return len(changed)
