"""Life in danger: what to do now, one tap from every page; and a paper for a hospital's door. It asks nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wangge.web import printing


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """What to do, in the order in which it is done."""
    return render(request, "wangge/resident/now.html")


@require_safe
def hospital(request: HttpRequest) -> HttpResponse:
    """A paper that names the law by which nobody is turned away; name and hour are written on it by hand."""
    return render(request, "wangge/resident/now_hospital.html")


@require_safe
def hospital_pdf(request: HttpRequest) -> HttpResponse:
    """The same for a printer. Raises Problem where this server cannot make one."""
    text = render_to_string("wangge/resident/now_hospital_printed.html", {"language": get_language()})
    return printing.pdf(text, style="wangge/venue-poster.css", name="hospital.pdf")
