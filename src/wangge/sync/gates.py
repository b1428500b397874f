"""What a checkpoint's phone gets: where its person may stand and what is looked at there, the keys, the city's list."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.domains.checkpoints import queries
from wangge.domains.checkpoints.models import Checkpoint
from wangge.domains.checkpoints.queries import Ground
from wangge.domains.checkpoints.words import KINDS
from wangge.domains.codes import queries as codes
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.domains.places.queries import full_label
from wangge.domains.venues.queries import venue_named
from wangge.sync.access import Phoned, phone
from wangge.sync.checkins import kept_at


@require_GET
@phone()
def checkpoints(request: Phoned) -> HttpResponse:
    """The open checkpoints of this person, and what the server holds of their shifts."""
    found = queries.open_for(request.by) if request.by.may(Right.KEEP_CHECKPOINT) else []
    shifts = queries.open_shifts(request.account.uuid)
    totals = queries.totals_of_shifts(shifts)
    content = {
        "checkpoints": [_point(one) for one in found],
        "shifts": [
            {
                "shift": str(one.uuid), "checkpoint": str(one.checkpoint.uuid), "name": one.checkpoint.name,
                "passes": total.passes, "aside": total.aside, "entries": total.entries,
                "emergencies": total.emergencies,
            }
            for one in shifts
            for total in [totals.get(one.pk, queries.NOTHING)]
        ],
    }  # fmt: skip
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _point(one: Checkpoint) -> dict[str, Any]:
    ground, posts, language = queries.ground_of(one), offices(one.place)[:1], get_language() or "zh-hans"
    point = {
        "uuid": str(one.uuid), "name": one.name, "kind": str(KINDS[one.kind]), "place": full_label(one.place),
        "code": ground is not None, "venue": _venue(one), "call": office_of(posts[0]) if posts else HOTLINE,
    }  # fmt: skip
    if ground is None:  # the edition in force asks for nothing here any more
        nothing = {"asks": [], "fever": 0, "list_minutes": 0, "issuer": ""}
        return point | nothing | {"rule": "", "clause": "", "fallback": ""}
    rule = ground.rule
    return point | {
        "asks": list(rule.asks[one.kind]), "fever": rule.fever, "list_minutes": rule.list_hours * 60,
        "rule": rule.rule.into(language), "clause": rule.clause, "fallback": rule.fallback.into(language),
        "issuer": codes.issuer_of(ground.response),
    }  # fmt: skip


def _venue(one: Checkpoint) -> dict[str, str] | None:
    """Where codes that are shown check in: a venue's door, while an order names check-in there."""
    venue = venue_named(one.venue) if one.venue else None
    return {"uuid": str(venue.uuid), "name": venue.name} if venue and kept_at(venue) is not None else None


@require_GET
@phone()
def status_list(request: Phoned) -> HttpResponse:
    """The city's list, whole or what changed since ``have``; only for somebody with an open checkpoint that asks for
    codes. ``at``: at which one, where there are several."""
    have = request.GET.get("have", "")
    message = codes.list_for(_ground(request).response, int(have) if have.isdecimal() and len(have) < 10 else None)
    return HttpResponse(message, content_type="application/cose")


@require_GET
@phone()
def keys(request: Phoned) -> HttpResponse:
    """The public keys, with the issuer of one's own checkpoint."""
    response = _ground(request).response
    return JsonResponse(codes.published([response]) | {"issuer": codes.issuer_of(response)})


def _ground(request: Phoned) -> Ground:
    """Raises NotAllowed for whoever has no open checkpoint where a code may be asked for."""
    for one in _asked_at(request.by, request.GET.get("at", "")):
        if ground := queries.ground_of(one):
            return ground
    raise NotAllowed(Right.KEEP_CHECKPOINT)


def _asked_at(by: By, text: str) -> list[Checkpoint]:
    found = queries.open_for(by)
    try:
        return [one for one in found if one.uuid == UUID(text)] if text else found
    except ValueError:
        return []
