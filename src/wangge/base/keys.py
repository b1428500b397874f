"""The key file: outside the database and outside every backup of it.

``keys.json`` holds Django's secret, numbered sealing keys (AES-256), one key for blind indexes, a data key for each
Response, and the keys that sign codes. A Response's key is destroyed when its data are due: then no copy of the
database can be read any more. A new installation writes its own file, readable by its owner alone.
"""

import base64
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

Content = dict[str, Any]
HIGHEST = 255  # a sealing key's number is one byte of each envelope


@dataclass(frozen=True)
class Keys:
    """Sealing keys by id (1..255), the id new envelopes use, the blind-index key, Django's secret.

    ``responses``: data keys by a Response's uuid. ``destroyed``: those that are gone for good, and when (ISO 8601).
    ``blind_next`` is there while the blind indexes are being worked out again under another key. ``signing`` and
    ``signs``: the keys that sign residents' codes, and the one in use; ``signing.py`` reads and changes them.
    """

    sealing: dict[int, bytes]
    current: int
    blind: bytes
    secret: str
    responses: dict[UUID, bytes] = field(default_factory=dict)
    destroyed: dict[UUID, str] = field(default_factory=dict)
    blind_next: bytes | None = None
    signing: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    signs: str = ""


class KeyMissing(Exception):
    """An envelope was sealed with a key that this installation's key file does not hold."""


class KeyDestroyed(KeyMissing):
    """An envelope was sealed with the key of a Response whose data were deleted."""


class KeyFileBroken(Exception):
    """The key file cannot be read; the message says why."""


def where() -> Path:
    """The key file that the environment names: WANGGE_KEYS, or ``keys.json`` in WANGGE_VAR."""
    folder = Path(os.environ.get("WANGGE_VAR") or "var").resolve()
    return Path(os.environ.get("WANGGE_KEYS") or folder / "keys.json")


def fingerprint(key: bytes) -> str:
    """Tells two keys apart and says nothing of either: keys are random."""
    return hashlib.sha256(b"wangge key " + key).hexdigest()[:16]


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


def load(path: Path) -> Keys:
    """Read the key file, making one first if there is none. Other processes change it: it is read anew when it did.

    Raises KeyFileBroken.
    """
    try:
        now = path.stat()
    except FileNotFoundError:
        create(path)
        now = path.stat()
    try:
        return _read(path, now.st_mtime_ns, now.st_ino)
    except OSError as error:
        raise KeyFileBroken(f"the key file {path} cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileBroken(f"the key file {path} is damaged ({type(error).__name__})") from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, inode: int) -> Keys:
    raw = _content(path)
    return Keys(
        sealing={int(number): base64.b64decode(key) for number, key in raw["sealing"].items()},
        current=int(raw["current"]),
        blind=base64.b64decode(raw["blind"]),
        secret=raw["secret"],
        responses={UUID(one): base64.b64decode(key) for one, key in raw.get("responses", {}).items()},
        destroyed={UUID(one): str(at) for one, at in raw.get("destroyed", {}).items()},
        blind_next=base64.b64decode(raw["blind_next"]) if "blind_next" in raw else None,
        signing={kid: dict(one) for kid, one in raw.get("signing", {}).items()},
        signs=str(raw.get("signs", "")),
    )


def _content(path: Path) -> Content:
    """The file's content; opened in the instant in which it was replaced, its old bytes are being overwritten."""
    for _ in range(20):
        text = path.read_text()
        if "\0" not in text:
            break
    content: Content = json.loads(text)
    return content


def of_response(path: Path, response: UUID) -> bytes:
    """The data key of a Response, made when it is first asked for. Raises KeyDestroyed: it is never made again."""
    keys = load(path)
    if response not in keys.responses and response not in keys.destroyed:
        change(path, lambda content: _add(content, response))
        keys = load(path)
    if response in keys.destroyed:
        raise KeyDestroyed(f"the key of Response {response}, destroyed on {keys.destroyed[response]}")
    return keys.responses[response]


def _add(content: Content, response: UUID) -> None:
    known = content.setdefault("responses", {})
    known.setdefault(str(response), base64.b64encode(secrets.token_bytes(32)).decode())


def add_sealing(path: Path) -> int:
    """A new sealing key becomes the current one; returns its number."""
    number = max(load(path).sealing) + 1
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    change(path, lambda content: content["sealing"].setdefault(str(number), key))
    change(path, lambda content: content.update(current=number))
    return number


def drop_sealing(path: Path) -> list[int]:
    """Take out every sealing key but the current one; returns their numbers. The caller knows that none is used."""
    keys = load(path)
    old = sorted(set(keys.sealing) - {keys.current})
    change(path, lambda content: [content["sealing"].pop(str(number), None) for number in old])
    return old


def prepare_blind(path: Path) -> bytes:
    """The next key of the blind indexes, waiting in the file from now on, or since an earlier call."""
    fresh = base64.b64encode(secrets.token_bytes(32)).decode()
    change(path, lambda content: content.setdefault("blind_next", fresh))
    return load(path).blind_next or b""


def use_next_blind(path: Path) -> None:
    """The next key of the blind indexes is the key from now on."""
    change(path, lambda content: content.update(blind=content.pop("blind_next")))


def destroy_response(path: Path, response: UUID, at: datetime) -> bool:
    """Destroy the data key of a Response for good; False where there is none (any more). Repeats safely."""

    def forget(content: Content) -> None:
        content.get("responses", {}).pop(str(response), None)
        content.setdefault("destroyed", {}).setdefault(str(response), at.isoformat())

    had = response in load(path).responses
    if had or response not in load(path).destroyed:
        change(path, forget)
    return had


def change(path: Path, how: Callable[[Content], object]) -> None:
    """Change the file's content whole or not at all, one process at a time; the old bytes are overwritten."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with path.open("r+b") as old:
            before = old.read()
            content = json.loads(before)
            how(content)
            fresh = path.with_suffix(".new")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w") as file:
                json.dump(content, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            os.replace(fresh, path)
            old.seek(0)  # the name leads to the new file now: what is overwritten here is what was replaced
            old.write(b"\0" * len(before))
            old.flush()
            os.fsync(old.fileno())
