"""What the sensor at one's own door recorded: all of it, until when, and one tap that ends it. No account is needed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.domains.duty.queries import offices
from wangge.domains.fixtures.links import token_of
from wangge.domains.protocol.queries import protocol
from wangge.domains.sensors import actions, queries
from wangge.domains.sensors.links import read_token
from wangge.domains.sensors.models import Fit
from wangge.domains.sensors.words import KINDS, SAID, SILENT
from wangge.web.desk.words import moment
from wangge.web.resident.ask import NOBODY

SHOWN = 50


def _fit(token: str) -> Fit:
    uuid = read_token(token)
    try:
        if uuid:
            return queries.fit(uuid)
    except Fit.DoesNotExist:
        pass
    raise Http404


@never_cache
@require_safe
def sensor(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that was recorded, the latest first; when it ends and under what."""
    one = _fit(token)
    page = Paginator(queries.readings(one), SHOWN).get_page(request.GET.get("page"))
    rule = protocol(one.protocol).sensors if one.protocol else None
    context = {
        "one": one, "kind": KINDS[one.sensor.kind], "since": moment(one.fitted_at), "token": token, "page": page,
        "until": moment(one.until) if one.until else "", "rule": rule, "offices": offices(one.door)[:3],
        "silent": SILENT[one.silent_cause] if one.silent_at else "", "keep": "",
        "ended": moment(one.silent_at) if one.silent_at else "",
        "exits": token_of(one.door),
        "rows": [{"at": moment(each.at), "what": SAID[each.said]} for each in page.object_list],
    }  # fmt: skip
    return render(request, "wangge/resident/sensor.html", context)


@require_POST
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Fire, evacuation, illness, violence, or something else: it ends at once, and nobody asks why."""
    one = _fit(token)
    actions.end_for_safety(door=one.door, around=False, source="resident", by=NOBODY)
    return redirect("resident-sensor", token)
