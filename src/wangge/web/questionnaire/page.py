"""A page with a questionnaire: what Web Forms is given, and what the content policy allows on such a page alone."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast
from uuid import UUID

from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from wangge.web.questionnaire.widget_words import WORDS

View = Callable[..., HttpResponse]
ENTRY = "wangge/web-forms/web-forms.js"


def with_web_forms(view: View) -> View:
    """Let this page's policy run compiled WebAssembly (Web Forms reads XPath with it) and styles with its nonce.

    Still no inline script and no text that becomes one: 'wasm-unsafe-eval' is not 'unsafe-eval'.
    """
    allowed = csp_update({"script-src": ["'wasm-unsafe-eval'"], "style-src": [NONCE]})(view)
    return cast(View, wraps(view)(allowed))


@dataclass(frozen=True, slots=True)
class Filling:
    """One form about to be filled in by somebody.

    ``form``: XForm XML. ``instance``: XML of what is known already, '' for none. ``submission``: the id under which
    the answers count once, however often they are sent. ``about``: what a draft is of, such as a door's uuid.
    """

    form: str
    send: str
    submission: UUID
    about: str
    instance: str = ""

    def draft(self, account: UUID) -> dict[str, str]:
        """Under which name a phone keeps this draft, and the key that only this account is ever given.

        Another version of the form is another draft: answers never slip into questions that were worded anew.
        """
        version = hashlib.sha256(self.form.encode()).hexdigest()[:12]
        secret = salted_hmac("wangge.draft", f"{account}:{self.about}", algorithm="sha256").digest()
        return {"name": f"{account}:{self.about}:{version}", "key": base64.b64encode(secret).decode()}


def settings_for(filling: Filling, account: UUID) -> dict[str, object]:
    """What stands in the page for ``web-forms.js``, as plain data."""
    return {
        "form": filling.form,
        "instance": filling.instance or None,
        "send": filling.send,
        "submission": str(filling.submission),
        "draft": filling.draft(account),
        "words": {english: str(said) for english, said in WORDS.items()},
    }


def context(request: HttpRequest, filling: Filling, account: UUID) -> dict[str, object]:
    """For ``parts/web_form.html``; ``web_form`` is None where the browser's files were not built."""
    built = finders.find(ENTRY) is not None
    return {"web_form": settings_for(filling, account) if built else None, "filling": filling}
