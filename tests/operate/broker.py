"""A real mosquitto with the files that the product writes for it, a city with sensors at doors, and the listener."""

import json
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.doors import Door
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.installation import ROOT, Installation, install

import mosquitto

CITY = """
import json
from datetime import timedelta
from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.demo import small
from wangge.domains.sensors import actions
from wangge.domains.sensors.actions import Under
from wangge.domains.sensors.rules import Kind
from wangge.base.ids import uuid7
city = small.build(check_ins=False)
made = {}
for number, door in enumerate(city.homes):
    one, secret = actions.issue(code=f"MC{number:04d}", kind=Kind.DOOR, place=city.places["community"], by=SYSTEM)
    under = Under(city.response.uuid, "covid19-v8", "clause", uuid7(), clock.now() + timedelta(days=7))
    actions.fit(sensor=one, door=door, under=under, by=SYSTEM)
    made[one.code] = secret
print(json.dumps(made))
"""
ROWS = """
import json
from wangge.base.access.scope import EVERYTHING
from wangge.domains.sensors.models import Reading
rows = Reading.objects.within(EVERYTHING).exclude(said="offline").order_by("id")
print(json.dumps(list(rows.values_list("fit__sensor__code", "boot", "sequence", "said"))))
"""


def until(happened: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of its own for localhost, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    paths = folder / "broker.pem", folder / "broker.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Office:
    """One installation with its broker."""

    folder: Path
    installation: Installation
    secrets: dict[str, str]
    port: int
    authority: Path
    broker: "subprocess.Popen[bytes] | None" = None
    listener: "subprocess.Popen[bytes] | None" = None
    ended: list[Any] = field(default_factory=list)

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "wangge", *words], env=self.env, cwd=ROOT, capture_output=True, text=True
        )

    @property
    def env(self) -> dict[str, str]:
        address = {"WANGGE_BROKER": f"mqtts://localhost:{self.port}", "WANGGE_BROKER_CA": str(self.authority)}
        return self.installation.env | address

    @property
    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))

    def door(self, code: str, **more: Any) -> Door:
        return Door(code, self.secrets[code], self.port, context=self.context, **more)

    def start_broker(self) -> None:
        self.broker = subprocess.Popen(
            [mosquitto.ready(), "-c", str(self.folder / "broker" / "mosquitto.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(self._answers)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def start_listener(self) -> None:
        self.listener = subprocess.Popen(
            [sys.executable, "-m", "wangge", "sensors"], env=self.env, cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self, which: str, number: int = signal.SIGTERM) -> None:
        process = getattr(self, which)
        if process and process.poll() is None:
            process.send_signal(number)
            process.wait(20)

    def rows(self) -> list[list[Any]]:
        return list(self.installation.run(ROWS))


def office(folder: Path) -> Office:
    """Everything but the two processes."""
    installation = install(folder / "var")
    secrets = installation.run(CITY)
    pem, key = certificate(folder)
    made = Office(folder, installation, secrets, free_port(), pem)
    done = made.command(
        "sensors", "broker-config", str(folder / "broker"), "--certificate", str(pem), "--key", str(key),
        "--port", str(made.port), "--runs-as", "root",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.dumps(secrets)[:3] not in done.stdout
    return made
