"""Signing in: by user name or phone, on a known phone by a tap on one's name; then whatever the post asks for."""

import time
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base import sealing
from wangge.domains.duty import entry
from wangge.domains.duty.badges import office_of
from wangge.domains.duty.handsets import secret_of
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import holdings_of
from wangge.domains.duty.rules import Proof
from wangge.web.account import guessing
from wangge.web.demo_accounts import demo_accounts

WHICH = "which"  # in the session: the accounts whose password was right, for a minute or two
WHICH_FOR = 120  # seconds
SPRAYED = 100  # wrong passwords of one address for any accounts, in a quarter of an hour: an office shares one


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    if request.user.is_authenticated:
        return redirect(next_of(request) or "home")
    if request.method != "POST":
        return _page(request)
    return _chosen(request) if request.POST.get("which") else _typed(request)


def next_of(request: HttpRequest) -> str:
    """Where to go after signing in, on this site alone."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()) else ""


def _typed(request: HttpRequest) -> HttpResponse:
    typed, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
    found = entry.named(typed)
    # What nobody is called is counted under a keyed hash: it may be somebody's phone, or a password in the wrong field.
    credentials = {"username": found[0].username if found else sealing.blind("typed", typed)[:60]}
    if guessing.over(request, "password", most=SPRAYED) or not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True  # type: ignore[attr-defined]  # its middleware answers with the page
        return _page(request, wrong=True)
    right = entry.matching(found, password)
    if not right:
        guessing.wrong(request, "password", most=SPRAYED)
        AxesProxyHandler.user_login_failed("wangge", credentials, request)
        return _page(request, wrong=True)
    if len(right) == 1:
        return begin(request, right[0], next_of(request))
    request.session[WHICH] = {"at": int(time.time()), "of": [str(one.uuid) for one in right]}
    return _page(request, which=right)


def _chosen(request: HttpRequest) -> HttpResponse:
    """One of several accounts with the same phone and the same password."""
    kept: dict[str, Any] = request.session.pop(WHICH, {"at": 0, "of": []})
    chosen = request.POST.get("which", "")
    if chosen not in kept["of"] or time.time() - kept["at"] > WHICH_FOR:
        return _page(request)
    return begin(request, entry.account(chosen), next_of(request))


def begin(request: HttpRequest, account: Account, url: str = "") -> HttpResponse:
    """The password was right: go on to the second factor, or in; on an unknown phone say who can enrol it."""
    held = list(holdings_of(account))
    known = entry.enrolled(secret_of(request)).filter(account=account).exists()
    if entry.demanded_of(account, held) is Proof.DEVICE and not known and not entry.has_factor(account):
        helper = entry.helper(account)
        context = {"post": held[0].post, "helper": helper, "office": office_of(held[0].post)}
        return render(request, "wangge/account/unknown_phone.html", context, status=403)
    login = Login(user=account, redirect_url=url or None)
    answer: HttpResponse = perform_password_login(request, {"username": account.username}, login)
    return answer


def _page(request: HttpRequest, *, wrong: bool = False, which: list[Account] | None = None) -> HttpResponse:
    people = [one.account for one in entry.enrolled(secret_of(request))]
    who = request.GET.get("who") or request.POST.get("who")
    chosen = next((one for one in people if str(one.uuid) == who), people[0] if len(people) == 1 and not who else None)
    context = {
        "wrong": wrong, "which": which, "next": next_of(request), "demo": demo_accounts(), "people": people,
        "chosen": chosen, "typed": request.POST.get("username", ""), "somebody_else": who == "else",
    }  # fmt: skip
    return render(request, "wangge/sign_in.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; on a shared phone the names of everybody enrolled on it come next."""
    logout(request)
    return redirect("account_login")
