"""The notice line of a form: for what, on which ground, until when, and where all of it stands."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wangge.base.access.rights import Right
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import touching
from wangge.web.resident import told
from wangge.web.resident.words import FORM_PURPOSES

MOST = 3  # Responses named in one line


def line(request: HttpRequest, form: str, response: Response | None = None, right: str = "") -> dict[str, Any]:
    """What ``parts/notice_line.html`` shows: of one Response, or of the open ones where somebody holds a right."""
    found = [response] if response else _open(request, right)
    return {
        "purpose": FORM_PURPOSES[form], "until": told.after_closing(told.days_of(form)),
        "grounds": [
            {"title": one.title, "document_no": one.document_no, "url": reverse("notice", args=[one.uuid])}
            for one in found
        ],
    }  # fmt: skip


def _open(request: HttpRequest, right: str) -> Sequence[Response]:
    by = request.by  # type: ignore[attr-defined]
    if not right or not by.may(Right(right)):
        return []
    return list(touching(by.scope(Right(right))).filter(closed_at__isnull=True)[:MOST])
