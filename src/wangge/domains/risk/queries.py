"""Named reads of risk areas. Public facts: no scope is needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Length

from wangge.base import clock
from wangge.domains.risk.models import RiskArea, RiskInterval, RiskList
from wangge.domains.risk.rules import Level, Span, closest, level_between, pairs, shortened

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

    Chinese runs words together: 清徐物流园 is found by its characters too.
    """
    return RiskArea.objects.filter(_as_it_is(text) | _by_characters(text))


def _words(text: str) -> list[str]:
    return text[:LONGEST_QUERY].lower().split()[:6]


def _as_it_is(text: str) -> Q:
    condition = Q()
    for word in _words(text):
        ways = [Q(found_by__contains=one) for one in dict.fromkeys((word, shortened(word)))]
        condition &= reduce(or_, ways)
    return condition


def _by_characters(text: str) -> Q:
    condition = Q()
    for word in _words(text):
        condition &= _as_it_is(word) if word.isascii() else _each(shortened(word))
    return condition


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
    """Areas for a text as it is typed: what holds it as it is, then what stood in a list on the days, first.

    Only keys are ranked, and characters are looked at where too few hold the text: of 30,000 areas a key is typed
    after the other.
    """
    if not _words(text):
        return []
    ranked = RiskArea.objects.order_by(_on_days(first, last).desc(), Length("name"), "id")
    keys = list(ranked.filter(_as_it_is(text)).values_list("pk", flat=True)[:most])
    if len(keys) < most:
        more = ranked.filter(_by_characters(text)).exclude(pk__in=keys)
        keys += more.values_list("pk", flat=True)[: most - len(keys)]
    return _found(keys, first, last)


def _on_days(first: date, last: date) -> Exists:
    """Whether an area stood in a list on some of these days."""
    held = _between(clock.start_of(first), clock.end_of(last))
    return Exists(RiskInterval.objects.filter(held, area=OuterRef("pk")))


def _found(keys: Sequence[int], first: date, last: date) -> list[Found]:
    rows = RiskArea.objects.prefetch_related("intervals").in_bulk(keys)
    return [Found(rows[key], level_on(rows[key], first, last)) for key in keys]


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
    said = shortened(typed)
    by_count: dict[int, set[Around]] = {}
    for around in RiskArea.objects.order_by().values_list("province", "city", "county").distinct():
        by_count.setdefault(_named(said, around), set()).add(around)
    for count in sorted(by_count.keys() - {0}, reverse=True):
        known = frozenset[str]().union(*(pairs(shortened(name)) for around in by_count[count] for name in around))
        left = (pairs(typed) | pairs(said)) - known  # what says where inside the district, and costs for every name
        if listed := list(_within(by_count[count]).filter(_on_days(first, last))):
            return _found(closest(left, listed, most), first, last)
    return []


Around = tuple[str, str, str]
AT_ONCE = 100  # districts in one condition: SQLite nests no deeper than a thousand


def _within(places: Iterable[Around]) -> QuerySet[RiskArea, tuple[int, str]]:
    """Keys and names of the areas of some districts; of a whole province those of the first hundred districts."""
    some = sorted(places)[:AT_ONCE]
    condition = reduce(or_, (Q(province=one, city=two, county=three) for one, two, three in some))
    return RiskArea.objects.filter(condition).values_list("pk", "name")


def named(uuids: Iterable[UUID], first: date, last: date) -> list[Found]:
    """Areas by their ids, with the level they had on the days."""
    rows = RiskArea.objects.filter(uuid__in=list(uuids)).prefetch_related("intervals").order_by("id")
    return [Found(one, level_on(one, first, last)) for one in rows]


def _named(said: str, around: Iterable[str]) -> int:
    """How many of an area's surroundings a text names."""
    return sum(len(name) > 1 and name in said for name in {shortened(one) for one in around})
