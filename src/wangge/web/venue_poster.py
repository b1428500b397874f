"""A venue's poster as a PDF, and the picture on its screen: what a visitor scans."""

import logging
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.base.worker import reason_of
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.queries import named_at
from wangge.domains.protocol.rules import Named
from wangge.domains.venues.codes import Code, Codes, Kind, minute_of
from wangge.domains.venues.models import Venue

log = logging.getLogger("wangge.posters")


def number_of(venue: Venue) -> str:
    """What stands on a poster, to be read aloud: the venue's number and the poster's version."""
    return f"{venue.pk:06d}-{venue.poster_version}"


def address(request: HttpRequest, kind: Kind, venue: Venue, number: int) -> str:
    """Where a picture leads."""
    return request.build_absolute_uri(f"/c/{Codes().write(Code(kind, venue.pk, number))}")


def picture(text: str) -> str:
    """A picture as a data URI: level M, so that a corner may be torn."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=8, border=3)


def minute(request: HttpRequest, venue: Venue) -> str:
    """The picture of this minute."""
    return picture(address(request, Kind.MINUTE, venue, minute_of(clock.now().timestamp())))


def context(request: HttpRequest, venue: Venue) -> dict[str, Any]:
    """What a poster says."""
    found = address(request, Kind.POSTER, venue, venue.poster_version)
    return {
        "venue": venue, "where": full_label(venue.place), "picture": picture(found), "address": found,
        "number": number_of(venue), "response": named_at(venue.place, Named.CHECK_IN), "language": get_language(),
    }  # fmt: skip


def pdf(request: HttpRequest, venue: Venue) -> HttpResponse:
    """The poster, one A4 page. Raises Problem where this server cannot make one, or the venue has none."""
    if not venue.poster_version:
        raise Problem("venue_without_poster")
    if not has_chinese():
        raise Problem("poster_no_font")
    try:
        from weasyprint import CSS, HTML  # the system's Pango is loaded with it: only where a poster is printed
        from weasyprint.urls import URLFetcher
    except OSError as error:
        log.error("a poster could not be made: %s", reason_of(error))
        raise Problem("poster_no_library") from error
    text = render_to_string("wangge/venue/poster.html", context(request, venue))
    nothing = URLFetcher(allowed_protocols={"data"})  # a poster's picture is in it: it asks nobody for anything
    style = CSS(filename=finders.find("wangge/venue-poster.css"))
    made = HTML(string=text, url_fetcher=nothing).write_pdf(stylesheets=[style])
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="poster-{number_of(venue)}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@lru_cache(maxsize=1)
def has_chinese() -> bool:
    """Whether this server has a font with Chinese letters; without one every letter would be a box."""
    try:
        found = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False)  # noqa: S607
    except (OSError, subprocess.TimeoutExpired):
        return any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))
    return bool(found.stdout.strip())
