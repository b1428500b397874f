"""What a code says now and why: since and until when, who looked, an objection with one tap, and other phones."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.problems import Problem
from wangge.domains.codes import actions, queries
from wangge.domains.codes.models import CodeLink
from wangge.domains.codes.rules import Consent, initials
from wangge.domains.codes.words import CONSENTS
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.sentences import sentence
from wangge.web.code_shown import appeal_rows, looks, picture, shown
from wangge.web.desk.words import moment
from wangge.web.resident.ask import NOBODY
from wangge.web.resident.pocket import link, own, where_in_use


@where_in_use
@never_cache
@require_safe
def why(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The colour with its whole reasoning, worked out now. No phone keeps this page: it could go stale."""
    one = link(request, uuid)
    posts = offices(one.person.home)[:1]
    context = {
        "link": one, "own": own(one), "initials": initials(one.person.name),
        "shown": shown(queries.status_of(one.person, one.response), one.response),
        "appeals": appeal_rows(queries.open_about(one.person, one.response_id)) if own(one) else [],
        "looks": looks(one.person) if own(one) else [], "others": _others(one) if own(one) else [],
        "phone": office_of(posts[0]) if posts else HOTLINE, "remedy": one.response.remedy, "response": one.response,
    }  # fmt: skip
    return render(request, "wangge/resident/code_why.html", context)


def _others(one: CodeLink) -> list[dict[str, object]]:
    """The other phones that show this person's code."""
    return [
        {"uuid": other.uuid, "consent": CONSENTS[Consent(other.consent)], "made": moment(other.made_at),
         "seen": moment(other.seen_at) if other.seen_at else ""}
        for other in queries.links_to(one.person, one.response) if other.pk != one.pk
    ]  # fmt: skip


@where_in_use
@require_POST
def appeal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One tap: it is with whoever decided, with a deadline."""
    try:
        made = actions.appeal(link=link(request, uuid), by=NOBODY)
    except Problem as problem:
        messages.error(request, sentence(problem))
    else:
        said = _("Your objection is with %(post)s, which answers until %(due)s. The answer stands here.")
        messages.success(request, said % {"post": made.post.title, "due": moment(made.due_at)})
    return redirect("code-why", uuid)


@where_in_use
@never_cache
@require_POST
def lend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another phone may carry this code too: an address to be scanned there, shown once."""
    one = link(request, uuid)
    try:
        secret = actions.allow(
            person=one.person, response=one.response, consent=Consent.ON_PAGE, by=NOBODY, through=one
        )
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("code-why", uuid)
    address = request.build_absolute_uri(reverse("code-add", args=[secret]))
    return render(request, "wangge/resident/code_lend.html", {"link": one, "picture": picture(address)})


@where_in_use
@require_POST
def take_back(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Another phone shows this code no more. Only the person's own phone may say so."""
    mine = link(request, uuid)
    for one in queries.links_to(mine.person, mine.response) if own(mine) else ():
        if one.uuid == other:
            actions.end_link(link=one, by=NOBODY)
            messages.success(request, _("That phone shows this code no more."))
    return redirect("code-why", uuid)
