"""People of the tiny city under an order that is spent at home, and short words for what they do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import derived, uuid7
from wangge.base.worker import ring_alarms, run_pending
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order, Stage
from wangge.domains.isolation.rules import OrderState
from wangge.domains.monitoring import actions, queries
from wangge.domains.monitoring.actions import Sent
from wangge.domains.monitoring.inputs import read_report
from wangge.domains.monitoring.models import DailyReport, HomeWatch, ReportLink, ReportSlot, WatchTally
from wangge.domains.monitoring.rules import COLUMNS, Channel
from wangge.domains.people.models import Person
from wangge.domains.work.models import TaskItem

WELL = {"temperature": "36.5", "supplies": "yes", "mind": "no"}


def day_at(hour: int, days: int = 0) -> datetime:
    """An hour of today, or of another day, in Taiyuan."""
    return clock.start_of(clock.today() + timedelta(days=days)) + timedelta(hours=hour)


def order_home(small: Small, people: list[Person], *, days: int = 7, measure: str = "home_monitoring") -> list[Order]:
    """An order in force from yesterday on, made as an import of an authority's paper would."""
    now, today = clock.now(), clock.today()
    first, last = today - timedelta(days=1), today + timedelta(days=days - 2)
    orders = [
        Order(
            uuid=derived("test order", small.response.uuid, one.uuid), response=small.response, person=one,
            role="close_contact", state=OrderState.IN_FORCE, protocol="covid19-v8", clause="clause",
            starts_at=clock.start_of(first), ends_at=clock.end_of(last), authority="authority", document_no="1",
            ground="ground", remedy="remedy", proposed_at=now, confirmed_at=now,
        )
        for one in people
    ]  # fmt: skip
    Order.objects.bulk_create(orders)
    Stage.objects.bulk_create(Stage(order=one, measure=measure, first_day=first, last_day=last) for one in orders)
    return orders


@dataclass
class Home:
    """The tiny city in which some people are to report."""

    tiny: Small

    def begin(self, *people: Person, **said: Any) -> list[HomeWatch]:
        order_home(self.tiny, list(people), **said)
        self.keep()
        return [self.watch(one) for one in people]

    def keep(self) -> None:
        actions.keep_watches(response=self.tiny.response, by=SYSTEM)

    def by(self, username: str) -> By:
        return self.tiny.by(username)

    def watch(self, person: Person) -> HomeWatch:
        return HomeWatch.objects.within(EVERYTHING).select_related("person", "door", "response").get(person=person)

    def page(self, watch: HomeWatch) -> tuple[str, ReportLink]:
        secret = actions.make_link(watch=watch, by=self.by("bingsi-1"))
        link = queries.link_of(secret)
        assert link
        return secret, link

    def reports(self, watch: HomeWatch, *, link: ReportLink | None = None, by: By | None = None,
                uuid: UUID | None = None, symptoms: tuple[str, ...] = (), dependants: tuple[str, ...] = (),
                **said: str) -> DailyReport:  # fmt: skip
        typed = read_report(WELL | {"uuid": str(uuid or uuid7())} | said, symptoms, dependants)
        sent = Sent(Channel.LINK, link, "10.0.0.1") if link else Sent(Channel.PHONE)
        return actions.receive(watch=watch, typed=typed, sent=sent, by=by or self.by("bingsi-1"))

    def run(self) -> None:
        """The clock's alarms, and what follows."""
        ring_alarms()
        run_pending()

    def states(self, watch: HomeWatch) -> list[str]:
        return list(ReportSlot.objects.filter(watch=watch).order_by("tally__due_at").values_list("state", flat=True))

    def totals(self) -> dict[str, int]:
        rows = list(WatchTally.objects.values("expected", *COLUMNS))
        return {name: sum(row[name] for row in rows) for name in ("expected", *COLUMNS)}

    def items(self, person: Person, *states: str) -> list[str]:
        found = TaskItem.objects.within(EVERYTHING).filter(person=person, state__in=states or ("open",))
        return sorted(found.values_list("kind", flat=True))
