"""The page's language: what the person chose, else Chinese. A phone set to English is no wish for English.

Which Chinese follows the browser: whoever asks for zh-TW, zh-HK, zh-MO or zh-Hant before any other Chinese reads
traditional characters.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_POST

CODES = [code for code, _ in settings.LANGUAGES]
TRADITIONAL = {"hant", "tw", "hk", "mo"}


class LanguageMiddleware:
    """Activates the language of the cookie, or the Chinese that the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in CODES else _chinese(request.headers.get("Accept-Language", ""))):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _chinese(accepted: str) -> str:
    """'zh-hant' where the first Chinese a browser asks for is written so, else the product's own language."""
    wishes = [tag.split("-") for tag, _weight in parse_accept_lang_header(accepted.lower())]
    first = next((parts for parts in wishes if parts[0] == "zh"), [])
    return "zh-hant" if "hans" not in first and TRADITIONAL & set(first) else settings.LANGUAGE_CODE


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the language for a year and go back to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    code = request.POST.get("language", "")
    if code in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=31_536_000, httponly=True, samesite="Lax",
            secure=settings.SECURE,
        )  # fmt: skip
    return response
