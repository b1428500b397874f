"""kill -9 of the server while many check in: whatever was acknowledged is there, and sending again adds nothing.

Three times in the suite; ``WANGGE_TEST_KILLS=20`` for as often as one likes.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from socket import socket
from uuid import uuid4

from tests.installation import ROOT, Installation, install

KILLS, SENDERS = int(os.environ.get("WANGGE_TEST_KILLS", "3")), 12
CITY = """
import json
from wangge.demo import small
from wangge.domains.venues.codes import Code, Codes, Kind
from wangge.domains.venues.models import Venue
venue = small.build(check_ins=False).venues[0]
Venue.objects.filter(pk=venue.pk).update(poster_version=1)
print(json.dumps([venue.pk, Codes().write(Code(Kind.POSTER, venue.pk, 1))]))
"""
LOOK = """
import json, sys
from uuid import UUID
from django.db import connection
from wangge.domains.venues import storage
from wangge.domains.venues.storage import file, sqlite
from wangge.domains.venues.visitors import Keys, open_envelope
from wangge.hot.checkins.sent import Identity
venue, acked = json.load(open(PATH))
days, keys = list(storage.days()), Keys()
there = set()
for day in days:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT uuid FROM wangge_checkin WHERE day = %s", [day])
            there |= {row[0].bytes for row in cursor.fetchall()}
    else:
        with file.reading() as db:
            there |= {row[0] for row in db.execute(sqlite.for_day(day, "SELECT uuid FROM day_D"))}
lost = unknown = 0
for one, phone in acked:
    forms = [Identity(UUID(one), venue, keys.of(day, phone)).stored() for day in days]
    lost += not there.intersection(forms)
    found = [open_envelope(day, key, sealed) for day in days
             for key, sealed in storage.visitors(day, [keys.of(day, phone)])]
    unknown += phone not in found
print(json.dumps([lost, unknown, len(there)]))
"""


def served(made: Installation, port: int) -> "subprocess.Popen[bytes]":
    """``wangge serve`` with everything it starts in a process group of its own."""
    line = [sys.executable, "-m", "wangge", "serve"]
    env = made.env | {"HOST": "127.0.0.1", "PORT": str(port)}
    process = subprocess.Popen(line, env=env, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:  # an answer, not only a connection: the first process takes some that it then lets go
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/healthz")
            line.getresponse().read()
            return process
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    raise AssertionError("the server does not come up")


class Sender(threading.Thread):
    """Sends until nobody answers; keeps what was acknowledged, and the one that was not."""

    def __init__(self, port: int, code: str) -> None:
        super().__init__()
        self.port, self.code = port, code
        self.acked: list[tuple[str, str]] = []
        self.open: tuple[str, str] | None = None

    def run(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            while True:
                self.open = (str(uuid4()), f"139{random.randrange(10**8):08d}")
                if send(line, self.code, *self.open) == 200:
                    self.acked.append(self.open)
                    self.open = None
        except (OSError, http.client.HTTPException):
            line.close()


def send(line: http.client.HTTPConnection, code: str, one: str, phone: str) -> int:
    body = json.dumps({"code": code, "id": one, "phone": phone})
    line.request("POST", "/check-in", body, {"Content-Type": "application/json"})
    answer = line.getresponse()
    answer.read()
    return answer.status


def test_every_acknowledged_check_in_survives(tmp_path: Path) -> None:
    made = install(tmp_path)
    venue, code = made.run(CITY)
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    acked: list[tuple[str, str]] = []
    unanswered: list[tuple[str, str]] = []
    for _ in range(KILLS):
        process = served(made, port)
        senders = [Sender(port, code) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        until = time.monotonic() + 30
        while sum(len(sender.acked) for sender in senders) < 60 and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
        for sender in senders:
            sender.join(30)
            acked += sender.acked
            unanswered += [sender.open] if sender.open else []
    assert len(acked) >= 60 * KILLS
    process = served(made, port)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for again in [*unanswered, *acked[:20]]:  # whoever was not answered sends the same again, and some who were
        assert send(line, code, *again) == 200
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(30)
    everybody = [*acked, *unanswered]
    (tmp_path / "acked.json").write_text(json.dumps([venue, everybody]))
    lost, unknown, there = made.run(LOOK.replace("PATH", repr(str(tmp_path / "acked.json"))))
    assert (lost, unknown) == (0, 0)
    assert there == len(everybody)
