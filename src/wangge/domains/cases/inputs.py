"""What a tracer typed of a meeting. The only parser for it; whom and where it was, the face resolves by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wangge.base import clock
from wangge.base.problems import Problem, Problems

FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M:%S")
LONGEST = 24 * 60  # minutes; a longer stay is typed as several meetings


@dataclass(frozen=True, slots=True)
class MeetingInput:
    """A checked meeting: who as typed (a document or phone), aware instants, whole minutes."""

    who: str
    starts: datetime
    minutes: int

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


def read_meeting(typed: Mapping[str, str]) -> MeetingInput:
    """A MeetingInput from fields who, starts ('2022-04-02T18:05') and minutes. Raises Problems with every mistake."""
    problems: list[Problem] = []
    who = typed.get("who", "").strip()
    if not who:
        problems.append(Problem("who_missing", field="who"))
    starts = _instant(typed.get("starts", ""), problems)
    minutes = _minutes(typed.get("minutes", ""), problems)
    if problems or starts is None or minutes is None:
        raise Problems(problems)
    return MeetingInput(who, starts, minutes)


def _instant(text: str, problems: list[Problem]) -> datetime | None:
    text = " ".join(text.split())
    for form in FORMS:
        try:
            at = datetime.strptime(text, form).replace(tzinfo=clock.LOCAL)
        except ValueError:
            continue
        if at > clock.now() + clock.SLACK:
            problems.append(Problem("met_in_future", field="starts"))
        return at
    problems.append(Problem("met_when" if text else "met_when_missing", field="starts", text=text[:30]))
    return None


def _minutes(text: str, problems: list[Problem]) -> int | None:
    text = text.strip()
    if text.isdecimal() and 1 <= int(text[:6]) <= LONGEST:
        return int(text)
    problems.append(Problem("minutes_wrong", field="minutes"))
    return None
