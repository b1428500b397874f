"""A page to tell something apart. It leaves no trace on the phone: no cookie, no storage, a plain address and title.

It is made without the frame of the other pages, whose forms set a cookie; so it has no token of its own, and asks for
nothing that a foreign page could send in somebody's name to any effect.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wangge.base.access.address import client_of
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.help import apart
from wangge.domains.help.inputs import read_whisper
from wangge.domains.places.models import Place
from wangge.sentences import by_field
from wangge.web.resident.ask import NOBODY


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest) -> HttpResponse:
    """The page, and taking it down. The answer stands at the same address, so that nothing is added to the history."""
    found = apart.reachable()
    if request.method != "POST":
        return _page(request, found, {}, 200)
    try:
        apart.whisper(said=read_whisper(request.POST.dict()), place=_chosen(found, request.POST.get("place", "")),
                      by=NOBODY, sender=client_of(request))  # fmt: skip
    except (Problem, Problems) as error:
        texts = [text for texts in by_field(error).values() for text in texts]
        return _page(request, found, {"wrong": texts, "typed": request.POST}, 422)
    return _page(request, found, {"arrived": True}, 200)


def _chosen(found: list[Place], text: str) -> Place:
    """The district that was chosen; the only one where there is one."""
    chosen = next((one for one in found if str(one.uuid) == text), found[0] if len(found) == 1 else None)
    if chosen is None:
        raise Problem("apart_nobody" if not found else "apart_where", field="place")
    return chosen


def _page(request: HttpRequest, found: list[Place], more: dict[str, Any], status: int) -> HttpResponse:
    context = {"places": found, "uuid": _own_id(request.POST.get("uuid", "")), **more}
    answer = HttpResponse(render_to_string("wangge/resident/talk.html", context), status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _own_id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid7()
