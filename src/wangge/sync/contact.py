"""The first thing a phone says when the network is back, and what everything else follows from."""

import secrets
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import translation
from django.views.decorators.http import require_POST

from wangge.base import clock
from wangge.domains.duty import handsets
from wangge.domains.duty.actions import enrol
from wangge.domains.duty.entry import device_over
from wangge.domains.phones.actions import Heard, hear
from wangge.domains.phones.inputs import content_of, read_said
from wangge.domains.phones.models import ShiftKey
from wangge.domains.phones.queries import key_of
from wangge.domains.protocol.queries import drill
from wangge.sync.access import LEAST, RIGHTS, Phoned, phone
from wangge.sync.turns import HEARING, in_turn

VERSION = "0.1"
LANGUAGES = {code for code, _name in settings.LANGUAGES}


@require_POST
@in_turn(HEARING)
@phone(first=True)
def contact(request: Phoned) -> HttpResponse:
    """Who this is, what time it is, the shift's key and those of entries that wait."""
    content = content_of(request.body)
    language = content.get("language")
    with translation.override(language) if language in LANGUAGES else nullcontext():
        secret = "" if request.device else _enrolled(request)
        assert request.device
        heard = hear(
            device=request.device, account=request.account, said=read_said(content, request.app), by=request.by
        )
        answer = JsonResponse(_answer(request, heard))
    return handsets.keep(answer, secret) if secret else answer


def _enrolled(request: Phoned) -> str:
    """The secret of a phone that is new here, enrolled for somebody who has shown all that their posts ask for: from
    now on it can be ended. Whose posts ask for an enrolled phone has one before signing in."""
    known = handsets.secret_of(request)
    secret = known if known and not device_over(known) else secrets.token_urlsafe(32)
    one = enrol(
        account=request.account, secret=secret, by=request.by, kind=handsets.kind_of(request),
        enrolled_by=request.account.uuid,
    )  # fmt: skip
    request.device = one.device
    request.session[handsets.DEVICE] = str(one.device.uuid)
    return secret


def _answer(request: Phoned, heard: Heard) -> dict[str, Any]:
    exercise = drill()
    post = next((one.post for one in request.seats if one.post.uuid == request.by.post), None)
    return {
        "now": clock.now().isoformat(), "app": VERSION, "least": LEAST, "csrf": get_token(request), "wipe": False,
        "who": {
            "account": str(request.account.uuid), "name": request.account.name,
            "post": str(post.uuid) if post else None, "post_title": post.title if post else "",
        },
        "drill": {"title": exercise.title, "document_no": exercise.document_no} if exercise else None,
        "rights": sorted(right.value for right in RIGHTS if request.by.may(right)),
        "key": _key(heard.key), "old": [_key(one) for one in heard.old],
    }  # fmt: skip


def _key(one: ShiftKey) -> dict[str, str]:
    return {"id": str(one.uuid), "key": key_of(one), "until": one.until.isoformat()}
