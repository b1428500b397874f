"""Were you in one of these on these days? Searched as it is typed; nothing of the search is kept.

Public, as the lists are. The self-report asks the same address for JSON. How often an address may search is counted.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.risk import queries
from wangge.domains.risk.queries import LONGEST_QUERY, Found
from wangge.web.areas import LOOK_BACK, WITHIN, Days, count_search, read_days, told
from wangge.web.desk.words import day, moment
from wangge.web.problems import sentence


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """The page: a name, two days, and what stood in the lists on them."""
    q = request.GET.get("q", "")[:LONGEST_QUERY]
    days, found, problem = Days(clock.today() - LOOK_BACK, clock.today()), list[Found](), None
    try:
        days = read_days(request.GET.get("first", ""), request.GET.get("last", ""))
        if q.strip():
            count_search(request)
            found = queries.search(q, days.first, days.last, 30)
    except Problem as error:
        problem = error
    current = queries.latest()
    context = {
        "q": q, "days": days, "problem": sentence(problem) if problem else "", "rows": [told(one) for one in found],
        "asked": bool(q.strip()), "spoken": (day(days.first), day(days.last)),
        "current": moment(current.published_at) if current else "", "begins": _begins(days),
    }  # fmt: skip
    # What htmx puts into the page has to be 422: of other refusals it would only say that nothing was sent.
    inside = "HX-Request" in request.headers
    answer = render(request, "wangge/resident/areas.html", context)
    return _refused(answer, problem, 422 if inside else 429) if problem else answer


def _refused(answer: HttpResponse, problem: Problem, often: int) -> HttpResponse:
    if problem.code == "risk_searches":
        answer.status_code = often
        answer.headers["Retry-After"] = str(int(WITHIN.total_seconds()))
    else:
        answer.status_code = 422
    return answer


@require_safe
def areas_json(request: HttpRequest) -> HttpResponse:
    """The same for a field that searches while somebody types."""
    try:
        days = read_days(request.GET.get("first", ""), request.GET.get("last", ""))
        count_search(request)
    except Problem as error:
        return _refused(JsonResponse({"error": sentence(error)}), error, 429)
    if around := request.GET.get("around", ""):  # a sentence that says where somebody was, not a name
        found = queries.near(around, days.first, days.last)
    else:
        found = queries.search(request.GET.get("q", ""), days.first, days.last)
    current = queries.latest()
    return JsonResponse({
        "list": current.published_at.isoformat() if current else None, "begins": _begins(days),
        "areas": [told(one) for one in found],
    })  # fmt: skip


def _begins(days: Days) -> str:
    """The day from which on lists are known, where earlier days were asked about; '' otherwise."""
    begins = queries.first_day()
    return day(begins) if begins and days.first < begins else ""
