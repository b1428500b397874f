"""What a check-in is measured against: a plain Django view that does the same, and a server that does nothing.

The view reads the JSON, verifies the venue's code, works out the visitor's key, seals the number where it is new today,
and writes one row and perhaps a visitor: bare SQL through a connection that each of its threads keeps, committed before
the answer. No middleware, no ORM: as fast as a Django view gets.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import django
import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

TABLES = (
    "CREATE TABLE IF NOT EXISTS bench_checkin (uuid {0} PRIMARY KEY, person bigint, venue integer, at bigint)",
    "CREATE INDEX IF NOT EXISTS bench_checkin_venue ON bench_checkin (venue, at)",
    "CREATE TABLE IF NOT EXISTS bench_visitor (key bigint PRIMARY KEY, sealed {1})",
)
ROW = "INSERT INTO bench_checkin VALUES ({0}, {0}, {0}, {0}) ON CONFLICT DO NOTHING"
VISITOR = "INSERT INTO bench_visitor VALUES ({0}, {0}) ON CONFLICT DO NOTHING"
PHONE = re.compile(r"\d{5,15}")
KEY = b"k" * 32
seen: set[int] = set()
local = threading.local()


def code(venue: int) -> str:
    """The text of a venue's code under the bench's own key."""
    body = b"\1" + venue.to_bytes(4) + bytes(4)
    return base64.urlsafe_b64encode(body + hmac.digest(KEY, body, "sha256")[:12]).decode()


def writer() -> Callable[[uuid.UUID, int, int, int, bytes], None]:
    """This thread's connection: one transaction for each check-in."""
    uri = os.environ["BENCH_URI"]
    if uri.startswith("postgres"):
        postgres = psycopg.connect(uri, autocommit=True)

        def write(row: uuid.UUID, key: int, venue: int, at: int, sealed: bytes) -> None:
            if sealed:
                with postgres.transaction():
                    postgres.execute(VISITOR.format("%s"), (key, sealed))
                    postgres.execute(ROW.format("%s"), (row, key, venue, at))
            else:
                postgres.execute(ROW.format("%s"), (row, key, venue, at))

        return write
    lite = sqlite3.connect(uri, timeout=30, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        lite.execute(f"PRAGMA {pragma}")

    def keep(row: uuid.UUID, key: int, venue: int, at: int, sealed: bytes) -> None:
        lite.execute("BEGIN IMMEDIATE")
        if sealed:
            lite.execute(VISITOR.format("?"), (key, sealed))
        lite.execute(ROW.format("?"), (row.bytes, key, venue, at))
        lite.execute("COMMIT")

    return keep


def make_tables(uri: str) -> None:
    """Once, before the servers start."""
    if uri.startswith("postgres"):
        with psycopg.connect(uri, autocommit=True) as postgres:
            for sql in TABLES:
                postgres.execute(sql.format("uuid", "bytea"))
        return
    lite = sqlite3.connect(uri)
    lite.execute("PRAGMA journal_mode=WAL")
    for sql in TABLES:
        lite.execute(sql.format("blob", "blob"))
    lite.close()


def view(request: HttpRequest) -> HttpResponse:
    """One check-in."""
    said = json.loads(request.body)
    raw = base64.urlsafe_b64decode(said["code"])
    body, mac = raw[:9], raw[9:]
    if not hmac.compare_digest(mac, hmac.digest(KEY, body, "sha256")[:12]):
        return JsonResponse({"code": "unknown"}, status=404)
    if not PHONE.fullmatch(said["phone"]):
        return JsonResponse({"code": "phone"}, status=422)
    at, row = int(time.time()), uuid.UUID(said["id"])
    key = int.from_bytes(hmac.digest(KEY, f"2022-04-05:{said['phone']}".encode(), "sha256")[:8]) >> 1
    sealed = b""
    if key not in seen:
        nonce = os.urandom(12)
        text = json.dumps({"phone": said["phone"]}).encode()
        sealed = nonce + AESGCM(KEY).encrypt(nonce, text, str(key).encode())
    if not hasattr(local, "write"):
        local.write = writer()
    local.write(row, key, int.from_bytes(body[1:5]), at, sealed)
    seen.add(key)
    return JsonResponse({"id": said["id"], "at": at, "kept_until": hashlib.sha256(body).hexdigest()[:10]})


urlpatterns = [path("check-in", view), path("healthz", lambda request: HttpResponse("ok"))]


class Empty:
    """The same request read and answered as long, nothing looked at and nothing stored (RSGI)."""

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        await protocol()
        protocol.response_bytes(200, [("content-type", "application/json")], b'{"id":"' + b"0" * 120 + b'"}')


empty = Empty()
if os.environ.get("BENCH_DJANGO"):
    settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"], SECRET_KEY="bench", USE_TZ=True)
    django.setup()
    from django.core.handlers.wsgi import WSGIHandler

    application = WSGIHandler()
