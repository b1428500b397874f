"""How gateways, mail and quiet hours are named in the environment. Read once, when the settings are."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class MessagingUnclear(ValueError):
    """A setting that means nothing; the message says which and how it is written."""


def gateway(url: str | None, secret: str | None, fields: str | None) -> Mapping[str, Any]:
    """An HTTP gateway: its address, the shared secret, and the names of its fields. Raises MessagingUnclear."""
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise MessagingUnclear("a gateway's address begins with https:// (or http:// inside the office's own network)")
    try:
        named = json.loads(fields or "{}")
    except ValueError as error:
        raise MessagingUnclear('fields of a gateway are written as {"to": "mobile", "text": "content"}') from error
    if not isinstance(named, dict):
        raise MessagingUnclear('fields of a gateway are written as {"to": "mobile", "text": "content"}')
    return {"url": url or "", "secret": secret or "", "fields": named}


def mail(url: str | None) -> Mapping[str, Any]:
    """smtp://user:password@host:port, smtps:// (TLS from the start) or smtp+tls:// (STARTTLS), as the SMTP back end
    takes it; empty for none. Raises MessagingUnclear."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parse_qs(parts.query):
        raise MessagingUnclear("WANGGE_MAIL_URL is written as smtp+tls://user:password@host:587")
    return {
        "host": parts.hostname, "port": parts.port or PORTS[parts.scheme], "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""), "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
    }  # fmt: skip


def hours(text: str | None) -> tuple[int, int]:
    """The quiet hours as 22-7, local time; 0-0 for none. Raises MessagingUnclear."""
    try:
        start, end = (int(part) for part in (text or "22-7").split("-"))
    except ValueError as error:
        raise MessagingUnclear("WANGGE_QUIET_HOURS is written as 22-7") from error
    if not (0 <= start <= 23 and 0 <= end <= 23):
        raise MessagingUnclear("WANGGE_QUIET_HOURS names hours from 0 to 23, such as 22-7")
    return start, end
