"""The key file: outside the database and outside every backup of it.

``keys.json`` holds Django's secret, numbered sealing keys (AES-256) and one key for blind indexes. A new
installation writes its own, readable by its owner alone.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    """Sealing keys by id (1..255), the id new envelopes use, the blind-index key, Django's secret."""

    sealing: dict[int, bytes]
    current: int
    blind: bytes
    secret: str


class KeyMissing(Exception):
    """An envelope was sealed with a key that this installation's key file does not hold."""


def create(path: Path) -> None:
    """Write a fresh key file; never overwrites one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "sealing": {"1": base64.b64encode(secrets.token_bytes(32)).decode()},
        "current": 1,
        "blind": base64.b64encode(secrets.token_bytes(32)).decode(),
        "secret": secrets.token_urlsafe(50),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=1)


@cache
def load(path: Path) -> Keys:
    """Read the key file, making one first if there is none."""
    if not path.exists():
        create(path)
    raw = json.loads(path.read_text())
    return Keys(
        sealing={int(number): base64.b64decode(key) for number, key in raw["sealing"].items()},
        current=int(raw["current"]),
        blind=base64.b64decode(raw["blind"]),
        secret=raw["secret"],
    )
