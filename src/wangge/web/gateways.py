"""Where gateways report: what became of a parcel, and what somebody answered. Signed under the shared secret."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from wangge.base.problems import Problem
from wangge.domains.messages import actions, gateway
from wangge.domains.messages.inputs import read_report
from wangge.domains.messages.rules import Channel
from wangge.sentences import sentence

WAYS = {"sms": Channel.SMS, "voice": Channel.VOICE}


@csrf_exempt
@never_cache
@require_POST
def report(request: HttpRequest, way: str) -> JsonResponse:
    """One report. The same one twice changes nothing; one that is not signed is not read."""
    found = gateway.configured(WAYS[way]) if way in WAYS else None
    at, signed = request.headers.get(gateway.TIME, ""), request.headers.get(gateway.SIGNATURE, "")
    if found is None or not gateway.is_signed(found.secret, at, request.body, signed):
        return JsonResponse({"code": "signature"}, status=403)
    try:
        said = read_report(request.body)
    except Problem as problem:
        return JsonResponse({"code": problem.code, "words": sentence(problem)}, status=422)
    if said.parcel:
        taken = actions.note_report(parcel=said.parcel, delivered=said.delivered)
    else:
        taken = actions.confirm(number=said.number, text=said.text)
    return JsonResponse({"taken": taken})
