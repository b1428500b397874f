"""A resident's code on their phone, and those of others who agreed. No account: the address from the desk is the key.

The secrets of the links that a phone carries are in a signed cookie, which no script reads. Each page says what the
colour is, why, since and until when, who looked, and takes an objection with one tap.
"""

import json
from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.problems import Problem
from wangge.domains.codes import actions, queries
from wangge.domains.codes.models import CodeLink
from wangge.domains.codes.rules import LINK_FOR, Consent, initials
from wangge.domains.codes.words import CONSENTS
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.sentences import sentence
from wangge.web.code_shown import appeal_rows, looks, picture, shown
from wangge.web.desk.words import moment
from wangge.web.resident.ask import NOBODY

P = ParamSpec("P")
COOKIE = "wangge_codes"
MOST = 8  # codes on one phone
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def where_in_use(view: View[P]) -> View[P]:
    """Where no open Response has codes, every address says that they are not in use."""

    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not queries.with_codes():
            return render(request, "wangge/resident/codes_none.html", {"codes_off": True}, status=404)
        return view(request, *args, **kwargs)

    update_wrapper(asked, view)
    return asked


def _carried(request: HttpRequest) -> list[str]:
    """The secrets this phone holds; none where the cookie was not made here."""
    try:
        found = json.loads(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE))
    except (signing.BadSignature, ValueError):
        return []
    return [str(one) for one in found][:MOST]


def _keep(answer: HttpResponse, secrets: list[str]) -> HttpResponse:
    answer.set_cookie(
        COOKIE, signing.dumps(json.dumps(secrets), salt=COOKIE), max_age=int(LINK_FOR.total_seconds()), httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", path=reverse("codes"),
    )  # fmt: skip
    return answer


def _links(request: HttpRequest) -> dict[str, CodeLink]:
    """The links of this phone that still open something, by their secret."""
    found = {secret: queries.link_of(secret) for secret in _carried(request)}
    return {secret: link for secret, link in found.items() if link and queries.in_use(link.response)}


def _link(request: HttpRequest, uuid: UUID) -> CodeLink:
    """One of them. Raises CodeLink.DoesNotExist, also for a link of another phone."""
    for link in _links(request).values():
        if link.uuid == uuid:
            return link
    raise CodeLink.DoesNotExist


@where_in_use
@never_cache
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """The codes that this phone carries; one alone is shown at once."""
    links = list(_links(request).values())
    if len(links) == 1:
        return redirect("code", links[0].uuid)
    if not links:
        return render(request, "wangge/resident/codes_none.html", {"hotline": HOTLINE})
    rows = [
        {"uuid": one.uuid, "initials": initials(one.person.name), "consent": CONSENTS[Consent(one.consent)],
         "shown": shown(queries.status_of(one.person, one.response), one.response)}
        for one in links
    ]  # fmt: skip
    return render(request, "wangge/resident/codes.html", {"rows": rows})


@where_in_use
@never_cache
def add(request: HttpRequest, secret: str) -> HttpResponse:
    """The address that a desk handed out: with a tap the code is on this phone. Whoever only looks takes nothing."""
    link = queries.link_of(secret)
    if link is None or not queries.in_use(link.response):
        return render(request, "wangge/resident/codes_none.html", {"gone": True, "hotline": HOTLINE}, status=404)
    if request.method == "POST":
        held = [one for one in _carried(request) if one != secret and queries.link_of(one)]
        return _keep(redirect("code", link.uuid), [*held, secret][-MOST:])
    context = {"initials": initials(link.person.name), "consent": CONSENTS[Consent(link.consent)], "own": _own(link),
               "response": link.response}  # fmt: skip
    return render(request, "wangge/resident/code_add.html", context)


def _own(link: CodeLink) -> bool:
    return link.consent == Consent.OWN


@where_in_use
@never_cache
@require_safe
def code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One code with its whole reasoning."""
    link = _link(request, uuid)
    status = queries.status_of(link.person, link.response)
    posts = offices(link.person.home)[:1]
    others = [one for one in queries.links_to(link.person, link.response) if one.pk != link.pk]
    context = {
        "link": link, "own": _own(link), "initials": initials(link.person.name),
        "picture": picture(actions.use_link(link=link)), "shown": shown(status, link.response),
        "appeals": appeal_rows(queries.open_about(link.person, link.response_id)) if _own(link) else [],
        "looks": looks(link.person) if _own(link) else [],
        "others": [
            {"uuid": one.uuid, "consent": CONSENTS[Consent(one.consent)], "made": moment(one.made_at),
             "seen": moment(one.seen_at) if one.seen_at else ""}
            for one in others
        ] if _own(link) else [],
        "several": len(_links(request)) > 1, "phone": office_of(posts[0]) if posts else HOTLINE,
        "remedy": link.response.remedy, "response": link.response,
    }  # fmt: skip
    return render(request, "wangge/resident/code.html", context)


@where_in_use
@require_POST
def appeal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One tap: it is with whoever decided, with a deadline."""
    link = _link(request, uuid)
    try:
        made = actions.appeal(link=link, by=NOBODY)
    except Problem as problem:
        messages.error(request, sentence(problem))
    else:
        said = _("Your objection is with %(post)s, which answers until %(due)s. The answer stands here.")
        messages.success(request, said % {"post": made.post.title, "due": moment(made.due_at)})
    return redirect("code", uuid)


@where_in_use
@never_cache
@require_POST
def lend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another phone may carry this code too: an address to be scanned there, shown once."""
    link = _link(request, uuid)
    try:
        secret = actions.allow(
            person=link.person, response=link.response, consent=Consent.ON_PAGE, by=NOBODY, through=link
        )
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("code", uuid)
    address = request.build_absolute_uri(reverse("code-add", args=[secret]))
    return render(request, "wangge/resident/code_lend.html", {"link": link, "picture": picture(address)})


@where_in_use
@require_POST
def take_back(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Another phone shows this code no more. Only the person's own phone may say so."""
    link = _link(request, uuid)
    for one in queries.links_to(link.person, link.response) if _own(link) else ():
        if one.uuid == other:
            actions.end_link(link=one, by=NOBODY)
            messages.success(request, _("That phone shows this code no more."))
    return redirect("code", uuid)


@where_in_use
@require_POST
def drop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """This phone carries the code no more; the link ends with it."""
    link = _link(request, uuid)
    actions.end_link(link=link, by=NOBODY)
    left = [secret for secret, one in _links(request).items() if one.uuid != uuid]
    return _keep(redirect("codes"), left)


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
