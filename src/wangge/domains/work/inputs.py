"""What a page, a sheet or a phone says of a try. The only parser for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.work.rules import Channel, Outcome


@dataclass(frozen=True, slots=True)
class AttemptInput:
    """A checked try; ``uuid`` was made by the page or phone that sends it, ``at`` is aware."""

    outcome: Outcome
    channel: Channel
    person: UUID | None
    at: datetime | None
    uuid: UUID | None


def read_attempt(typed: Mapping[str, str]) -> AttemptInput:
    """An AttemptInput from fields outcome, channel, person, at ('2022-04-03T14:30' or '14:30' today), uuid."""
    outcome = member(Outcome, typed.get("outcome", ""))
    if outcome is None or outcome is Outcome.NOT_YET:
        raise Problem("outcome_missing", field="outcome")
    return AttemptInput(
        outcome, member(Channel, typed.get("channel", "")) or Channel.DOOR,
        _uuid(typed.get("person", "")), _instant(typed.get("at", "")), _uuid(typed.get("uuid", "")),
    )  # fmt: skip


def _uuid(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem("form_broken") from error


def _instant(text: str) -> datetime | None:
    text = text.strip()
    if not text:
        return None
    if len(text) <= 5:
        text = f"{clock.today().isoformat()}T{text.zfill(5)}"
    try:
        return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)
    except ValueError as error:
        raise Problem("hour_unreadable", field="at") from error
