"""What a request of the specification says: the jurisdiction, the filters, and a report. Nothing else is read."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
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
YEARS = range(2000, 2101)
PAGES = 10_000
URL = 500
NUMBERS = re.compile(r"\d(?:[ -]?\d){6,}")


def whole(request: HttpRequest) -> None:
    """Raises Refused where something holds a character that no text and no database can hold."""
    values = [
        text for typed in (request.GET, request.POST) for texts in typed.lists() for text in (texts[0], *texts[1])
    ]
    if any("\0" in text for text in (request.path, *values)):
        raise Refused(400, "NUL is not a character that can be read here.")


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
    """Which requests: by their numbers alone (None: no number was asked for), or by kind, state and the time they
    arrived. ``first`` and ``last``: the page, as its clients count them (an extension that most servers have)."""

    numbers: tuple[UUID, ...] | None
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    since: datetime
    until: datetime
    first: int
    last: int


def read_filter(typed: QueryDict) -> Filter:
    """Raises Refused. Without dates the last 90 days; a longer span is cut to 90 from its beginning."""
    start, end = _instant(typed.get("start_date", "")), _instant(typed.get("end_date", ""))
    until = end or (start + SPAN if start else clock.now())
    since = start or until - SPAN
    states = _several(typed, "status")
    if wrong := [part for part in states if part not in ("open", "closed")]:
        raise Refused(400, f"status {wrong[0][:20]} is neither open nor closed.")
    asked = _several(typed, "service_request_id")
    numbers = tuple(found for part in asked if (found := _uuid(part))) if asked else None
    size = _whole(typed, "page_size", MOST)
    first = (_whole(typed, "page", PAGES) - 1) * size if typed.get("page", "").strip() else 0
    until = min(until, since + SPAN)
    return Filter(numbers, _several(typed, "service_code"), states, since, until, first, first + size)


def _several(typed: QueryDict, name: str) -> tuple[str, ...]:
    """Values of an argument that may be given with commas, and more than once."""
    return tuple(part.strip() for value in typed.getlist(name) for part in value.split(",") if part.strip())


def _whole(typed: QueryDict, name: str, most: int) -> int:
    """A number from 1 to ``most``, which it is when it is not given. Raises Refused."""
    text = typed.get(name, "").strip() or str(most)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= most):
        raise Refused(400, f"{name} must be a number from 1 to {most}.")
    return int(text)


def _instant(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text.strip().replace(" ", "+").replace("Z", "+00:00"))
    except ValueError as error:
        raise Refused(400, "A date is not of the form 2022-04-07T09:30:00Z.") from error
    if at.year not in YEARS:
        raise Refused(400, f"A date lies outside the years {YEARS[0]} to {YEARS[-1]}.")
    return at if at.tzinfo else at.replace(tzinfo=clock.LOCAL)


def number(text: str) -> UUID:
    """Raises Refused where no request has such a number."""
    if (found := _uuid(text)) is None:
        raise Refused(404, "service_request_id was not found.")
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def point(typed: QueryDict) -> str:
    """``lat`` and ``long`` as "lat,long"; empty where neither is given. Raises Refused where one is none, or alone."""
    lat, long = typed.get("lat", "").strip(), typed.get("long", "").strip()
    if not (lat or long):
        return ""
    try:
        north, east = float(lat), float(long)
    except ValueError as error:
        raise Refused(400, "lat and long must be given together, as decimal degrees (WGS84).") from error
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise Refused(400, "lat and long must be given together, as decimal degrees (WGS84).")
    return f"{north},{east}"


def where(typed: QueryDict) -> str:
    """Where it is, in words or as coordinates. Raises Refused where no full location is given."""
    found = " ".join(typed.get("address_string", "").split()) or point(typed)
    if not found and not typed.get("address_id", "").strip():
        raise Refused(400, "lat and long, address_string or address_id must be provided.")
    return found


def media(typed: QueryDict) -> str:
    """The address of a picture that the other system keeps. It is shown to whoever answers, and published by nobody:
    there may be people in it. Raises Refused."""
    text = typed.get("media_url", "").strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise Refused(400, "media_url is not an address.") from error
    if parts.scheme not in ("http", "https") or not parts.netloc or len(text) > URL or not text.isprintable():
        raise Refused(400, f"media_url must be an http or https address of at most {URL} characters.")
    return text


def masked(text: str) -> str:
    """What anybody may read: without a telephone or document number somebody wrote into it."""
    return NUMBERS.sub("***", text)
