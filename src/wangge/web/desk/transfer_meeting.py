"""Opening a meeting point, for whoever leads."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.places.queries import labels
from wangge.domains.places.queries.scoped import touched
from wangge.domains.transfer import meeting, queries
from wangge.domains.transfer.inputs_meeting import read_point
from wangge.web.access import Asked, needs
from wangge.web.desk.transfer import within
from wangge.web.problems import by_field


@needs(Right.PLAN_TRANSFER)
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: Asked) -> HttpResponse:
    """The form; the same place and name again names who meets there anew."""
    scope, problem = request.by.scope(Right.PLAN_TRANSFER), None
    posts = queries.posts_of_kind(scope, "escort")
    if request.method == "POST":
        try:
            typed = read_point(request.POST)
            post = next((one for one in posts if one.uuid == typed.post), None)
            place = touched(scope, typed.place)
            made = meeting.open_point(response=within(request), place=place, typed=typed, post=post, by=request.by)
            return redirect("meeting", made.uuid)
        except Problem as found:
            problem = found
    places = list(queries.site_places(scope)[:300])
    where, errors = labels(places, divisions=True), by_field(problem) if problem else {}
    context = {
        "places": [(str(one.uuid), where[one.pk]) for one in places], "posts": [(str(p.uuid), p.title) for p in posts],
        "typed": request.POST, "errors": errors, "page_back": reverse("transfer"),
        "whole": " ".join(text for texts in errors.values() for text in texts),
    }  # fmt: skip
    return render(request, "wangge/desk/transfer_meeting.html", context, status=422 if problem else 200)
