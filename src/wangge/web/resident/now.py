"""Life in danger: what to do now, one tap from every page; and a paper for a hospital's door. It asks nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """What to do, in the order in which it is done."""
    return render(request, "wangge/resident/now.html")


@require_safe
def hospital(request: HttpRequest) -> HttpResponse:
    """A paper that names the law by which nobody is turned away; name and hour are written on it by hand."""
    return render(request, "wangge/resident/now_hospital.html")
