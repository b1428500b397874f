"""What there was on the way, and who waits in protective clothing: one button each."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.transfer import queries, watching
from wangge.domains.transfer.inputs import uuid_or_none
from wangge.web.access import Asked, needs


@needs(Right.HAND_OVER)
@require_POST
def stop(request: Asked, uuid: UUID) -> HttpResponse:
    """A meal, a toilet or a pause."""
    one = queries.my_trip(request.by, uuid)
    watching.note_stop(trip=one, what=request.POST.get("what", ""), by=request.by)
    messages.success(request, _("Noted."))
    return redirect("hands-trip", uuid)


@needs(Right.HAND_OVER)
@require_POST
def care(request: Asked) -> HttpResponse:
    """Whoever waits in protective clothing had food and drink, or is under a roof."""
    watching.note_care(what=request.POST.get("what", ""), by=request.by)
    messages.success(request, _("Noted."))
    return redirect("hands")


@needs(Right.HAND_OVER)
@require_POST
def wait(request: Asked) -> HttpResponse:
    """Protective clothing is on, or off."""
    if "ends" in request.POST:
        watching.end_waiting(by=request.by)
        return redirect("hands")
    found, uuid = queries.transferring(request.by.scope(Right.HAND_OVER)), uuid_or_none(request.POST.get("uuid"))
    place = request.seats[0].post.place if request.seats else None
    if not found or uuid is None or place is None:
        raise Problem("transfer_response_closed")
    watching.begin_waiting(uuid=uuid, response=found[0], place=place, by=request.by)
    messages.success(request, _("Noted. After two hours at the latest somebody relieves you."))
    return redirect("hands")
