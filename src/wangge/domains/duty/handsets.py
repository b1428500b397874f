"""The phone in hand: its cookie, and what kind of device a browser says it is on."""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wangge.domains.duty.entry import device_over

#: In a session: the proofs that were shown, and the device it is on.
SHOWN, DEVICE = "shown", "device"
COOKIE = "wangge_device"
KEPT = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
FORM = re.compile(r"[\w-]{43}")
SIGNS = (  # the first that the browser's own words hold
    ("iPad", "tablet"), ("Tablet", "tablet"), ("iPhone", "iphone"), ("Android", "android"), ("Windows", "windows"),
    ("Macintosh", "mac"), ("Linux", "linux"),
)  # fmt: skip


def secret_of(request: HttpRequest) -> str:
    """The secret of the device in hand; empty on one that was never enrolled."""
    secret = request.COOKIES.get(COOKIE, "")
    return secret if FORM.fullmatch(secret) else ""


def secret_for(request: HttpRequest) -> str:
    """The secret to enrol with: the one that is there, a new one where there is none or its device was ended."""
    secret = secret_of(request)
    return secret if secret and not device_over(secret) else secrets.token_urlsafe(32)


def keep(response: HttpResponse, secret: str) -> HttpResponse:
    """Let the device keep its secret. No page's script can read it."""
    response.set_cookie(COOKIE, secret, max_age=KEPT, httponly=True, secure=settings.SECURE, samesite="Lax")
    return response


def kind_of(request: HttpRequest) -> str:
    """Such as android; nothing that tells one phone from another of its kind."""
    words = request.headers.get("User-Agent", "")
    return next((kind for sign, kind in SIGNS if sign in words), "")
