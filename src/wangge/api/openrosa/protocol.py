"""What the protocol's text says of headers and envelopes, in one place, without Django's requests: hot/ speaks it too.

https://docs.getodk.org/openrosa-http/ and openrosa-form-submission/.
"""

from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from time import time
from xml.sax.saxutils import escape, quoteattr

from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

VERSION = "1.0"
MOST = 10 * 1024 * 1024  # bytes of one POST; our forms have no pictures, a filled-in one has a few thousand
ENVELOPE = "http://openrosa.org/http/response"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
XML = "text/xml; charset=utf-8"
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer before it is written out: a status, the protocol's ``nature`` of its message, the message."""

    status: int
    nature: str
    message: str
    headers: Headers = field(default_factory=list)


@lru_cache(maxsize=4)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def date() -> str:
    """The server's time as the protocol has it: Mon, 14 Feb 2011 16:48:15 GMT."""
    return _date(int(time()))


def headers(language: str) -> Headers:
    """What stands in every answer, refusals too."""
    return [
        ("X-OpenRosa-Version", VERSION),
        ("X-OpenRosa-Accept-Content-Length", str(MOST)),
        ("Date", date()),
        ("Content-Language", two_letters(language)),
        ("Cache-Control", "no-store"),
        ("Vary", "Accept-Language, Authorization"),
        ("X-Content-Type-Options", "nosniff"),
    ]


def two_letters(language: str) -> str:
    """ISO 639-1, which the protocol asks for, with the script where it matters."""
    return {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(language, language)


@lru_cache(maxsize=64)
def envelope(message: str, nature: str) -> bytes:
    """The body of an answer to a submission, and of every refusal."""
    said = f"<message nature={quoteattr(nature)}>{escape(message)}</message>"
    return f'{HEAD}<OpenRosaResponse xmlns="{ENVELOPE}">{said}</OpenRosaResponse>'.encode()


def written(said: Said, language: str) -> tuple[int, Headers, bytes]:
    """An answer as it goes out: status, headers, body."""
    body = envelope(said.message, said.nature)
    return said.status, [*headers(language), ("Content-Type", XML), *said.headers], body


@lru_cache(maxsize=256)
def language_of(header: str, default: str) -> str:
    """The first language of Accept-Language that the house speaks; ``default`` where it names none."""
    for code, _quality in parse_accept_lang_header(header.lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return default
