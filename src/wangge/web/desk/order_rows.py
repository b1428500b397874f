"""Orders as a list shows them: whom, what for how long, and every reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.domains.cases import queries as cases
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.cases.words import KINDS
from wangge.domains.isolation.models import Order, OrderReason
from wangge.domains.isolation.words import END_CAUSES, STATES
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import protocol
from wangge.domains.protocol.rules import Protocol, Role
from wangge.domains.requests.queries import objecting
from wangge.web.desk.words import day, days, language, moment
from wangge.web.explained import Explained, of_order


@dataclass(frozen=True, slots=True)
class Why:
    """One reason. ``case`` and ``result`` are ids to link to, where the reader may open them."""

    text: str
    case: UUID | None = None
    result: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    uuid: UUID
    person: UUID
    name: str
    door: str
    role: str
    clause: str
    quote: str
    explained: Explained
    measures: list[str]
    whys: list[Why]
    state: str
    state_word: str
    until: str
    authority: str
    document_no: str
    ground: str
    remedy: str
    provisional: bool
    end: str
    objects: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """What the reasons of some orders point at, read with one query each."""

    exposures: dict[UUID, Exposure]
    cases: dict[UUID, Case]


def rows(orders: Iterable[Order], by: By) -> list[Row]:
    """A page of orders; the number of queries does not depend on how many."""
    orders = list(orders)
    doors = labels([one.person.home for one in orders])
    causes = [(reason.kind, reason.cause) for one in orders for reason in one.reasons.all()]
    behind = Behind(
        cases.exposures_named(cause for kind, cause in causes if kind == "exposure"),
        cases.cases_named(cause for kind, cause in causes if kind == "case"),
    )
    against = objecting(one.person_id for one in orders)
    found = [_row(one, doors[one.person.home_id], behind, by) for one in orders]
    return [replace(row, objects=one.person_id in against) for row, one in zip(found, orders, strict=True)]


def role_of(order: Order) -> Role:
    """The role under the edition that the order was made by."""
    return protocol(order.protocol).roles[order.role]


def measures(order: Order, edition: Protocol) -> list[str]:
    """Each measure with its first and last day."""
    return [
        f"{edition.word(stage.measure).into(language())} {days(stage.first_day, stage.last_day)}"
        for stage in order.stages.all()
    ]


def _row(order: Order, door: str, behind: Behind, by: By) -> Row:
    edition, role = protocol(order.protocol), role_of(order)
    lapsed = order.state == "proposed" and order.ends_at <= clock.now()
    return Row(
        uuid=order.uuid, person=order.person.uuid, name=mask_name(order.person.name), door=door,
        role=role.label.into(language()), clause=order.clause, quote=role.quote.into(language()),
        explained=of_order(order),
        measures=measures(order, edition), whys=[_why(one, behind, by) for one in order.reasons.all()],
        state=order.state, state_word=_("not confirmed in time") if lapsed else str(STATES[order.state]),
        until=moment(order.ends_at), authority=order.authority, document_no=order.document_no, ground=order.ground,
        remedy=order.remedy, provisional=order.provisional, end=str(END_CAUSES.get(order.end_cause, "")),
    )  # fmt: skip


def _why(reason: OrderReason, behind: Behind, by: By) -> Why:
    """'same household · case 276 · April 3': the kind, the number and the day, never who the case is."""
    since = day(reason.since)
    exposure, case = behind.exposures.get(reason.cause), behind.cases.get(reason.cause)
    if exposure:
        number = _("case %(number)s") % {"number": exposure.case.number}
        tracing = exposure.case.uuid if by.may(Right.TRACE) else None
        return Why(f"{KINDS[exposure.kind]} · {number} · {since}", case=tracing)
    if case:
        tracing = case.uuid if by.may(Right.TRACE) else None
        return Why(_("confirmed as case %(number)s · %(day)s") % {"number": case.number, "day": since}, case=tracing)
    if reason.kind == "result":
        text = _("positive first screen · %(day)s") % {"day": since}
        return Why(text, result=reason.cause if by.may(Right.ENTER_RESULTS) else None)
    return Why(f"{reason.clause} · {since}")
