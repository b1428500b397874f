"""Releases: what a doctor signs and the authority confirms, each condition with its evidence; in bulk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.duty.seating import titles
from wangge.domains.isolation import queries
from wangge.domains.isolation.homes import term_of
from wangge.domains.isolation.models import Order, Release
from wangge.domains.isolation.releases import waiting
from wangge.domains.isolation.rules_release import Checked, Condition, ready
from wangge.domains.isolation.words import CONDITIONS, MET
from wangge.domains.places.queries import labels
from wangge.flows import releases as flow
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.desk.order_rows import role_of
from wangge.web.desk.words import day, language, moment

PAGE = 100


@needs(Right.SIGN_MEDICAL)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: Asked) -> HttpResponse:
    """A doctor signs releases of their places."""
    scope = request.by.scope(Right.SIGN_MEDICAL)
    if request.method == "POST":
        try:
            number = len(flow.sign(orders=_chosen(request, scope), by=request.by))
        except Problem as problem:
            return _page(request, scope, "signing", problem)
        done = ngettext("%(n)d release is signed; the authority sees it now.",
                        "%(n)d releases are signed; the authority sees them now.", number)  # fmt: skip
        messages.success(request, done % {"n": number})
        return redirect("isolation-signing")
    return _page(request, scope, "signing")


@needs(Right.CONFIRM_ORDERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: Asked) -> HttpResponse:
    """The authority that made the orders releases."""
    scope = request.by.scope(Right.CONFIRM_ORDERS)
    if request.method == "POST":
        try:
            number = len(flow.confirm(orders=_chosen(request, scope), by=request.by))
        except Problem as problem:
            return _page(request, scope, "confirming", problem)
        done = ngettext("%(n)d person is released. The code is right from this minute; the paper is on its way.",
                        "%(n)d people are released. Codes are right from this minute; papers are on their way.",
                        number)  # fmt: skip
        messages.success(request, done % {"n": number})
        return redirect("isolation-releases")
    return _page(request, scope, "confirming")


def _chosen(request: Asked, scope: Scope) -> list[Order]:
    named = [UUID(text) for text in request.POST.getlist("order") if len(text) == 36]
    found = list(queries.chosen(scope, named))
    if not found:
        raise Problem("nothing_chosen")
    return found


def _page(request: Asked, scope: Scope, what: str, problem: Problem | None = None) -> HttpResponse:
    shown = waiting(scope, signed=False if what == "signing" else None)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "what": what, "page": page, "rows": rows(list(page.object_list), what),
        "wrong": sentence(problem) if problem else "", "ticked": set(request.POST.getlist("order")),
    }  # fmt: skip
    return render(request, "wangge/desk/releases.html", context, status=422 if problem else 200)


def rows(found: list[Release], what: str) -> list[dict[str, Any]]:
    """Releases as the list shows them; the number of queries does not depend on how many."""
    checks = flow.checked([one.order for one in found])
    doors = labels([one.order.person.home for one in found])
    signers = titles(one.signed_post for one in found if one.signed_post)
    return [
        {
            "uuid": one.order.uuid, "name": mask_name(one.order.person.name), "door": doors[one.order.person.home_id],
            "role": role_of(one.order).label.into(language()), "term": term_of(one.order),
            "ends": moment(one.order.ends_at), "conditions": [_said(check) for check in checks[one.order_id]],
            "signed": _signed(one, signers),
            "ready": ready(checks[one.order_id]) and (what == "signing" or one.signed_at is not None),
        }
        for one in found
    ]  # fmt: skip


def _signed(one: Release, signers: dict[UUID, str]) -> str:
    if one.signed_at is None:
        return ""
    return f"{signers.get(one.signed_post, '') if one.signed_post else ''} · {moment(one.signed_at)}"


def _said(check: Checked) -> dict[str, Any]:
    evidence = day(check.day) if check.day else ""
    if check.condition is Condition.TESTS:
        numbers = {"day": evidence, "had": check.had, "asked": check.asked}
        evidence = _("%(day)s: %(had)d of %(asked)d negative") % numbers
    return {
        "what": CONDITIONS[check.condition], "state": MET[check.state], "met": check.state == "met",
        "evidence": evidence,
    }  # fmt: skip
