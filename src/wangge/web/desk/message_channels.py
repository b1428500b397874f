"""The ways out of the house: which gateways are connected and how they do; the groups that may be written to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.messages import actions, gateway, mail, queries
from wangge.domains.messages.actions.outbox import is_down
from wangge.domains.messages.inputs import read_robot
from wangge.domains.messages.rules import Channel
from wangge.domains.messages.words import CHANNELS, SERVICES
from wangge.web.access import Asked, needs
from wangge.web.desk.message_new import _uuid
from wangge.web.desk.messages import READERS
from wangge.web.desk.words import moment
from wangge.web.problems import by_field


@needs(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: Asked) -> HttpResponse:
    """How each way does; whoever keeps messages connects a group."""
    if request.method != "POST":
        return _page(request, None)
    scope = request.by.scope(Right.KEEP_MESSAGES)
    try:
        name, _service, url = read_robot(request.POST)
        place = queries.area_named(request.POST.get("area", ""), scope)
        one = actions.connect_robot(place=place, name=name, url=url, by=request.by, uuid=_uuid(request.POST["uuid"]))
    except Problem as problem:
        return _page(request, problem)
    messages.success(request, _("%(name)s is connected. Its address is kept sealed and is not shown again.")
                     % {"name": one.name})  # fmt: skip
    return redirect("message-channels")


@needs(Right.KEEP_MESSAGES)
@require_POST
def end_robot(request: Asked, uuid: UUID) -> HttpResponse:
    """A group is written to no more."""
    scope = request.by.scope(Right.KEEP_MESSAGES)
    robot = queries.robot(scope, uuid)
    actions.end_robot(robot=robot, by=request.by)
    messages.success(request, _("The group is written to no more; its address was forgotten."))
    return redirect("message-channels")


def _page(request: Asked, problem: Problem | None) -> HttpResponse:
    errors = by_field(problem) if problem else {}
    keeps = request.by.may(Right.KEEP_MESSAGES)
    scope = request.by.scope(Right.KEEP_MESSAGES if keeps else Right.SEND_MESSAGES)
    rows = [
        {"uuid": one.uuid, "name": one.name, "place": one.place.name, "service": SERVICES[one.service]}
        for one in queries.robots(scope)
    ]
    context = {
        "ways": _ways(), "rows": rows, "keeps": keeps, "errors": errors, "typed": request.POST,
        "uuid": request.POST.get("uuid") or uuid7(), "page_back": reverse("messages"),
    }  # fmt: skip
    return render(request, "wangge/desk/message_channels.html", context, status=422 if problem else 200)


def _ways() -> list[tuple[str, Any]]:
    signs = queries.signs()
    connected = {
        "sms": gateway.configured(Channel.SMS) is not None, "voice": gateway.configured(Channel.VOICE) is not None,
        "email": mail.configured(),
    }  # fmt: skip
    found = []
    for name, there in connected.items():
        sign = signs.get(name)
        if not there:
            said = _("not connected: whoever is told this way stands on the call list")
        elif sign and is_down(sign) and sign.failed_at:
            said = _("does not answer since %(when)s: tell the city’s office; people wait for the call list") % {
                "when": moment(sign.ok_at or sign.failed_at)
            }
        else:
            said = (
                _("works, last used %(when)s") % {"when": moment(sign.ok_at)} if sign and sign.ok_at else _("connected")
            )
        found.append((str(CHANNELS[name]), said))
    return found
