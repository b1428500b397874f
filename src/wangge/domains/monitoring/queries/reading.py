"""Named reads of daily reports, always within a scope."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from wangge.base import clock, sealing
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet, under
from wangge.base.sets import keys
from wangge.domains.asking.queries.answers import people_saying
from wangge.domains.monitoring.models import (
    DailyReport,
    Heat,
    HomeWatch,
    ReportConsent,
    ReportLink,
    ReportSlot,
    WatchTally,
)
from wangge.domains.monitoring.rules import COLUMNS, Careful, may_answer, slot_at
from wangge.domains.people.models import Person
from wangge.domains.people.queries import living_with
from wangge.domains.people.rules import age_on
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import all_protocols, in_force
from wangge.domains.protocol.rules import Where
from wangge.domains.protocol.rules_monitoring import Monitoring
from wangge.domains.protocol.rules_monitoring import ReportSlot as Due

TABLE = "wangge_dailyreport"
#: Answers that say that somebody is to be looked after first.
ILL = (("oxygen", "yes"), ("dialysis", "yes"))
PREGNANT = (("pregnant", "yes"), ("why_not_down", "pregnant"))
ALONE = (("lives_alone", "yes"),)


def rule_of(response: Response, day: date | None = None) -> Monitoring | None:
    """What the edition in force asks of daily reports; None: it asks none, or the Response is closed."""
    return None if response.closed_at else in_force(response, day).monitoring


def at_home() -> dict[str, set[str]]:
    """For each edition the measures that are spent at home."""
    found: dict[str, set[str]] = defaultdict(set)
    for edition in all_protocols():
        for role in edition.roles.values():
            found[edition.key] |= {one.kind for one in role.measures if one.where is Where.HOME}
    return found


def careful_reasons(people: Collection[int], frail_age: int) -> dict[int, tuple[Careful, ...]]:
    """For each of these people (by key) why they are called at the first missed report: a few statements for all."""
    today = clock.today()
    rows = Person.objects.within(EVERYTHING).filter(pk__in=keys(people)).values_list("pk", "birth_date", "home")
    known = {pk: (born, home) for pk, born, home in rows}
    homes = Person.objects.within(EVERYTHING).filter(home__in=keys({home for _, home in known.values()}))
    alive = homes.filter(died_on__isnull=True).order_by().values_list("home").annotate(number=Count("pk"))
    alone = {home for home, number in alive if number == 1}
    said = {word: people_saying(pairs, people) for word, pairs in ((Careful.ALONE, ALONE), (Careful.ILL, ILL))}
    said[Careful.PREGNANT] = people_saying(PREGNANT, people)
    found = {}
    for pk, (born, home) in known.items():
        age = age_on(born, today)
        true = {word for word, those in said.items() if pk in those}
        true |= {Careful.ALONE} if home in alone else set()
        true |= {Careful.OLD} if age is not None and age >= frail_age else set()
        found[pk] = tuple(word for word in Careful if word in true)
    return found


def watches(scope: Scope) -> ScopedQuerySet[HomeWatch]:
    """Everybody who is to report now."""
    found = HomeWatch.objects.within(scope).filter(ended_at__isnull=True)
    return found.select_related("person", "door", "door__parent", "response").prefetch_related("response__phases")


def watch(scope: Scope, uuid: UUID) -> HomeWatch:
    """Also of somebody whose days are over. Raises HomeWatch.DoesNotExist, also outside the scope."""
    found = HomeWatch.objects.within(scope).select_related("person", "person__home", "door", "door__parent", "response")
    return found.prefetch_related("response__phases").get(uuid=uuid)


def watch_of(person: Person) -> HomeWatch | None:
    """Under what somebody reports now, the latest where there are several."""
    return watches(EVERYTHING).filter(person=person).order_by("-began_at", "-id").first()


#: The order of the list of the silent, as its index has it.
SILENT = ("-first", "silent_since", "id")


def silent(scope: Scope) -> ScopedQuerySet[HomeWatch]:
    """未上报名单: who has missed a report and was not heard since: whoever is looked after first, then the longest."""
    found = HomeWatch.objects.within(scope).filter(silent_since__isnull=False)
    found = found.select_related("person", "door", "door__parent", "door__grid", "response")
    return found.order_by(*SILENT)


def counts(scope: Scope) -> dict[str, int]:
    """How many are to report, and how many of them are silent now."""
    found = HomeWatch.objects.within(scope).filter(ended_at__isnull=True)
    return found.aggregate(watched=Count("pk"), silent=Count("pk", filter=Q(silent_since__isnull=False)))


@dataclass(frozen=True, slots=True)
class Figures:
    """One report of a day at one level. The columns add up to ``expected``."""

    slot: str
    due_at: datetime
    columns: dict[str, int]

    @property
    def expected(self) -> int:
        return sum(self.columns.values())


def _in(scope: Scope) -> Q:
    """Tallies of a scope: by their place, or by their grid where a post has grids."""
    condition = Q(pk__in=())
    for prefix in scope.prefixes:
        condition |= under(prefix, "place")
    condition |= Q(grid__in=scope.grids)
    return Q() if scope.everything else condition


def _sums(rows: QuerySet[WatchTally], *by: str) -> Any:
    return rows.order_by().values(*by).annotate(**{f"n_{name}": Sum(name) for name in COLUMNS}).order_by(*by)


def _columns(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[f"n_{name}"] or 0 for name in COLUMNS}


def figures(scope: Scope, day: date) -> list[Figures]:
    """A day's reports in a scope, from the tallies."""
    rows = _sums(WatchTally.objects.filter(_in(scope), day=day), "due_at", "slot")
    return [Figures(row["slot"], row["due_at"], _columns(row)) for row in rows]


def by_child(place: Place, depth: int, day: date, slot: str) -> dict[str, dict[str, int]]:
    """The same for each child of a place, by the first ``depth`` characters of the path: one statement."""
    rows = WatchTally.objects.filter(under(place.path, "place"), day=day, slot=slot)
    found = _sums(rows.annotate(child=Substr("place__path", 1, depth)), "child")
    return {row["child"]: _columns(row) for row in found}


def slot_now(rule: Monitoring, at: datetime) -> tuple[date, Due]:
    """The civil day and the report of it that an instant belongs to."""
    local = at.astimezone(clock.LOCAL)
    return local.date(), rule.slots[slot_at(local.hour, [one.opens for one in rule.slots])]


def due_at(day: date, slot: Due) -> datetime:
    """By when a day's report is expected."""
    return clock.start_of(day) + timedelta(hours=slot.due)


def slot_row(watch: HomeWatch, day: date, slot: str) -> ReportSlot | None:
    """The expected report of somebody, locked."""
    mine = ReportSlot.objects.filter(watch=watch, tally__day=day, tally__slot=slot)
    return mine.select_for_update(of=("self",)).select_related("tally").first()


def slots_of(watch: HomeWatch, days: int = 7) -> list[ReportSlot]:
    """The expected reports of the last days, the latest first."""
    since = clock.today() - timedelta(days=days - 1)
    found = ReportSlot.objects.filter(watch=watch, tally__day__gte=since).select_related("tally")
    return list(found.order_by("-tally__due_at"))


def reports_of(watch: HomeWatch, days: int = 7) -> list[DailyReport]:
    """What somebody reported in the last days, the latest first. Log the look before showing it."""
    since = clock.start_of(clock.today() - timedelta(days=days - 1))
    found = DailyReport.objects.within(EVERYTHING).filter(watch=watch, at__gte=since).select_related("helper")
    return list(found.order_by("-at", "-id"))


def said(report: DailyReport) -> dict[str, Any]:
    """What stands in a report. Log the look before showing it."""
    return sealing.unseal(TABLE, report.uuid, report.sealed)


def report(uuid: UUID) -> DailyReport:
    """Raises DailyReport.DoesNotExist."""
    found = DailyReport.objects.within(EVERYTHING).select_related(
        "watch", "watch__person", "watch__person__home__parent", "watch__door", "watch__response"
    )
    return found.prefetch_related("watch__response__phases").get(uuid=uuid)


def digest(secret: str) -> str:
    """What is kept of a page's secret."""
    return sha256(secret.encode()).hexdigest()


def link_of(secret: str) -> ReportLink | None:
    """The page behind an address, also one that has ended; None: there never was one."""
    found = ReportLink.objects.select_related("watch", "watch__person", "watch__door", "watch__response")
    return found.prefetch_related("watch__response__phases").filter(secret_hash=digest(secret)).first()


def consents(watch: HomeWatch) -> list[ReportConsent]:
    """Who may report for somebody, as they agreed."""
    found = ReportConsent.objects.within(EVERYTHING).filter(watch=watch, withdrawn_at__isnull=True)
    return list(found.select_related("helper").order_by("id"))


def household(watch: HomeWatch) -> list[Person]:
    """The others of somebody's household."""
    return list(living_with(watch.person).order_by("birth_date", "id"))


def helped(helper: HomeWatch) -> list[HomeWatch]:
    """The others of the household, under watch as well, for whom somebody may report: who agreed, and children."""
    people = household(helper)
    others = list(watches(EVERYTHING).filter(response=helper.response, person__in=people).order_by("id"))
    agreed = ReportConsent.objects.within(EVERYTHING).filter(
        watch__in=others, helper=helper.person, withdrawn_at__isnull=True
    )
    yes, today = set(agreed.values_list("watch", flat=True)), clock.today()
    mine = age_on(helper.person.birth_date, today)
    return [one for one in others if may_answer(one.pk in yes, age_on(one.person.birth_date, today), mine)]


def hot(response: Response, day: date) -> bool:
    """Whether a day is one of heat there."""
    return Heat.objects.filter(response=response, first_day__lte=day, last_day__gte=day).exists()


def heat_until(response: Response) -> date | None:
    """The last day of the heat that is on now, or comes."""
    found = Heat.objects.filter(response=response, last_day__gte=clock.today()).order_by("-last_day").first()
    return found.last_day if found else None


def to_be_asked(response: Response, rule: Monitoring, many: int) -> list[HomeWatch]:
    """The next of the silent for whom somebody is to be sent and has not been, those looked after first."""
    first = Q(misses__gte=1) if hot(response, clock.today()) else Q(first=True)
    knock = first | Q(misses__gte=rule.knock_after_misses)
    wanted = (knock & ~Q(asked="knock")) | (~knock & Q(misses__gte=rule.call_after_misses, asked=""))
    found = HomeWatch.objects.within(EVERYTHING).filter(wanted, response=response, silent_since__isnull=False)
    found = found.select_related("person", "door").order_by("-first", "silent_since", "id")
    return list(found.select_for_update(of=("self",))[:many])


def waiting_tallies(now: datetime) -> list[WatchTally]:
    """Reports whose hour is over and that some have not sent."""
    due = WatchTally.objects.filter(due_at__lte=now, waiting__gt=0).select_related("response").order_by("id")
    return list(due.prefetch_related("response__phases"))
