"""The phones of one's people: last heard of, what has not arrived, whether what they keep can still be opened.

Where a phone is, nobody asks; and nobody is compared with anybody.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.domains.duty.words import DEVICES
from wangge.domains.phones.queries import Listed, listed, with_state
from wangge.web.access import Asked, needs
from wangge.web.command.here import kept, typed
from wangge.web.field.cards import day_hour

PAGE = 50


@needs(Right.MANAGE_POSTS)
@require_safe
def phones(request: Asked) -> HttpResponse:
    """Enrolled phones, those with entries that have not arrived first."""
    scope, text = request.by.scope(Right.MANAGE_POSTS), typed(request, "q")
    page = Paginator(listed(scope, text), PAGE).get_page(request.GET.get("page"))
    rows = [_row(one) for one in with_state(list(page.object_list), scope)]
    context = {"page": page, "rows": rows, "q": text, "keep": kept(request), "page_back": reverse("posts")}
    return render(request, "wangge/command/phones.html", context)


def _row(one: Listed) -> dict[str, Any]:
    who, phone = one.enrolment.account, one.phone
    row = {
        "name": who.name, "who": who.uuid, "post": one.post, "enrolment": one.enrolment.uuid,
        "kind": DEVICES.get(one.enrolment.device.kind, DEVICES[""]), "seen": "", "unsent": 0, "app": "",
    }  # fmt: skip
    if phone is None:
        return row
    until = one.key_until
    return row | {
        "seen": day_hour(phone.seen_at), "unsent": phone.unsent, "app": phone.app,
        "since": day_hour(phone.unsent_since) if phone.unsent_since else "",
        "stays": _stays(phone.persisted),
        "key": day_hour(until) if until and until > clock.now() else "",
    }  # fmt: skip


def _stays(persisted: bool | None) -> str:
    if persisted is None:
        return _("not known")
    return _("yes") if persisted else _("the browser may clear it")
