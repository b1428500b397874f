"""What mosquitto needs: its configuration, its passwords (hashed) and who may speak about what."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wangge.domains.sensors import credentials
from wangge.listening.broker import USER
from wangge.listening.topics import EVENTS, RECEIPTS, VERSION

ACL = f"""# Written by wangge sensors broker-config. A device speaks under its own name and reads its own receipts.
user {USER}
topic read {EVENTS}
topic write {RECEIPTS}

pattern write {VERSION}/%u/event
pattern read {VERSION}/%u/receipt
"""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the broker listens; with a certificate it speaks TLS. ``runs_as``: mosquitto's own user if empty."""

    port: int
    host: str = ""
    certificate: Path | None = None
    key: Path | None = None
    runs_as: str = ""


def text(folder: Path, where: Listening) -> str:
    """``mosquitto.conf``. What the broker keeps for us while we are away is bounded: devices keep it too."""
    tls = f"certfile {where.certificate}\nkeyfile {where.key}\ntls_version tlsv1.2\n" if where.certificate else ""
    user = f"user {where.runs_as}\n" if where.runs_as else ""
    return f"""# Written by wangge sensors broker-config; written over by it.
{user}per_listener_settings false
allow_anonymous false
password_file {folder / "passwords"}
acl_file {folder / "acl"}
use_username_as_clientid true
persistence true
persistence_location {folder / "data"}/
autosave_interval 60
max_inflight_messages 2000
max_queued_messages 500000
message_size_limit 2048
log_type error
log_type warning
listener {where.port} {where.host}
{tls}"""


def passwords(devices: Iterable[tuple[str, str]], ours: str) -> str:
    """``passwords``: our own user first."""
    lines = [f"{USER}:{credentials.hashed(ours)}", *(f"{name}:{hashed}" for name, hashed in devices)]
    return "\n".join(lines) + "\n"


def own_secret(path: Path) -> str:
    """Our own secret, made when it is first asked for, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(credentials.fresh() + "\n")
    return path.read_text(encoding="ascii").strip()


def write(folder: Path, where: Listening, devices: Iterable[tuple[str, str]], ours: str) -> None:
    """Write the three files whole or not at all; the broker reads them at its start and after SIGHUP."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    _replace(folder / "mosquitto.conf", text(folder.resolve(), where), 0o644)
    _replace(folder / "acl", ACL, 0o644)
    _replace(folder / "passwords", passwords(devices, ours), 0o640)


def _replace(path: Path, content: str, mode: int) -> None:
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
