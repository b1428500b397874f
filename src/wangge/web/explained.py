"""Why something was decided: by which edition and clause on its day, and what the edition in force now would say."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.isolation.models import Order
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, protocol
from wangge.domains.protocol.rules import Protocol, Quoted, Role, Text
from wangge.web.desk.words import day, language


@dataclass(frozen=True, slots=True)
class Explained:
    """Sentences; ``today`` is empty where the same edition is in force, ``ended`` where no edition ended it."""

    decided: str
    today: str = ""
    ended: str = ""


def of_order(order: Order) -> Explained:
    """An order, by the edition it was made under."""
    edition = protocol(order.protocol)
    on = clock.day_of(order.confirmed_at or order.proposed_at)
    role = edition.roles[order.role]
    proposed = order.confirmed_at is None
    return Explained(
        _said(on, edition, Quoted(order.clause, role.quote), proposed=proposed),
        _today(order.response, edition, order.role, in_force(order.response).roles.get(order.role)),
        _ended(order),
    )


def of_case(case: Case) -> Explained:
    """Why somebody is a case. Old rows carry no edition: then the one of their day is meant."""
    on = clock.day_of(case.confirmed_at)
    edition = protocol(case.protocol) if case.protocol else in_force(case.response, on)
    role = edition.role_on("case")
    if role is None:
        return Explained("")
    today = _today(case.response, edition, role.key, in_force(case.response).role_on("case"))
    return Explained(_said(on, edition, Quoted(role.clause, role.quote)), today)


def of_exposure(one: Exposure) -> Explained:
    """Why a meeting makes somebody what they are: the edition and clause of the day it was decided."""
    on = clock.day_of(one.decided_at or one.case.confirmed_at)
    edition = protocol(one.protocol) if one.protocol else in_force(one.response, on)
    role = edition.roles.get(one.role)
    if role is None:
        return Explained("")
    today = _today(one.response, edition, role.key, in_force(one.response).role_met(one.kind))
    return Explained(_said(on, edition, Quoted(one.clause or role.clause, role.quote)), today)


def _said(on: date, edition: Protocol, clause: Quoted, *, proposed: bool = False) -> str:
    values = _values(edition, clause) | {"day": day(on)}
    if proposed:
        return _("Proposed on %(day)s under %(edition)s, clause %(clause)s, which says: %(quote)s") % values
    return _("Decided on %(day)s under %(edition)s, clause %(clause)s, which says: %(quote)s") % values


def _values(edition: Protocol, clause: Quoted) -> dict[str, str]:
    return {"edition": _in(edition.label), "clause": clause.clause, "quote": _in(clause.quote)}


def _today(response: Response, then: Protocol, role: str, now: Role | None) -> str:
    """What the edition in force now says of the same; nothing where it is the same edition."""
    edition = in_force(response)
    if response.closed_at or edition.key == then.key:
        return ""
    if now is None:
        values = _values(edition, edition.switch) | {"role": _in(then.roles[role].label)}
        return _("Today's %(edition)s makes nobody a “%(role)s” any more, clause %(clause)s: %(quote)s") % values
    return _("Today's %(edition)s would say, clause %(clause)s: %(quote)s") % _values(
        edition, Quoted(now.clause, now.quote)
    )


def _ended(order: Order) -> str:
    if not order.end_protocol or order.ended_at is None:
        return ""
    edition = protocol(order.end_protocol)
    values = _values(edition, Quoted(order.end_clause, edition.switch.quote))
    values |= {"day": day(clock.day_of(order.ended_at))}
    return _("Ended on %(day)s under %(edition)s, clause %(clause)s, which says: %(quote)s") % values


def _in(text: Text) -> str:
    return text.into(language())
