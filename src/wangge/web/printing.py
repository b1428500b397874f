"""A page for the printer as a PDF: posters and papers that are handed over."""

import logging
import subprocess
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse

from wangge.base.problems import Problem
from wangge.base.worker import reason_of

log = logging.getLogger("wangge.printing")


def pdf(text: str, *, style: str, name: str) -> HttpResponse:
    """A page of HTML as a PDF called ``name``; ``style`` is a style sheet of ours. Raises Problem where this server
    cannot make one."""
    if not has_chinese():
        raise Problem("poster_no_font")
    try:
        from weasyprint import CSS, HTML  # the system's Pango is loaded with it: only where something is printed
        from weasyprint.urls import URLFetcher
    except OSError as error:
        log.error("nothing can be printed here: %s", reason_of(error))
        raise Problem("poster_no_library") from error
    nothing = URLFetcher(allowed_protocols={"data"})  # a page's pictures are in it: it asks nobody for anything
    made = HTML(string=text, url_fetcher=nothing).write_pdf(stylesheets=[CSS(filename=finders.find(style))])
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
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
