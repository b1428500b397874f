"""The superior decides about an ask that collects what somebody collects already."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.domains.asking import actions, queries
from wangge.web.access import Asked, needs
from wangge.web.asks.wishing import read_time


@needs(Right.ASK)
@require_POST
def confirm(request: Asked, uuid: UUID) -> HttpResponse:
    """It goes out all the same, until the day that the superior sets."""
    ask = queries.ask(request.by.scope(Right.ASK), uuid)
    actions.confirm_ask(ask=ask, ends_at=read_time("ends_at", request.POST.get("ends_at", "")), by=request.by)
    messages.success(request, _("Confirmed and sent. It ends by itself on the day you set."))
    return redirect("ask-page", uuid)


@needs(Right.ASK)
@require_POST
def decline(request: Asked, uuid: UUID) -> HttpResponse:
    """It is left at the ask that exists."""
    ask = queries.ask(request.by.scope(Right.ASK), uuid)
    actions.decline_ask(ask=ask, by=request.by)
    messages.success(request, _("Declined. The figures of the ask that exists are there for everybody."))
    return redirect("asks")
