"""Whether this session has shown what its posts ask for. Asked at every page, so that a new post counts at once."""

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wangge.domains.duty.entry import demanded_of, has_factor, waived
from wangge.domains.duty.handsets import SHOWN
from wangge.domains.duty.rules import Proof, enough

FIRST = "first"  # this is the account's first session: setting up may wait once
LATER = "later"  # and the person chose that it waits
SEEN = "seen"
FRESH = 300  # seconds between notes of when a session was last used


def stop(request: Any) -> HttpResponse | None:
    """None to go on; otherwise where to go instead."""
    _note_use(request)
    account, session = request.account, request.session
    asked = demanded_of(account, request.seats)
    if asked is Proof.NOTHING:
        return None
    if enough(asked, _shown(session)):
        weak = asked is Proof.SECOND_FACTOR and account.short_secret
        return redirect("change-secret") if weak else None
    if asked is Proof.SECOND_FACTOR and not has_factor(account):
        return None if session.get(FIRST) and session.get(LATER) else redirect("mfa_index")
    logout(request)
    if asked is Proof.SECOND_FACTOR:
        messages.info(request, _("Sign in once more, with your second factor."))
    else:
        messages.info(request, _("Sign in on the phone that was enrolled for you."))
    return redirect("account_login")


def _shown(session: Any) -> list[Proof]:
    return [Proof(word) for word in session.get(SHOWN, [])]


def show(request: HttpRequest, proof: Proof) -> None:
    """Note what was shown in this session."""
    request.session[SHOWN] = sorted({*request.session.get(SHOWN, []), proof.value})


def must_set_up(request: Any) -> bool:
    """Whether this person's posts ask for a second factor that is not there yet."""
    asked = demanded_of(request.account, request.seats)
    return asked is Proof.SECOND_FACTOR and not has_factor(request.account)


def is_demo(request: Any) -> bool:
    return waived(request.account)


def _note_use(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(SEEN, now) > FRESH:
        request.session[SEEN] = now
