"""What a daily report says: the only parser for the page, the caller's form and the door's."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.monitoring.rules import (
    CALLED_AGAIN,
    CallOutcome,
    Channel,
    Dependant,
    Symptom,
    Told,
    read_reading,
)

E = TypeVar("E", bound=StrEnum)
HELP, NOTE = 200, 300  # characters
MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class ReportInput:
    """A checked report; ``uuid`` was made by the page that sends it, ``at`` by its clock."""

    uuid: UUID
    at: datetime | None
    told: Told

    def content(self) -> dict[str, Any]:
        """What is sealed."""
        told = self.told
        return {
            "tenths": told.tenths, "symptoms": list(told.symptoms), "supplies": told.supplies,
            "medicine_days": told.medicine_days, "dependants": list(told.dependants), "mind": told.mind,
            "help": told.help,
        }  # fmt: skip


def told_of(content: Mapping[str, Any]) -> Told:
    """What was sealed, read again."""
    return Told(
        content.get("tenths"), _known(Symptom, content.get("symptoms", ())), bool(content.get("supplies", True)),
        content.get("medicine_days"), _known(Dependant, content.get("dependants", ())),
        bool(content.get("mind")), str(content.get("help", "")),
    )  # fmt: skip


def read_report(typed: Mapping[str, str], symptoms: Sequence[str], dependants: Sequence[str]) -> ReportInput:
    """Raises Problems with every mistake at once. A temperature without its point is asked back, not guessed: the page
    sends ``meant`` once somebody has said yes."""
    problems: list[Problem] = []
    tenths = _temperature(typed, problems)
    supplies, mind = _yes(typed, "supplies", problems), _yes(typed, "mind", problems)
    days = _days(typed.get("medicine_days", ""), problems)
    uuid = _uuid(typed.get("uuid", ""), problems)
    if problems or uuid is None:
        raise Problems(problems)
    told = Told(
        tenths, _known(Symptom, symptoms), bool(supplies), days, _known(Dependant, dependants), bool(mind),
        plain(typed.get("help", ""), HELP),
    )  # fmt: skip
    return ReportInput(uuid, _instant(typed.get("at", "")), told)


def _temperature(typed: Mapping[str, str], problems: list[Problem]) -> int | None:
    text = typed.get("temperature", "").strip()[:20]
    if "untaken" in typed and not text:
        return None
    if not text:
        problems.append(Problem("daily_temperature", field="temperature"))
        return None
    reading = read_reading(text)
    if reading.meant and typed.get("meant", "") == str(reading.meant):
        return reading.meant
    if reading.meant:
        problems.append(Problem("daily_meant", field="temperature", reading=f"{reading.meant / 10:.1f}"))
    elif reading.tenths is None:
        problems.append(Problem("daily_no_reading", field="temperature"))
    return reading.tenths


def _yes(typed: Mapping[str, str], name: str, problems: list[Problem]) -> bool | None:
    said = typed.get(name, "")
    if said not in ("yes", "no"):
        problems.append(Problem("daily_yes_or_no", field=name))
        return None
    return said == "yes"


def _days(text: str, problems: list[Problem]) -> int | None:
    text = unicodedata.normalize("NFKC", text).strip().removesuffix("天")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= MOST_DAYS):
        problems.append(Problem("daily_days", field="medicine_days", most=MOST_DAYS))
        return None
    return int(text)


def _uuid(text: str, problems: list[Problem]) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        problems.append(Problem("daily_no_number"))
        return None


def _instant(text: str) -> datetime | None:
    """When the page says it was typed, in its own clock: ISO 8601 with a zone; anything else says nothing."""
    try:
        at = datetime.fromisoformat(text.strip()[:40])
        return at if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _known(kind: type[E], said: Sequence[str]) -> tuple[E, ...]:
    """Those of the choices that were ticked, in their order; a page offers no others."""
    return tuple(one for one in kind if one.value in said)


def plain(text: str, most: int) -> str:
    """A free text in one line, as long as it may be."""
    return " ".join(unicodedata.normalize("NFKC", text[: 4 * most]).replace("\0", " ").split())[:most]


def read_channel(text: str) -> Channel:
    """How a worker took it down: by phone, or at the door."""
    return Channel.DOOR if text == Channel.DOOR else Channel.PHONE


@dataclass(frozen=True, slots=True)
class CallInput:
    """What came of a doctor's call; ``again_at``: when they are called next, where they are."""

    outcome: CallOutcome
    again_at: datetime | None
    note: str


def read_call(typed: Mapping[str, str]) -> CallInput:
    """Raises Problem."""
    outcome = member(CallOutcome, typed.get("outcome", ""))
    if outcome is None:
        raise Problem("call_outcome_missing", field="outcome")
    again = _local(typed.get("again_at", ""))
    if outcome is CallOutcome.WATCH and (again is None or again <= clock.now()):
        raise Problem("call_again_missing", field="again_at")
    return CallInput(outcome, again if outcome in CALLED_AGAIN else None, plain(typed.get("note", ""), NOTE))


def _local(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()[:16]).replace(tzinfo=clock.LOCAL) if text.strip() else None
    except ValueError as error:
        raise Problem("call_again_missing", field="again_at") from error


def read_day(text: str) -> date:
    """A civil day from today on. Raises Problem."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Problem("heat_day", field="until") from error
    if not 0 <= (day - clock.today()).days <= 30:
        raise Problem("heat_day", field="until")
    return day
