"""What whoever checks in is answered: a page of a few kilobytes without a script, or JSON for a device.

A page is rendered once for each language with marks where the venue and the hour stand, and filled in as often as it is
asked for. The telephone number is in none of them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from uuid import UUID

import msgspec
from django.template.loader import render_to_string
from django.utils import translation

from wangge.base.problems import Problem
from wangge.sentences import sentence

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]
MARK = "\x02"
#: Nothing but our own style, and the one form to the one address.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HTML = "text/html; charset=utf-8"
PROBLEM = "application/problem+json"
STATUS = {
    "check_in_code_unknown": 404, "check_in_busy": 503, "check_in_broken": 503, "check_in_too_often": 429,
    "check_in_too_big": 413, "check_in_kind": 415, "check_in_method": 405, "check_in_unreadable": 400,
}  # fmt: skip
AGAIN = frozenset({503, 429})
FIELDS = ("venue", "code", "id", "at", "until", "number", "title", "document_no", "notice", "said", "seconds")


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """What a device is told. ``kept_until``: the last civil day on which the check-in exists."""

    id: UUID
    venue: str
    at: datetime
    kept_until: date
    note: str = ""


class Refusal(msgspec.Struct, frozen=True, gc=False):
    """RFC 9457, as the API's refusals are. With ``again`` the same may be sent after so many seconds."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    again: int = 0


encode = msgspec.json.encode


@lru_cache(maxsize=16)
def headers(kind: str, language: str) -> Headers:
    """What stands in every answer: one list for all of them, not to be changed."""
    return [
        ("Content-Type", kind), ("Content-Language", language), ("Cache-Control", "no-store"),
        ("Vary", "Accept-Language"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
        ("Content-Security-Policy", POLICY),
    ]  # fmt: skip


@lru_cache(maxsize=64)
def _parts(name: str, language: str, choice: str) -> tuple[str, ...]:
    marks = {field: f"{MARK}{field}{MARK}" for field in FIELDS}
    with translation.override(language):
        text = render_to_string(f"wangge/check_in/{name}.html", marks | {"choice": choice, "language": language})
    return tuple("\n".join(line.strip() for line in text.splitlines() if line.strip()).split(MARK))


def page(name: str, language: str, values: Mapping[str, object], choice: str = "") -> bytes:
    """A page with these values in it, escaped. ``choice`` is a code that the template tells apart."""
    parts = _parts(name, language, choice)
    return "".join(escape(str(values.get(part, ""))) if odd % 2 else part for odd, part in enumerate(parts)).encode()


def words(problem: Problem, language: str) -> str:
    """A refusal as a sentence."""
    with translation.override(language):
        return sentence(problem)


def refused(problem: Problem, language: str, *, html: bool, values: Mapping[str, object]) -> Answer:
    """A refusal as a page, or as problem+json."""
    status = STATUS.get(problem.code, 422)
    seconds = int(problem.values.get("seconds", 0))
    lines = headers(HTML if html else PROBLEM, language)
    if status in AGAIN:
        lines = [*lines, ("Retry-After", str(seconds))]
    said = words(problem, language)
    if html:
        choice = "again" if status in AGAIN else "form" if problem.code == "check_in_phone" else ""
        return status, lines, page("refused", language, {**values, "said": said, "seconds": seconds}, choice)
    title = said.partition(". ")[0].partition("。")[0]
    found: Any = Refusal("about:blank", title, status, problem.code, said, seconds if status in AGAIN else 0)
    return status, lines, encode(found)
