"""10,000 door sensors, each with a connection of its own, saying something every 30 s (333/s), over a real mosquitto.

Every message is a row: openings and closings, the dearest there are. One process listens, stores and answers; what is
counted is its processor time as a share of one core, beside the library's own for the same messages received and
thrown away. Devices, broker and database share the machine. Without TLS: its work is the broker's.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connections
from tests.operate.broker import free_port, until

import mosquitto
from bench.benchmarks.worklist import tower
from bench.measure import Outcome
from bench.stand import Stand
from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo import small
from wangge.domains.sensors import credentials
from wangge.domains.sensors.models import Fit, Reading, Sensor
from wangge.listening import broker, config

EVERY, WINDOW = 30.0, 40.0  # seconds
MOST = 100.0  # percent of a core


def outcomes(stand: Stand) -> list[Outcome]:
    number = 500 if stand.quick else 10_000
    secrets = fitted(number)
    folder, port = stand.folder / "broker", free_port()
    ours = config.own_secret(broker.secret_file())
    where = config.Listening(port, "127.0.0.1", runs_as="root" if os.geteuid() == 0 else "")
    config.write(folder, where, [(one.code, one.credential) for one in Sensor.objects.all()], ours)
    names = stand.folder / "secrets.json"
    names.write_text(json.dumps(secrets))
    connections.close_all()
    every = EVERY / 10_000 * number if stand.quick else EVERY
    environment = os.environ | {"WANGGE_BROKER": f"mqtt://127.0.0.1:{port}"}
    with running([mosquitto.ready(), "-c", str(folder / "mosquitto.conf")]):
        time.sleep(1)
        share, said = measured([sys.executable, "-m", "wangge", "sensors"], environment, names, port, every)
        stored = Reading.objects.within(EVERYTHING).exclude(said="offline").count()
        waits = ", ".join(f"{name} {said[name] * 1000:.0f} ms" for name in ("median", "p99", "slowest"))
        print(
            f"said {said['said']}, stored {stored}, without receipt {said['without']}; receipts: {waits}",
            file=sys.stderr,
        )
        bare = [
            sys.executable,
            str(Path(__file__).parent.parent / "limits" / "sensors.py"),
            "127.0.0.1",
            str(port),
            ours,
        ]
        least, _same = measured(bare, environment, names, port, every)
    well = share < MOST and said["without"] == 0 and stored == said["said"]
    target = f"< {MOST:g} % of a core, nothing left over"
    return [Outcome(f"sensors {number} at {said['said'] / WINDOW:.0f}/s", stand.vendor, share, share, share, least,
                    target, well, "% CPU")]  # fmt: skip


def fitted(number: int) -> dict[str, str]:
    """So many devices at the doors of a tower, all under one secret: what it costs to make hashes is not measured."""
    city = small.build(check_ins=False)
    doors, secret, now = tower(city, 400), credentials.fresh(), clock.now()
    place, kept = city.places["community"], credentials.hashed(secret)
    made = Sensor.objects.bulk_create(
        Sensor(code=f"MC{one:06d}", kind="door", place=place, credential=kept, issued_at=now) for one in range(number)
    )
    Fit.objects.bulk_create(
        Fit(sensor=one, door=doors[at % len(doors)], response=city.response.uuid, order=uuid7(),
            until=now + timedelta(days=7), fitted_at=now)
        for at, one in enumerate(made)
    )  # fmt: skip
    return {one.code: secret for one in made}


@contextmanager
def running(line: Sequence[str], environment: dict[str, str] | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def spent(pid: int) -> float:
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(
    line: list[str], environment: dict[str, str], names: Path, port: int, every: float
) -> tuple[float, dict[str, Any]]:
    """The share of a core (percent) that a listener takes while the devices speak, and what they say of it."""
    with running(line, environment) as listener:
        time.sleep(5)
        command = [sys.executable, "-m", "bench.doors_many", str(names), str(port), str(WINDOW), str(every)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as devices:
            assert devices.stdout
            until(lambda: devices.stdout and devices.stdout.readline() == "ready\n", 120)
            before, begun = spent(listener.pid), time.monotonic()
            time.sleep(WINDOW)
            share = (spent(listener.pid) - before) / (time.monotonic() - begun) * 100
            return share, json.loads(devices.stdout.read())
