"""The HTTP gateway that sends texts and reads scripts aloud: one signed POST for each parcel.

The body is a JSON object; its field names can be set. Two headers sign it: ``X-Wangge-Time`` (seconds since 1970) and
``X-Wangge-Signature``, the hex HMAC-SHA256 under the shared secret of time, a full stop and the body. The gateway's
reports come back signed the same way. ``docs/operate/messages.md`` has an example.
"""

import hashlib
import hmac
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from wangge.base import clock
from wangge.domains.messages.composing import Parcel
from wangge.domains.messages.rules import Channel, Why

TIME, SIGNATURE = "X-Wangge-Time", "X-Wangge-Signature"
FRESH = 300  # seconds by which a report's time may be off
#: Our names of the fields, and theirs unless the settings say otherwise. What else the settings name is sent as it is.
FIELDS = {"id": "id", "to": "to", "text": "text", "kind": "kind"}
TAKEN = frozenset({200, 201, 202, 204, 208, 409})  # 409 and 208: it had this id already
NO_SUCH_NUMBER = frozenset({400, 404, 422})
_kept = threading.local()


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where one kind of parcel goes. ``timeout`` in seconds."""

    name: str
    url: str
    secret: str
    fields: Mapping[str, Any]
    timeout: float


def configured(channel: Channel) -> Gateway | None:
    """The gateway of a channel as the settings name it; None where there is none."""
    found = settings.WANGGE_GATEWAYS.get(channel.value)
    if not found or not found["url"] or not found["secret"]:
        return None
    return Gateway(channel.value, found["url"], found["secret"], found["fields"], settings.WANGGE_GATEWAY_SECONDS)


def signature(secret: str, at: str, body: bytes) -> str:
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, at: str, body: bytes, given: str) -> bool:
    """Whether a report carries our secret's signature and is of now."""
    if not at.isascii() or not at.isdigit() or abs(int(at[:12]) - clock.now().timestamp()) > FRESH:
        return False
    return hmac.compare_digest(signature(secret, at, body).encode(), given.encode())


def body_of(gateway: Gateway, parcel: Parcel) -> bytes:
    """The JSON that goes out, under the gateway's own field names."""
    ours = {"id": str(parcel.id), "to": parcel.to, "text": parcel.text, "kind": gateway.name}
    names = FIELDS | {ours: str(theirs) for ours, theirs in gateway.fields.items() if ours in FIELDS}
    more = {name: value for name, value in gateway.fields.items() if name not in FIELDS}
    return json.dumps({names[name]: value for name, value in ours.items()} | more, ensure_ascii=False).encode()


def hand_over(gateway: Gateway, parcel: Parcel) -> Why:
    """Hand one parcel over; ``Why.NONE`` where the gateway has it. Never raises and never names the number."""
    body, at = body_of(gateway, parcel), str(int(clock.now().timestamp()))
    head = {
        "Content-Type": "application/json; charset=utf-8", TIME: at, SIGNATURE: signature(gateway.secret, at, body),
        "Idempotency-Key": str(parcel.id),
    }  # fmt: skip
    try:
        status = _post(gateway, body, head)
    except (OSError, HTTPException):
        return Why.UNAVAILABLE
    if status in TAKEN:
        return Why.NONE
    return Why.REFUSED if status in NO_SUCH_NUMBER else Why.UNAVAILABLE


def _post(gateway: Gateway, body: bytes, head: Mapping[str, str]) -> int:
    """The answer's status. A connection that was kept may have been closed meanwhile: then once more on a new one,
    under the same id."""
    parts = urlsplit(gateway.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for fresh in (False, True):
        connection, kept = _connection(gateway, fresh=fresh)
        try:
            connection.request("POST", path, body, dict(head))
            answer = connection.getresponse()
            answer.read(65536)
            return answer.status
        except (OSError, HTTPException) as error:
            connection.close()
            if not kept or isinstance(error, TimeoutError):
                raise
    raise OSError("no answer")


def _connection(gateway: Gateway, *, fresh: bool) -> tuple[HTTPConnection, bool]:
    """This thread's connection to the gateway, and whether it was in use before."""
    known: dict[tuple[str, float], HTTPConnection] = _kept.__dict__.setdefault("connections", {})
    key = (gateway.url, gateway.timeout)
    if not fresh and key in known and known[key].sock is not None:
        return known[key], True
    parts = urlsplit(gateway.url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    known[key] = kind(parts.hostname or "", parts.port, timeout=gateway.timeout)
    return known[key], False
