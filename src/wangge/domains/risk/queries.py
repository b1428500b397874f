"""Named reads of risk areas. Public facts: no scope is needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import nsmallest
from uuid import UUID

from django.db.models import Case, Count, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Length

from wangge.base import clock
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList
from wangge.domains.risk.rules import Level, Span, level_between, pairs, shared, shortened

MOST_FOUND = 10
LONGEST_QUERY = 60


def latest() -> RiskList | None:
    """The list that is in force: the one published last."""
    return RiskList.objects.order_by("-published_at", "-id").first()


def known(digest: str) -> RiskList | None:
    """The list that says exactly this, if it was taken in."""
    return RiskList.objects.filter(digest=digest).first()


def figures() -> dict[str, int]:
    """How much is known: lists, areas, intervals, and of these how many hold now."""
    held = RiskInterval.objects.aggregate(all=Count("pk"), now=Count("pk", filter=Q(ends__isnull=True)))
    return {
        "lists": RiskList.objects.count(), "areas": RiskArea.objects.count(),
        "intervals": held["all"], "in_force": held["now"],
    }  # fmt: skip


def lists() -> QuerySet[RiskList]:
    """All lists, the latest first."""
    return RiskList.objects.order_by("-published_at", "-id")


def times() -> list[datetime]:
    """When lists were published, in order, each time once."""
    return list(RiskList.objects.order_by("published_at").values_list("published_at", flat=True).distinct())


def first_day() -> date | None:
    """The first civil day of which a list is known; before it nothing can be said."""
    first = RiskList.objects.order_by("published_at").values_list("published_at", flat=True).first()
    return clock.day_of(first) if first else None


def at_instant(at: datetime) -> QuerySet[RiskInterval]:
    """What held at an instant."""
    return RiskInterval.objects.filter(_between(at, at + timedelta(microseconds=1))).select_related("area")


def in_force(day: date) -> QuerySet[RiskInterval]:
    """What held at some time of a civil day."""
    return RiskInterval.objects.filter(_between(clock.start_of(day), clock.end_of(day))).select_related("area")


def _between(start: datetime, end: datetime, lookup: str = "") -> Q:
    still = Q(**{f"{lookup}ends__isnull": True}) | Q(**{f"{lookup}ends__gt": start})
    return Q(**{f"{lookup}starts__lt": end}) & still


def area(uuid: UUID) -> RiskArea:
    """An area with its history, the earliest first. Raises RiskArea.DoesNotExist."""
    ordered = RiskInterval.objects.order_by("starts")
    return RiskArea.objects.prefetch_related(Prefetch("intervals", ordered)).get(uuid=uuid)


def matching(text: str) -> QuerySet[RiskArea]:
    """The areas whose names hold every word of a text, also written short (北京朝阳) or as initials (bjcy).

    Chinese runs words together: 清徐物流园 is found by its characters too, after what holds it as it is (``close`` 0).
    """
    near, far = Q(), Q()
    for word in text[:LONGEST_QUERY].lower().split()[:6]:
        as_it_is = Q(found_by__contains=word) | Q(found_by__contains=shortened(word))
        near &= as_it_is
        far &= as_it_is if word.isascii() else _each(shortened(word))
    close = Case(When(near, then=Value(0)), default=Value(1)) if near else Value(0)
    return RiskArea.objects.filter(far).annotate(close=close)


def _each(word: str) -> Q:
    condition = Q()
    for character in dict.fromkeys(word):
        condition &= Q(found_by__contains=character)
    return condition


def listed_now(text: str = "", level: str = "") -> QuerySet[RiskArea]:
    """The areas in force now, for a page: high ones first, then as one reads a map."""
    still = RiskInterval.objects.filter(ends__isnull=True)
    if level:
        still = still.filter(level=level)
    rank = Case(*[When(intervals__level=one, then=at) for at, one in enumerate(Level)])
    found = matching(text).filter(intervals__in=still)
    return found.prefetch_related(Prefetch("intervals", still)).order_by(rank, "province", "city", "county", "name")


@dataclass(frozen=True, slots=True)
class Found:
    """An area that a text may mean, and the strictest level it had on the days asked about (None: none)."""

    area: RiskArea
    level: Level | None


def search(text: str, first: date, last: date, most: int = MOST_FOUND) -> list[Found]:
    """Areas for a text as it is typed: what holds it as it is, then what stood in a list on the days, first."""
    if not text.strip():
        return []
    days = RiskInterval.objects.filter(_between(clock.start_of(first), clock.end_of(last)))
    found = matching(text).annotate(on_days=Case(When(Q(pk__in=days.values("area")), then=0), default=1))
    ordered = found.order_by("close", "on_days", Length("name"), "id").prefetch_related("intervals")[:most]
    return [Found(one, level_on(one, first, last)) for one in ordered]


def spans_of(one: RiskArea) -> list[Span]:
    """An area's history, in no order; of many areas prefetch their intervals first."""
    return [Span(Level(each.level), each.starts, each.ends) for each in one.intervals.all()]


def level_on(one: RiskArea, first: date, last: date) -> Level | None:
    """The strictest level an area had on some days, both included."""
    return level_between(spans_of(one), clock.start_of(first), clock.end_of(last))


def near(text: str, first: date, last: date, most: int = 2 * MOST_FOUND) -> list[Found]:
    """The areas listed on some days around where somebody says they were: 从吉林长春朝阳区回来 names city and district.

    Of province, city and district as many as possible must be named; what shares most with the text comes first. The
    districts are looked through first: there are hundreds of them where there are tens of thousands of areas.
    """
    typed = "".join(text[: 2 * LONGEST_QUERY].lower().split())
    said, both = shortened(typed), pairs(typed) | pairs(shortened(typed))
    named: dict[int, set[tuple[str, str, str]]] = {}
    for where in RiskArea.objects.order_by().values_list("province", "city", "county").distinct():
        named.setdefault(_named(said, where), set()).add(where)
    days = RiskInterval.objects.filter(_between(clock.start_of(first), clock.end_of(last)))
    for count in sorted(named.keys() - {0}, reverse=True):
        around = RiskArea.objects.filter(
            pk__in=days.values("area"), province__in={one[0] for one in named[count]},
            city__in={one[1] for one in named[count]},
        )  # fmt: skip
        rows = around.values_list("pk", "name", "province", "city", "county")
        scores = {key: shared(both, name) for key, name, *where in rows if tuple(where) in named[count]}
        if scores:
            kept = nsmallest(most, scores, key=lambda key: (-scores[key], key))
            found = RiskArea.objects.prefetch_related("intervals").in_bulk(kept)
            return [Found(found[key], level_on(found[key], first, last)) for key in kept]
    return []


def named(uuids: Iterable[UUID], first: date, last: date) -> list[Found]:
    """Areas by their ids, with the level they had on the days."""
    rows = RiskArea.objects.filter(uuid__in=list(uuids)).prefetch_related("intervals").order_by("id")
    return [Found(one, level_on(one, first, last)) for one in rows]


def _named(said: str, around: Iterable[str]) -> int:
    """How many of an area's surroundings a text names."""
    return sum(len(name) > 1 and name in said for name in {shortened(one) for one in around})
