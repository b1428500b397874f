"""The shell: one page that names nobody, the same for everybody in one language, so that a phone may keep it."""

import hashlib
import json
from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from wangge import __version__
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.web.phone.files import Built, built, worker
from wangge.web.phone.words import plurals, words
from wangge.web.questionnaire.widget_words import WORDS as WIDGETS

#: Web Forms compiles WebAssembly for its questions, and its styles carry the nonce. The page is kept with its policy,
#: so a phone's nonce stays the same for a version: it lets styles in, never scripts.
POLICY = {"script-src": ["'wasm-unsafe-eval'"], "style-src": [NONCE], "worker-src": ["'self'"]}


ICONS = (
    ("mark.svg", "any", "image/svg+xml", "any"),
    ("phone-icon-192.png", "192x192", "image/png", "any"),
    ("phone-icon-512.png", "512x512", "image/png", "maskable"),
)


def _settings(found: Built) -> dict[str, Any]:
    said: dict[str, Any] = {
        "version": __version__, "language": get_language(), "words": words(), "plurals": plurals(),
        "widgets": {english: str(text) for english, text in WIDGETS.items()}, "icons": static("wangge/icons.svg"),
        "engine": found.engine, "later": found.later,
        "outcomes": [[value, str(text)] for value, text in OUTCOMES.items()],
        "channels": [[value, str(text)] for value, text in CHANNELS.items()],
    }  # fmt: skip
    digest = hashlib.sha256(found.stamp.encode() + json.dumps(said, sort_keys=True).encode())
    return said | {"build": digest.hexdigest()[:16]}


@csp_update(POLICY)
@ensure_csrf_cookie
@never_cache
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The app. Where nothing was built, the server's own pages."""
    found = built()
    if found is None:
        return redirect("field")
    context = {"settings": _settings(found), "entry": found.entry, "styles": found.styles}
    return render(request, "wangge/phone/shell.html", context)


@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with what it has to know in front of it. Another language is another shell to keep."""
    found = built()
    if found is None:
        raise Http404
    said = _settings(found)
    known = {name: said[name] for name in ("version", "build", "language")} | {
        "files": [*found.shell, reverse("phone-manifest")], "words": {}, "plurals": {},
    }  # fmt: skip
    text = f"self.WANGGE={json.dumps(known)};\n{worker()}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@never_cache
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a home screen shows."""
    said = {
        "id": reverse("phone"), "name": _("Wangge"), "short_name": _("Wangge"), "lang": get_language(),
        "start_url": reverse("phone"), "scope": "/", "display": "standalone", "orientation": "portrait",
        "background_color": "#f6f2e9", "theme_color": "#fffdf8",
        "icons": [
            {"src": static(f"wangge/{name}"), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
    }  # fmt: skip
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/manifest+json")


@require_safe
def too_old(request: HttpRequest) -> HttpResponse:
    """Where the app sends a browser that cannot run it, or that may not keep anything for an address without HTTPS."""
    if request.GET.get("why") == "address":
        said = _("The app that works without a network needs an address with https. These pages do the same.")
    else:
        said = _("This browser is too old for the app that works without a network. These pages do the same.")
    messages.info(request, said)
    return redirect("field")
