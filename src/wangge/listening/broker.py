"""Where the broker is and how we speak to it, from the environment; a reason to start not, in words."""

import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

USER = "wangge"  # ours; devices have their own names
PORTS = {"mqtt": 1883, "mqtts": 8883}


class BrokerSaidWrong(Exception):
    """The environment does not say where the broker is; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Broker:
    """``authority``: the certificate by which the broker is known; empty: those of the system."""

    host: str
    port: int
    tls: bool
    authority: Path | None
    secret: str

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority) if self.authority else None)


def secret_file() -> Path:
    """Our own secret for the broker: ``WANGGE_BROKER_SECRET``, or ``broker.secret`` in the folder of the data."""
    return Path(os.environ.get("WANGGE_BROKER_SECRET") or Path(settings.VAR) / "broker.secret")


def read() -> Broker:
    """Raises BrokerSaidWrong."""
    address = urlsplit(os.environ.get("WANGGE_BROKER", ""))
    try:
        port = address.port
    except ValueError:
        port = 0
    if address.scheme not in PORTS or not address.hostname or port == 0:
        raise BrokerSaidWrong("WANGGE_BROKER does not name a broker. Write mqtts://HOST:8883, as its certificate does.")
    try:
        secret = secret_file().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokerSaidWrong(
            f"our own secret for the broker cannot be read from {secret_file()}. wangge sensors broker-config makes it."
        ) from error
    authority = os.environ.get("WANGGE_BROKER_CA", "")
    if authority and not Path(authority).is_file():
        raise BrokerSaidWrong(
            f"WANGGE_BROKER_CA names {authority}, which is no file. Name the authority's certificate."
        )
    return Broker(
        address.hostname, port or PORTS[address.scheme], address.scheme == "mqtts",
        Path(authority) if authority else None, secret,
    )  # fmt: skip
