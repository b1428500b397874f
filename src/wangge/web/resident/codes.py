"""A resident's code on their phone, and those of others who agreed. No account: the address from the desk is the key.

Everybody opens this page in the same hour of the morning. So it holds what the gate needs and nothing that has to be
worked out: the colour and why are another page. A phone keeps it until its code is over (``code-worker.js``), so that
it opens without a network and without us.
"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.codes import actions, queries
from wangge.domains.codes.rules import Consent, initials
from wangge.domains.codes.words import CONSENTS
from wangge.domains.duty.badges import HOTLINE
from wangge.sentences import sentence
from wangge.web.desk.words import day
from wangge.web.pictures import saved
from wangge.web.resident.ask import NOBODY
from wangge.web.resident.pocket import MOST, carried, keep, link, links, own, where_in_use

KEEP = "Wangge-Keep"  # seconds for which a phone may show what it kept of this page


@where_in_use
@never_cache
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """The codes that this phone carries; one alone is shown at once."""
    held = list(links(request).values())
    if len(held) == 1:
        return redirect("code", held[0].uuid)
    if not held:
        return render(request, "wangge/resident/codes_none.html", {"hotline": HOTLINE})
    rows = [
        {"uuid": one.uuid, "initials": initials(one.person.name), "consent": CONSENTS[Consent(one.consent)]}
        for one in held
    ]  # fmt: skip
    return _kept(render(request, "wangge/resident/codes.html", {"rows": rows}), _left())


@where_in_use
@never_cache
def add(request: HttpRequest, secret: str) -> HttpResponse:
    """The address that a desk handed out: with a tap the code is on this phone. Whoever only looks takes nothing."""
    one = queries.link_of(secret)
    if one is None or not queries.in_use(one.response):
        return render(request, "wangge/resident/codes_none.html", {"gone": True, "hotline": HOTLINE}, status=404)
    if request.method == "POST":
        held = [other for other in queries.links_of(carried(request)) if other != secret]
        return keep(redirect("code", one.uuid), [*held, secret][-MOST:])
    context = {"initials": initials(one.person.name), "consent": CONSENTS[Consent(one.consent)], "own": own(one),
               "response": one.response}  # fmt: skip
    return render(request, "wangge/resident/code_add.html", context)


@where_in_use
@never_cache
@require_safe
def code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Today's code, signed: a picture that needs neither network nor this page again until it is over."""
    one, left = link(request, uuid), _left()
    context = {
        "link": one, "initials": initials(one.person.name), "picture": saved(actions.use_link(link=one)),
        "day": day(clock.today()), "seconds": int(left.total_seconds()),
        "several": len(links(request)) > 1, "response": one.response, "hotline": HOTLINE,
    }  # fmt: skip
    return _kept(render(request, "wangge/resident/code.html", context), left)


def _left() -> timedelta:
    """How long a code of today is still good."""
    now = clock.now()
    return clock.end_of(clock.day_of(now)) - now


def _kept(answer: HttpResponse, left: timedelta) -> HttpResponse:
    answer.headers[KEEP] = str(int(left.total_seconds()))
    return answer


@where_in_use
@require_safe
def over(request: HttpRequest) -> HttpResponse:
    """What a phone shows without a network once the code it kept is over. It names nobody."""
    return render(request, "wangge/resident/code_over.html", {"hotline": HOTLINE})


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of these pages: it lies under the address that it may serve."""
    text = Path(str(finders.find("wangge/code-worker.js"))).read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@where_in_use
@require_POST
def drop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """This phone carries the code no more; the link ends with it."""
    actions.end_link(link=link(request, uuid), by=NOBODY)
    left = [secret for secret, one in links(request).items() if one.uuid != uuid]
    return keep(redirect("codes"), left)


@never_cache
@require_safe
def well_known(request: HttpRequest) -> HttpResponse:
    """The public keys: anybody may verify a code."""
    responses = queries.with_codes()
    if not responses:
        return JsonResponse({"code": "codes_not_in_use", "words": sentence(Problem("codes_not_in_use"))}, status=404)
    answer = JsonResponse(queries.published(responses), json_dumps_params={"indent": 1})
    answer.headers["Access-Control-Allow-Origin"] = "*"  # another city's scanner may read it in a browser
    return answer
