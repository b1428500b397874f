"""A message to an audience of 20,000: queued in one statement, and a thousand of them handed to a gateway beside us."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from django.db import connection

from bench import places
from bench.measure import Pair
from bench.stand import Stand
from wangge.base import bulk, clock, sealing
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.base.sets import run
from wangge.demo.opening import open_drill
from wangge.domains.messages import handing, queries
from wangge.domains.messages.actions import send
from wangge.domains.messages.models import Dispatch
from wangge.domains.people.envelope import TABLE, card_content
from wangge.domains.people.models import Person
from wangge.domains.people.queries import in_area
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response

AUDIENCE, HANDED = 20_000, 1_000
VALUES = {"what": "请转移", "when": "现在", "where": "学校", "bring": "药"}
INSIDE = [(Kind.BUILDING, 20), (Kind.UNIT, 2), (Kind.HOUSEHOLD, 10)]  # a community of 400 doors


def pairs(stand: Stand) -> Iterator[Pair]:
    """Under 2 s to queue; a hundred a second to the gateway, each signed, sealed numbers opened, results noted."""
    audience = AUDIENCE // 20 if stand.quick else AUDIENCE
    build(audience)
    response, area = Response.objects.get(), places.a_city()
    yield Pair(
        f"message to {audience:,}: queue", lambda: queued(response, area, audience), most_ms=2000, rounds=3, warm=0,
        before=clear,
    )  # fmt: skip
    number = min(audience, HANDED)
    with_gateway = gateway()
    yield Pair(
        f"{number:,} messages: hand over", lambda: handed(number), most_ms=number * 10, rounds=1, warm=0
    )  # fmt: skip
    with_gateway.shutdown()
    print(f"{connection.vendor}: the gateway has {len(TAKEN):,} parcels", file=sys.stderr, flush=True)
    if len(TAKEN) < number:
        raise AssertionError(f"the gateway has {len(TAKEN)} of {number}")


def queued(response: Response, area: Place, audience: int) -> Dispatch:
    one = send(
        response=response, template=queries.template("evacuate", area), values=VALUES, place=area,
        people=in_area(area), audience="households", by=SYSTEM, uuid=uuid7(),
    )  # fmt: skip
    if (expected := queries.figures([one])[one.pk].expected) != audience:
        raise AssertionError(f"{expected} of {audience}")
    return one


def handed(number: int) -> None:
    done = 0
    while done < number:
        if not (more := handing.hand_out(handing.BATCH)):
            raise AssertionError(f"{done} of {number}: nothing more goes out")
        done += more


TAKEN: set[str] = set()


def gateway() -> ThreadingHTTPServer:
    """A server in a thread that takes everything."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            TAKEN.add(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["id"])
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    settings.WANGGE_GATEWAYS = {"sms": {"url": url, "secret": "bench", "fields": {}}}
    return server


def clear() -> None:
    """As before the first message."""
    run("DELETE FROM wangge_message")
    run("DELETE FROM wangge_dispatch")


def build(audience: int) -> None:
    """The doors, one person each with a number of their own, sealed as it is in use."""
    towns = places.down([places.a_city()], [(Kind.DISTRICT, 1), (Kind.TOWNSHIP, 10)])
    made = places.down(towns, [(Kind.COMMUNITY, -(-audience // 400 // len(towns)))])
    places.down(made, INSIDE)
    open_drill(area=places.a_city(), seed="messages")
    sealer = sealing.Sealer()
    homes = Place.objects.filter(kind=Kind.HOUSEHOLD).order_by("id").values_list("pk", flat=True)[:audience]
    rows = []
    for number, home in enumerate(homes):
        uuid, phone = uuid7(), f"139{number:08d}"
        rows.append(
            Person(
                uuid=uuid,
                name=f"某{number}",
                home_id=home,
                sealed=sealer.seal(TABLE, uuid, json.loads(card_content("", phone))),
                phone_index=sealer.blind("phone", phone),
                recorded_at=clock.now(),
            )
        )
    bulk.insert(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
