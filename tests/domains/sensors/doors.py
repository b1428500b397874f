"""Doors with sensors: an order that stands there, a device fitted under it, and what it says."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.isolation.actions import confirm_orders, replan
from wangge.domains.isolation.models import Order
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.queries import protocol
from wangge.domains.sensors import actions
from wangge.domains.sensors.actions import Arrived, Receipt
from wangge.domains.sensors.models import Fit, Reading, Sensor
from wangge.domains.sensors.rules import Kind
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Channel, Outcome
from wangge.flows import sensors as flow
from wangge.flows.reasons import because

V8 = "covid19-v8"


@dataclass
class Doors:
    tiny: Small

    def by(self, username: str) -> By:
        return self.tiny.by(username)

    @property
    def worker(self) -> By:
        return self.by("bingsi-1")

    def order(self, person: Person | None = None, *, days_ago: int = 16) -> Order:
        """A close contact's order, confirmed; 16 days after the contact they are under monitoring at home."""
        who = person or self.tiny.family[0]
        since = clock.today() - timedelta(days=days_ago)
        reason = because("exposure", uuid7(), protocol(V8).roles["close_contact"], since)
        made = replan(response=self.tiny.response, person=who, because=[reason], protocol=V8, by=SYSTEM).order
        assert made
        one = Order.objects.within(EVERYTHING).select_related("response", "person__home").filter(pk=made.pk)
        confirm_orders(
            orders=list(one), authority="迎泽区", document_no="1号", ground="演练", remedy="12345",
            by=self.by("yingze-zhengling"),
        )  # fmt: skip
        return one.get()

    def sensor(self, code: str = "MC0001", kind: Kind = Kind.DOOR) -> Sensor:
        place = self.tiny.places["community"]
        return actions.issue(code=code, kind=kind, place=place, by=self.by("bingsi-shuji"))[0]

    def fit(self, code: str = "MC0001", door: Place | None = None, kind: Kind = Kind.DOOR) -> Fit:
        one = self.sensor(code, kind)
        return flow.fit(sensor=one, door=door or self.tiny.homes[0], by=self.worker, uuid=uuid7())

    def fitted(self) -> Fit:
        """Fitted at the first home, where nobody has to come today for anything else."""
        self.order()
        made = self.fit()
        worker.run_pending()
        self.work_is_done()
        return made

    def work_is_done(self, door: Place | None = None) -> None:
        tasks = Task.objects.within(EVERYTHING).filter(door=door or self.tiny.homes[0], state="open")
        for task in tasks:
            record_attempt(task=task, outcome=Outcome.DONE, channel=Channel.PHONE, by=SYSTEM)
        worker.run_pending()

    def says(self, kind: str, seq: int = 1, code: str = "MC0001", **more: Any) -> list[Receipt]:
        said = {"kind": kind, "boot": "b1", "seq": seq, "at": int(clock.now().timestamp())} | more
        return self.sends(json.dumps(said).encode(), code)

    def sends(self, payload: bytes, code: str = "MC0001") -> list[Receipt]:
        return actions.take([Arrived(code, payload, clock.now())])

    def rows(self) -> list[str]:
        return list(Reading.objects.within(EVERYTHING).order_by("id").values_list("said", flat=True))

    def open_items(self, door: Place | None = None) -> list[str]:
        """What of ours is open at a door, after the worker has run."""
        worker.run_pending()
        items = TaskItem.objects.within(EVERYTHING).filter(
            task__door=door or self.tiny.homes[0], kind__in=flow.OURS, state=TaskItem.State.OPEN
        )
        return sorted(items.values_list("kind", flat=True))
