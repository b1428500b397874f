"""What a phone or a scanner sends to be checked in: the only parser for it. Bytes in, a checked value out."""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec

from wangge.base.problems import Problem
from wangge.domains.people.phones import LONGEST, SHORTEST, is_mobile
from wangge.domains.people.rules import normal_phone

MOST = 4096  # bytes of a body: a hundred are enough
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Sent(msgspec.Struct, frozen=True, gc=False):
    """``id`` is made by whoever sends (a UUID, best of version 7): the same again is the same check-in. ``at`` is when
    it happened, for a device that kept it; without it, now."""

    code: str
    phone: str
    id: UUID
    at: datetime | int | None = None


_READ = msgspec.json.Decoder(Sent).decode


def read_sent(kind: str, body: bytes) -> Sent:
    """A body of either kind. Raises Problem; nothing of what was sent stands in it."""
    try:
        if kind.startswith(JSON):
            return _READ(body)
        if kind.startswith(FORM):
            typed = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=8))
            return Sent(typed.get("code", ""), typed.get("phone", ""), UUID(typed.get("id", "")))
    except ValueError as error:  # msgspec's own, no UTF-8, no UUID, too many fields
        raise Problem("check_in_unreadable") from error
    raise Problem("check_in_kind")


def read_phone(text: str) -> str:
    """A number as it is kept. Raises Problem."""
    if is_mobile(text):
        return text
    phone = normal_phone(text[:40])
    if not SHORTEST <= len(phone) <= LONGEST or not phone.isascii():
        raise Problem("check_in_phone", field="phone")
    return phone


def instant(at: datetime | int) -> datetime:
    """When it happened. Raises Problem for what is no instant."""
    try:
        found = datetime.fromtimestamp(at, UTC) if isinstance(at, int) else at
    except (ValueError, OverflowError, OSError) as error:
        raise Problem("check_in_unreadable") from error
    if found.tzinfo is None:
        raise Problem("check_in_unreadable")
    return found


class Identity(NamedTuple):
    """What makes two check-ins one: the sender's id, the venue and the visitor."""

    id: UUID
    venue: int
    key: int

    def stored(self) -> bytes:
        """The row's 16 bytes. They begin with the id's own six, which are its time in version 7: rows that come
        together lie together. A page opened once and sent for two people makes two of them."""
        given = self.id.bytes
        rest = b"%b%d:%d" % (given, self.venue, self.key)
        return given[:6] + blake2b(rest, digest_size=10).digest()
