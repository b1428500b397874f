"""Pages that begin with a one-time code: an invitation, a phone to enrol, a way in again."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wangge.base.access import tries
from wangge.base.access.by import By
from wangge.base.problems import Problem
from wangge.domains.duty import actions, entry
from wangge.domains.duty.handsets import keep, kind_of, secret_for
from wangge.domains.duty.models import Account, Code
from wangge.domains.duty.rules import LEAST, PROOF, PostKind, Proof, rights_of
from wangge.domains.duty.words import POSTS, RIGHTS, ROLES
from wangge.domains.places.queries import full_label
from wangge.domains.work.actions import take_post
from wangge.web.account import guessing
from wangge.web.account.forms import MOST, WITHIN
from wangge.web.account.sign_in import begin
from wangge.web.field.cards import day_hour
from wangge.web.problems import by_field

METHODS = ["GET", "HEAD", "POST"]


def _usable(request: HttpRequest, kind: Code.Kind, text: str) -> Code:
    """The code, or a Problem; wrong ones are counted by address."""
    guessing.check(request, kind)
    code = entry.usable(kind, text)
    if code is None:
        guessing.wrong(request, kind)
        raise Problem("code_over", field="code")
    return code


def _ask(request: HttpRequest, template: str, problem: Problem | None = None) -> HttpResponse:
    """The page on which the code is typed."""
    context = {"errors": by_field(problem) if problem else {}, "typed": request.POST.get("code", "")}
    return render(request, template, context, status=422 if problem else 200)


def _in(request: HttpRequest, account: Account, secret: str) -> HttpResponse:
    """Sign the person in on this device, whoever was signed in before."""
    if request.user.is_authenticated:
        logout(request)
    request.COOKIES["wangge_device"] = secret
    return keep(begin(request, account), secret)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(METHODS)
def invited(request: HttpRequest, text: str = "") -> HttpResponse:
    """An invitation: what the post is and lets one do; with a password or PIN it is one's own."""
    text = text or request.POST.get("code", "") or request.GET.get("code", "")
    if not text:
        return _ask(request, "wangge/account/invited_code.html")
    try:
        code = _usable(request, Code.Kind.INVITE, text)
    except Problem as problem:
        return _ask(request, "wangge/account/invited_code.html", problem)
    errors: dict[str, list[str]] = {}
    if request.method == "POST" and "password" in request.POST:
        try:
            return _accepted(request, text)
        except Problem as problem:
            errors = by_field(problem)
    context = _offer(code) | {"errors": errors, "code": text, "username": request.POST.get("username", "")}
    return render(request, "wangge/account/invited.html", context, status=422 if errors else 200)


def _accepted(request: HttpRequest, text: str) -> HttpResponse:
    secret = secret_for(request)
    typed = {name: request.POST.get(name, "") for name in ("username", "password")}
    holding = actions.accept_invitation(
        text=text, username=typed["username"], password=typed["password"], secret=secret, kind=kind_of(request)
    )
    take_post(holding=holding, by=By(account=holding.account.uuid, post=None))
    return _in(request, holding.account, secret)


def _offer(code: Code) -> dict[str, Any]:
    """The post, the place, who invites, what it lets one do, what is needed to get in."""
    holding = code.holding
    assert holding is not None  # a constraint of the verb that makes invitations
    kind = PostKind(holding.post.kind)
    return {
        "post": holding.post, "kind": POSTS[kind], "place": full_label(holding.post.place), "who": holding.account,
        "role": ROLES[holding.role], "rights": [RIGHTS[right] for right in sorted(rights_of(kind))],
        "until": day_hour(holding.ends) if holding.ends else "", "inviter": entry.name_of(code.made_by),
        "on_phone": PROOF[kind] is Proof.DEVICE, "least": LEAST[PROOF[kind]], "ends": day_hour(code.expires_at),
    }  # fmt: skip


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(METHODS)
def enrol(request: HttpRequest, text: str = "") -> HttpResponse:
    """Enrol the phone in hand: the code from the community's screen, and one's own PIN."""
    text = text or request.POST.get("code", "")
    if not text:
        return _ask(request, "wangge/account/enrol_code.html")
    try:
        code = _usable(request, Code.Kind.ENROL, text)
    except Problem as problem:
        return _ask(request, "wangge/account/enrol_code.html", problem)
    errors: dict[str, list[str]] = {}
    if request.method == "POST" and "password" in request.POST:
        secret = secret_for(request)
        try:
            password = request.POST.get("password", "")
            if not tries.take("again", code.account.pk, most=MOST, within=WITHIN):
                raise Problem("too_many_tries", field="password")
            actions.enrol_with(text=text, password=password, secret=secret, kind=kind_of(request))
            tries.forget("again", code.account.pk)
            return _in(request, code.account, secret)
        except Problem as problem:
            guessing.wrong(request, Code.Kind.ENROL)
            errors = by_field(problem)
    context = {"who": code.account, "errors": errors, "code": text}
    return render(request, "wangge/account/enrol.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(METHODS)
def lost(request: HttpRequest) -> HttpResponse:
    """Ask the level above for a way in. The answer is the same whether the account exists or not."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            guessing.check(request, "lost", most=10)
            guessing.wrong(request, "lost", most=10)
            for one in entry.named(request.POST.get("username", "")):
                actions.ask_recovery(account=one, by=By(account=None, post=None))
            return render(request, "wangge/account/lost_asked.html")
        except Problem as problem:
            errors = by_field(problem)
    return render(request, "wangge/account/lost.html", {"errors": errors}, status=422 if errors else 200)


@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(METHODS)
def recover(request: HttpRequest) -> HttpResponse:
    """With the code from the level above: a new password, and in."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            code = _usable(request, Code.Kind.RECOVER, request.POST.get("code", ""))
            if code.account not in entry.named(request.POST.get("username", "")):
                guessing.wrong(request, Code.Kind.RECOVER)
                raise Problem("code_over", field="code")
            secret = secret_for(request)
            account = actions.recover(
                account=code.account, text=request.POST.get("code", ""), password=request.POST.get("password", ""),
                secret=secret, kind=kind_of(request),
            )  # fmt: skip
            return _in(request, account, secret)
        except Problem as problem:
            errors = by_field(problem)
    context = {"errors": errors, "username": request.POST.get("username", "")}
    return render(request, "wangge/account/recover.html", context, status=422 if errors else 200)
