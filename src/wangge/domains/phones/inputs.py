"""What a phone sends, read once. The only parser for it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.base.problems import Problem
from wangge.domains.phones.rules import LONGEST, MOST, Clocks

KIND = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)?")
MOST_KEYS = 50
UNREADABLE = "unreadable"  # the kind of what cannot be read


@dataclass(frozen=True, slots=True)
class Said:
    """What a phone says of itself at a contact. ``keys``: of entries that wait."""

    unsent: int
    persisted: bool | None
    keys: tuple[UUID, ...]
    app: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One command: made on the phone under its own id, ``at`` by the phone's clock."""

    uuid: UUID
    kind: str
    at: datetime
    clocks: Clocks | None
    task: UUID | None
    door: UUID | None
    data: Mapping[str, Any]


def content_of(body: bytes) -> Mapping[str, Any]:
    """A JSON object. Raises Problem."""
    try:
        content = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Problem("request_unreadable") from error
    if not isinstance(content, dict):
        raise Problem("request_unreadable")
    return content


def read_said(content: Mapping[str, Any], app: str) -> Said:
    """What stands in a contact; what is missing or no number counts as not said."""
    unsent, persisted, keys = content.get("unsent"), content.get("persisted"), content.get("keys")
    return Said(
        unsent=min(unsent, 1_000_000) if isinstance(unsent, int) and unsent > 0 else 0,
        persisted=persisted if isinstance(persisted, bool) else None,
        keys=tuple(key for one in (keys if isinstance(keys, list) else [])[:MOST_KEYS] if (key := _uuid(one))),
        app=app[:20],
    )


def read_commands(content: Mapping[str, Any]) -> list[Any]:
    """The commands as they stand there. Raises Problem for none, or for too many at once."""
    commands = content.get("commands")
    if not isinstance(commands, list):
        raise Problem("request_unreadable")
    if len(commands) > MOST:
        raise Problem("too_many_commands", most=MOST)
    return commands


def id_of(raw: Any) -> UUID | None:
    """The id a command came under; None for one that no answer can name."""
    return _uuid(raw.get("id")) if isinstance(raw, dict) else None


def read_command(raw: Mapping[str, Any]) -> Sent:
    """A command. Raises Problem("command_unreadable"): its sender is told, and it can be sent again under a new id."""
    uuid, kind, data = id_of(raw), raw.get("kind"), raw.get("data")
    if uuid is None or not isinstance(kind, str) or not isinstance(data, dict):
        raise Problem("command_unreadable")
    text = json.dumps(data)
    _writable(data)
    if len(kind) > 40 or not KIND.fullmatch(kind) or len(text) > LONGEST or "\\u0000" in text:
        raise Problem("command_unreadable")
    return Sent(
        uuid, kind, _instant(raw.get("at")), _clocks(raw.get("clock")), _named(raw, "task"), _named(raw, "door"),
        data,
    )  # fmt: skip


def unreadable(raw: Mapping[str, Any], at: datetime) -> Sent | None:
    """What cannot be read but names itself: it is kept as it came, as far as it goes. None where it has no id."""
    uuid = id_of(raw)
    text = json.dumps(raw)[:LONGEST]  # in ASCII: half of a sign, which a broken keyboard sends, is no text otherwise
    return Sent(uuid, UNREADABLE, at, None, None, None, {"text": text}) if uuid else None


def _writable(data: Mapping[str, Any]) -> None:
    """Half of a sign (a lone surrogate) is text to JSON and to nobody else: neither a file nor a database takes it."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Problem("command_unreadable") from error


def _clocks(raw: Any) -> Clocks | None:
    return Clocks(_instant(raw.get("own")), _instant(raw.get("server"))) if isinstance(raw, dict) else None


def _instant(text: Any) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise Problem("command_unreadable") from error
    if at.tzinfo is None or not 2000 <= at.year < 2200:
        raise Problem("command_unreadable")
    return at


def _named(raw: Mapping[str, Any], name: str) -> UUID | None:
    if raw.get(name) is None:
        return None
    if (found := _uuid(raw[name])) is None:
        raise Problem("command_unreadable")
    return found


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(text)
    except (ValueError, TypeError, AttributeError):
        return None
