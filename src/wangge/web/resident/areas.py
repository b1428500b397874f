"""Were you in one of these on these days? Searched as it is typed; nothing of the search is kept.

Public, as the lists are. The form for screening and the self-report ask the same address for JSON.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.risk import queries
from wangge.domains.risk.queries import LONGEST_QUERY, Found
from wangge.domains.risk.words import LEVELS, UNITS
from wangge.web.desk.words import day, moment
from wangge.web.problems import sentence

LOOK_BACK = timedelta(days=14)
LONGEST = timedelta(days=366)


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


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """The page: a name, two days, and what stood in the lists on them."""
    q, problem = request.GET.get("q", "")[:LONGEST_QUERY], ""
    days = Days(clock.today() - LOOK_BACK, clock.today())
    try:
        days = read_days(request.GET.get("first", ""), request.GET.get("last", ""))
    except Problem as error:
        problem = sentence(error)
    found = queries.search(q, days.first, days.last, 30) if not problem else []
    current = queries.latest()
    context = {
        "q": q, "days": days, "problem": problem, "rows": [told(one) for one in found], "asked": bool(q.strip()),
        "spoken": (day(days.first), day(days.last)), "current": moment(current.published_at) if current else "",
        "begins": _begins(days),
    }  # fmt: skip
    return render(request, "wangge/resident/areas.html", context, status=422 if problem else 200)


@require_safe
def areas_json(request: HttpRequest) -> HttpResponse:
    """The same for a field that searches while somebody types."""
    try:
        days = read_days(request.GET.get("first", ""), request.GET.get("last", ""))
    except Problem as error:
        return JsonResponse({"error": sentence(error)}, status=422)
    if around := request.GET.get("around", ""):  # a sentence that says where somebody was, not a name
        found = queries.near(around, days.first, days.last)
    else:
        found = queries.search(request.GET.get("q", ""), days.first, days.last)
    current = queries.latest()
    return JsonResponse({
        "list": current.published_at.isoformat() if current else None, "begins": _begins(days),
        "areas": [told(one) for one in found],
    })  # fmt: skip


def told(one: Found) -> dict[str, Any]:
    """An area as a page or a script shows it."""
    return {
        "id": str(one.area.uuid), "name": str(one.area), "unit": str(UNITS[one.area.unit]),
        "level": one.level.value if one.level else "", "word": str(LEVELS[one.level]) if one.level else "",
    }  # fmt: skip


def _begins(days: Days) -> str:
    """The day from which on lists are known, where earlier days were asked about; '' otherwise."""
    begins = queries.first_day()
    return day(begins) if begins and days.first < begins else ""
