"""What every page that searches risk areas needs: the days asked about, an area in words, how often one may look."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest

from wangge.base import clock
from wangge.base.access import tries
from wangge.base.access.address import client_of
from wangge.base.problems import Problem
from wangge.domains.risk.queries import Found
from wangge.domains.risk.words import LEVELS, UNITS

LOOK_BACK = timedelta(days=14)
LONGEST = timedelta(days=366)
#: Searches that one address may make without signing in. Whoever types makes two or three for a name, and a whole
#: compound may stand behind one address; a script that reads the lists out is slowed to one in a second.
MOST, WITHIN = 600, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Days:
    """Civil days from first to last, both included."""

    first: date
    last: date


def read_days(first: str, last: str) -> Days:
    """The days asked about; the last fourteen where none are named. Raises Problem."""
    today = clock.today()
    try:
        found = Days(
            date.fromisoformat(first) if first else today - LOOK_BACK, date.fromisoformat(last) if last else today
        )
    except ValueError as error:
        raise Problem("risk_days", field="first") from error
    if not timedelta() <= found.last - found.first <= LONGEST:
        raise Problem("risk_days", field="first")
    return found


def count_search(request: HttpRequest) -> None:
    """Count one search of an address. Raises Problem where it has made too many; call it before looking."""
    if not tries.take("areas", client_of(request), most=MOST, within=WITHIN):
        raise Problem("risk_searches")


def told(one: Found) -> dict[str, Any]:
    """An area as a page or a script shows it."""
    return {
        "id": str(one.area.uuid), "name": str(one.area), "unit": str(UNITS[one.area.unit]),
        "level": one.level.value if one.level else "", "word": str(LEVELS[one.level]) if one.level else "",
    }  # fmt: skip
