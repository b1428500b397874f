"""Orders spent at home under the ninth edition, confirmed by the district's authority; shared by tests of isolation."""

from datetime import date
from uuid import UUID

from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.domains.isolation import actions, queries
from wangge.domains.isolation.actions import Because
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import Part, Reason
from wangge.domains.people.models import Person
from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import Where

EDITION = "covid19-v9"
DOCUMENT = {
    "authority": "迎泽区领导小组办公室", "document_no": "并防办〔2022〕9号", "ground": "传染病防治法第四十一条",
    "remedy": "可向区防控办申诉",
}  # fmt: skip


def because(role: str = "secondary_contact", *, since: date | None = None, cause: UUID | None = None) -> Because:
    """A reason as the ninth edition has it: for a secondary contact seven days at home."""
    found = protocol(EDITION).roles[role]
    parts = tuple(Part(one.kind, one.days, one.where is not Where.HOME) for one in found.measures)
    day = since or clock.today()
    return Because("exposure", cause or uuid7(), Reason(role, found.rank, day, found.first_day, parts, found.clause))


def proposed(stage: Stage, person: Person, *, since: date | None = None, role: str = "secondary_contact") -> Order:
    """An order that waits for the authority."""
    order = actions.replan(
        response=stage.tiny.response, person=person, because=[because(role, since=since)], protocol=EDITION, by=SYSTEM
    ).order
    assert order
    return queries.order(EVERYTHING, order.uuid)


def ordered(stage: Stage, person: Person, *, since: date | None = None, role: str = "secondary_contact") -> Order:
    """An order in force."""
    one = proposed(stage, person, since=since, role=role)
    actions.confirm_orders(orders=[one], by=stage.tiny.by("yingze-zhengling"), **DOCUMENT)
    return queries.order(EVERYTHING, one.uuid)
