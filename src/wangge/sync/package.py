"""The package: this worker's doors, whole or what changed since the last one."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from wangge.base.access.rights import Right
from wangge.domains.phones.actions import Given, hand_out
from wangge.domains.phones.models import Phone
from wangge.domains.work.actions import look_by_phone
from wangge.domains.work.words import CHANNELS, OUTCOMES
from wangge.sync.access import Phoned, phone, refusal
from wangge.sync.doors import doors_of
from wangge.sync.turns import HEARING, in_turn


@require_GET
@gzip_page  # a shift of 300 doors is megabytes; with a random length of padding, so that its size tells nothing
@in_turn(HEARING)
@phone()
def package(request: Phoned) -> HttpResponse:
    """Hand the doors out; whoever lives behind one that goes to the phone has been looked at."""
    one = Phone.objects.filter(device=request.device, account=request.account).first()
    if one is None:
        return refusal(403, "phone_unknown")
    may = request.by.may(Right.WORK_DOORS)
    doors = doors_of(request.account, request.by.scope(Right.WORK_DOORS)) if may else []
    given = [Given(door.task.uuid, door.task.door, door.digest, door.form) for door in doors]
    parcel = hand_out(phone=one, given=given, since=request.GET.get("since", ""))
    sent = [door for door in doors if door.task.uuid in parcel.changed]
    look_by_phone(behind={door.task.uuid: door.people for door in sent}, by=request.by)
    content = {
        "cursor": parcel.cursor, "whole": parcel.whole, "gone": [str(uuid) for uuid in parcel.gone],
        "doors": [door.whole(with_form=door.task.uuid in parcel.forms) for door in sent],
        "words": {
            "outcomes": {code: str(words) for code, words in OUTCOMES.items() if code != "not_yet"},
            "channels": {code: str(words) for code, words in CHANNELS.items()},
        },
    }  # fmt: skip
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
