"""What a request of the specification says: the jurisdiction, the filters, and a report. Nothing else is read."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, QueryDict

from wangge.api.limits import FAILURES, TOKENS
from wangge.api.open311.writing import Refused
from wangge.base import clock
from wangge.base.access.address import client_of
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.domains.duty.tokens import by_token, note_use, token_of
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code, root

SPAN = timedelta(days=90)
MOST = 1000
NUMBERS = re.compile(r"\d(?:[ -]?\d){6,}")


def jurisdiction(typed: QueryDict) -> Place:
    """The place that ``jurisdiction_id`` (a division's code) means; without one all of this installation."""
    code = typed.get("jurisdiction_id", "").strip()
    if not code:
        if (top := root()) is None:
            raise Refused(404, "jurisdiction_id provided was not found.")
        return top
    try:
        return by_code(code)
    except Place.DoesNotExist as error:
        raise Refused(404, "jurisdiction_id provided was not found.") from error


def reporter(request: HttpRequest, place: Place) -> By:
    """Who a key acts as. It is given out for a jurisdiction: for another one it opens nothing."""
    token = token_of(request.POST.get("api_key", ""))
    if token is None:
        FAILURES.take(client_of(request))
        raise Refused(403, "api_key was missing or is not valid.")
    TOKENS.take(str(token.uuid))
    note_use(token)
    by = by_token(token)
    if not by.may(Right.ANSWER_CALLS) or not by.scope(Right.ANSWER_CALLS).covers(place.path, place.grid_id):
        raise Refused(403, "api_key is not valid for this jurisdiction_id.")
    return by


@dataclass(frozen=True, slots=True)
class Filter:
    """Which requests: by their numbers alone, or by kind, state and the time they arrived."""

    numbers: tuple[UUID, ...]
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    since: datetime
    until: datetime


def read_filter(typed: QueryDict) -> Filter:
    """Raises Refused. Without dates the last 90 days; a longer span is cut to 90 from its beginning."""
    start, end = _instant(typed.get("start_date", "")), _instant(typed.get("end_date", ""))
    until = end or (start + SPAN if start else clock.now())
    since = start or until - SPAN
    states = tuple(part for part in typed.get("status", "").split(",") if part)
    if wrong := [part for part in states if part not in ("open", "closed")]:
        raise Refused(400, f"status {wrong[0][:20]} is neither open nor closed.")
    numbers = tuple(number(part) for part in typed.get("service_request_id", "").split(",") if part)
    kinds = tuple(part for part in typed.get("service_code", "").split(",") if part)
    return Filter(numbers, kinds, states, since, min(until, since + SPAN))


def _instant(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text.strip().replace(" ", "+").replace("Z", "+00:00"))
    except ValueError as error:
        raise Refused(400, "A date is not of the form 2022-04-07T09:30:00Z.") from error
    return at if at.tzinfo else at.replace(tzinfo=clock.LOCAL)


def number(text: str) -> UUID:
    """Raises Refused where no request has such a number."""
    try:
        return UUID(text.strip())
    except ValueError as error:
        raise Refused(404, "service_request_id was not found.") from error


def where(typed: QueryDict) -> str:
    """Where it is, in words or as coordinates. Raises Refused where neither is given, or a coordinate is none."""
    lat, long = typed.get("lat", "").strip(), typed.get("long", "").strip()
    if lat or long:
        try:
            if not (-90 <= float(lat) <= 90 and -180 <= float(long) <= 180):
                raise ValueError(lat)
        except ValueError as error:
            raise Refused(400, "lat and long must be given together, as decimal degrees (WGS84).") from error
    words = " ".join(typed.get("address_string", "").split())
    found = words or (f"{lat},{long}" if lat else "")
    if not found and not typed.get("address_id", "").strip():
        raise Refused(400, "lat and long, address_string or address_id must be provided.")
    return found


def masked(text: str) -> str:
    """What anybody may read: without a telephone or document number somebody wrote into it."""
    return NUMBERS.sub("***", text)
