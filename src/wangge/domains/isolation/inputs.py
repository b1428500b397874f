"""What is typed about papers, helpers and changes of orders. The only parser for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation.rules_change import CAUSES, Cause, Change
from wangge.domains.isolation.rules_home import TYPED, Helper, Paper, Signed
from wangge.domains.people.rules import normal_phone

NAME, PLACE = 40, 80


@dataclass(frozen=True, slots=True)
class HandingInput:
    """A paper that was handed over; ``uuid`` was made by the page, ``at`` is aware."""

    uuid: UUID
    paper: Paper
    signed: Signed
    at: datetime
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class ChangeInput:
    """A change to an order: ``last`` its new last day where it is shortened, ``place`` where it is moved to."""

    uuid: UUID
    kind: Change
    why: Cause
    authority: str
    document_no: str
    last: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class HelperInput:
    """A police officer or volunteer; an empty name: nobody any more."""

    uuid: UUID
    kind: Helper
    name: str
    phone: str


def read_handing(typed: Mapping[str, str]) -> HandingInput:
    """From fields uuid, paper, signed, at ('2022-04-03T14:30'; empty: now), guardian. Raises Problem."""
    signed = member(Signed, typed.get("signed", ""))
    if signed is None:
        raise Problem("signed_missing", field="signed")
    guardian = plain(typed.get("guardian", ""))[:NAME] if signed is Signed.GUARDIAN else ""
    paper = member(Paper, typed.get("paper", "")) or Paper.ORDER
    return HandingInput(made(typed.get("uuid", "")), paper, signed, _instant(typed.get("at", "")), guardian)


def read_helper(typed: Mapping[str, str]) -> HelperInput:
    """From fields uuid, kind, name, phone. Raises Problems."""
    kind = member(Helper, typed.get("kind", ""))
    if kind not in TYPED:
        raise Problem("helper_kind", field="kind")
    name, phone = plain(typed.get("name", ""))[:NAME], normal_phone(typed.get("phone", ""))[:20]
    wrong = [Problem("helper_phone", field="phone")] if name and len(phone) < 3 else []
    if phone and not name:
        wrong.append(Problem("helper_name", field="name"))
    if wrong:
        raise Problems(wrong)
    return HelperInput(made(typed.get("uuid", "")), kind, name, phone)


def read_change(typed: Mapping[str, str]) -> ChangeInput:
    """From fields uuid, kind, why, last ('2022-07-05'), place, authority, document_no. Raises Problems."""
    kind = member(Change, typed.get("kind", ""))
    why = Cause.REASON if kind is Change.EXTENDED else member(Cause, typed.get("why", ""))
    paper = {name: plain(typed.get(name, ""))[:most] for name, most in (("authority", 120), ("document_no", 80))}
    place, last = plain(typed.get("place", ""))[:PLACE], _day(typed.get("last", ""))
    wrong = [Problem("order_needs", field=name) for name, value in paper.items() if not value]
    if kind is None:
        wrong.append(Problem("change_kind_missing", field="kind"))
    elif why not in CAUSES[kind]:
        wrong.append(Problem("change_cause_missing", field="why"))
    if kind is Change.MOVED and not place:
        wrong.append(Problem("change_place_missing", field="place"))
    if kind is Change.SHORTENED and last is None:
        wrong.append(Problem("change_day_missing", field="last"))
    if wrong or kind is None or why is None:
        raise Problems(wrong)
    return ChangeInput(made(typed.get("uuid", "")), kind, why, paper["authority"], paper["document_no"], last, place)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def plain(text: str) -> str:
    """Typed text without what only layout needs."""
    return " ".join(text.replace("\0", "").split())


def made(text: str) -> UUID:
    """The id that the page made. Raises Problem where the form came broken."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem("paper_form_broken") from error


def _instant(text: str) -> datetime:
    if not text.strip():
        return clock.now()
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=clock.LOCAL)
    except ValueError as error:
        raise Problem("handed_unreadable", field="at") from error
